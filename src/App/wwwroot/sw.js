// Rings, and keeps a copy of the schedule, the map and tickets that were looked at, for halls where the network isn't. The network always goes first. Pages with prices, the checkout and whatever isn't named here are never touched.
// What an answer says nobody may store (somebody's links, questions, feedback, a booth) isn't stored; one's own tickets are the exception, until the sign-out.
const name = 'foyer-3';
const most = 80;
const slow = 4000;
const schedule = /^\/e\/[^/]+\/[^/]+\/(schedule|speakers|rooms|tracks|map)(\/(?!.*\/(watch|sign)(\/|$))[^.]*)?$/;
const leaving = /^\/e\/[^/]+\/[^/]+\/profile$/;
const ticket = /^\/order\/[^/]+(\/ticket-\d+\.svg)?$/;
const picture = /^\/pictures\/[^/]+$/;

const own = request => { const url = new URL(request.url); return url.origin === location.origin && request.method === 'GET' ? url : null; };
const isKept = url => !url.search && (schedule.test(url.pathname) || ticket.test(url.pathname));
const isFile = url => url.searchParams.has('v') && /\.(css|js|svg|woff2)$/.test(url.pathname);

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', event => event.waitUntil((async () => {
  for (const old of await caches.keys()) if (old !== name) await caches.delete(old);
  await self.clients.claim();
})()));

const mayKeep = (request, answer) => answer.ok && !answer.redirected && answer.type === 'basic' && (!/no-store/.test(answer.headers.get('cache-control')) || ticket.test(new URL(request.url).pathname));

const keep = async (request, answer) => {
  if (!mayKeep(request, answer)) return;
  const cache = await caches.open(name);
  const headers = new Headers(answer.headers);
  headers.set('foyer-kept', new Date().toISOString());
  await cache.delete(request, { ignoreVary: true });
  await cache.put(request, new Response(await answer.blob(), { status: 200, headers }));
  const keys = await cache.keys();
  for (const key of keys.slice(0, Math.max(0, keys.length - most))) await cache.delete(key);
};

// On a device that others use too, the next person finds no ticket of the one who signed out.
const forget = async () => {
  const cache = await caches.open(name);
  for (const key of await cache.keys()) if (ticket.test(new URL(key.url).pathname)) await cache.delete(key);
};
const isLeaving = request => { const url = new URL(request.url); return request.method === 'POST' && url.origin === location.origin && leaving.test(url.pathname) && /^(signout|delete)$/i.test(url.searchParams.get('handler') ?? ''); };

const fetchAndKeep = async (request, event) => {
  const answer = await fetch(request);
  event.waitUntil(keep(request, answer.clone()));
  return answer;
};

// A copy says how old it is, in its own language: it brings the sentence along.
const aged = async (copy, isPage) => {
  if (!isPage) return copy;
  const at = new Date(copy.headers.get('foyer-kept'));
  const page = await copy.text();
  const language = /<html lang="([\w-]+)"/.exec(page)?.[1] ?? 'en';
  const sentence = /<meta name="aged" content="([^"]*)">/.exec(page)?.[1] ?? 'No network: this is a copy from {0}, your time.';
  const words = at.toLocaleString(language === 'en' ? 'en-GB' : language, { weekday: 'short', hour: '2-digit', minute: '2-digit' });
  const html = page.replace(/<main[^>]*>/, main => `${main}<p class="notice warn aged" role="status">${sentence.replace('{0}', () => words)}</p>`);
  const headers = new Headers(copy.headers);
  headers.delete('content-encoding');
  headers.delete('content-length');
  return new Response(html, { headers });
};

// An address has one picture for ever: a copy is as good. Only those that a page asked to keep (a map's plans) are kept.
const pictured = async request => await caches.match(request, { cacheName: name, ignoreVary: true }) ?? fetch(request);

self.addEventListener('fetch', event => {
  if (isLeaving(event.request)) { event.waitUntil(forget()); return; }
  const url = own(event.request);
  if (url && picture.test(url.pathname) && event.request.destination === 'image') { event.respondWith(pictured(event.request)); return; }
  const isPage = event.request.mode === 'navigate';
  if (!url || !(isFile(url) || (isKept(url) && (isPage || event.request.destination === 'image')))) return;
  event.respondWith((async () => {
    const copy = await caches.match(event.request, { cacheName: name, ignoreVary: true });
    if (!copy) return fetchAndKeep(event.request, event);
    const fresh = fetchAndKeep(event.request, event);
    fresh.catch(() => 0);
    try { return await Promise.race([fresh, new Promise((_, no) => setTimeout(no, slow))]); }
    catch { return aged(copy, isPage); }
  })());
});

// What a page needs that came before this worker did, and the other days of its schedule.
self.addEventListener('message', event => event.waitUntil(Promise.all((event.data?.keep ?? []).slice(0, 40).map(async address => {
  const request = new Request(address);
  const url = own(request);
  if (!url || !(isKept(url) || isFile(url) || picture.test(url.pathname))) return;
  try { await keep(request, await fetch(request)); } catch { /* another time */ }
}))));

// A reminder or an announcement. The same one again (its tag) takes the place of the first; pressed, it opens its page here and nowhere else.
self.addEventListener('push', event => {
  let news = {};
  try { news = event.data?.json() ?? {}; } catch { /* then without words */ }
  event.waitUntil(self.registration.showNotification(news.title || 'News', { body: news.body || '', tag: news.tag, lang: news.lang || '', dir: news.dir || 'auto', data: { url: news.url } }));
});

self.addEventListener('notificationclick', event => {
  event.notification.close();
  const url = new URL(event.notification.data?.url || '/', location.origin);
  if (url.origin !== location.origin) return;
  event.waitUntil((async () => {
    for (const window of await self.clients.matchAll({ type: 'window' })) if (window.url === url.href) return window.focus();
    return self.clients.openWindow(url.href);
  })());
});
