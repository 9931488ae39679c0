// A door's screen: asks again when something begins, ends or moves (live.js hears of it), and every half minute while nothing is heard. A failed answer changes nothing but the line at the foot; the page itself is never left, so no error page can take its place.
(() => {
  const main = document.getElementById('main');
  const stale = document.getElementById('stale');
  const away = Number(document.documentElement.dataset.moment || Date.now()) - Date.now(); // staff may look at another moment
  const clock = () => new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: main.dataset.zone }).format(new Date(Date.now() + away));
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
  const live = document.getElementById('live');
  document.addEventListener('foyer:news', ({ detail }) => { if ('now' in detail || 'schedule' in detail) setTimeout(ask, Math.random() * 500); });
  setInterval(() => { if (!live?.classList.contains('hears')) ask(); }, 30000);
  setInterval(ask, 600000);
})();
