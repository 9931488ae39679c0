// Parts of a page that others change: asked for anew while somebody looks (until one says that it is the last), and at once when an event "changed" tells them. Without this script the page says the same when it is loaded again.
(() => {
  const swap = (part, html) => {
    const open = [...part.querySelectorAll('details[open][id]')].map(d => d.id);
    const at = part.contains(document.activeElement) ? document.activeElement.id : '';
    part.innerHTML = html;
    for (const id of open) { const details = document.getElementById(id); if (details) details.open = true; }
    if (at) document.getElementById(at)?.focus({ preventScroll: true });
    part.dispatchEvent(new CustomEvent('refreshed', { bubbles: true }));
  };
  for (const part of document.querySelectorAll('[data-refresh]')) {
    let [said, busy] = ['', false];
    const ask = async () => {
      if (busy || (document.hidden && !('always' in part.dataset))) return;
      busy = true;
      try {
        const answer = await fetch(part.dataset.refresh, { cache: 'no-cache', signal: AbortSignal.timeout(10000) });
        const html = answer.ok && !answer.redirected ? await answer.text() : said;
        if (html !== said) swap(part, said = html);
        if (part.querySelector('[data-last]')) clearInterval(timer);
      } catch { /* the next time */ }
      busy = false;
    };
    if ('now' in part.dataset) ask();
    const timer = setInterval(ask, Number(part.dataset.every) * 1000);
    document.addEventListener('visibilitychange', ask);
    part.addEventListener('changed', ask);
  }
})();
