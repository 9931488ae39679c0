// A door's screen: asks again every half minute. A failed answer changes nothing but the line at the foot; the page itself is never left, so no error page can take its place.
(() => {
  const main = document.getElementById('main');
  const stale = document.getElementById('stale');
  const clock = () => new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: main.dataset.zone }).format(new Date());
  const tick = () => { document.getElementById('clock').textContent = clock(); };
  let known = clock();
  const ask = async () => {
    try {
      const answer = await fetch(location.href, { signal: AbortSignal.timeout(10000) });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const sign = page.getElementById('sign');
      if (!sign) throw new Error('something else');
      document.getElementById('sign').replaceWith(document.adoptNode(sign));
      known = clock();
      stale.hidden = true;
    } catch {
      stale.querySelector('time').textContent = known;
      stale.hidden = false;
    }
  };
  tick();
  setInterval(tick, 1000);
  setInterval(ask, 30000);
})();
