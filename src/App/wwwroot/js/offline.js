// Asks the service worker to keep this page, the other days of its schedule, a map's plans and what they need.
(() => {
  if (/[?&]payment_intent=/.test(location.search)) history.replaceState(history.state, '', location.pathname); // the provider's words stay in no bookmark
  if (!('serviceWorker' in navigator)) return;
  navigator.serviceWorker.register('/sw.js').catch(() => 0);
  navigator.serviceWorker.ready.then(ready => {
    const links = (what, of) => [...document.querySelectorAll(what)].map(e => e[of]).filter(Boolean);
    ready.active.postMessage({ keep: [location.origin + location.pathname, ...links('.tabs a', 'href'), ...links('link[rel=stylesheet]', 'href'), ...links('script[src]', 'src'), ...links('.ticket img, .plan-sheet > img', 'src'), ...links('link[rel=icon], link[rel=preload]', 'href')] });
  });
})();
