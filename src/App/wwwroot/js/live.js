// News of a conference while its page is open. One connection for all windows of this browser: whoever has the lock listens and tells the others; when it closes the next one has the lock. Nothing is ever sent.
// Numbers are shown as they come; of anything else the page's own parts (data-part) are asked for again. Without this script the page says what was true when it was loaded.
(() => {
  const strip = document.getElementById('live');
  if (!strip) return;
  const address = strip.dataset.live;
  const known = JSON.parse(strip.dataset.known);
  const state = {};
  const store = {
    get: key => { try { return localStorage.getItem(key); } catch { return null; } },
    set: (key, value) => { try { if (value === null) localStorage.removeItem(key); else localStorage.setItem(key, value); } catch { /* then for this page only */ } },
  };

  // Who doesn't want to be counted sends no number; nor does a browser that says so for all pages.
  const refuses = navigator.globalPrivacyControl === true || navigator.doNotTrack === '1';
  const drawn = () => {
    if (refuses || store.get('foyer-uncounted')) return '';
    const number = store.get('foyer-visitor') || btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18)))).replaceAll('+', '-').replaceAll('/', '_');
    store.set('foyer-visitor', number);
    return '?v=' + number;
  };

  const rules = new Intl.PluralRules(document.documentElement.lang || 'en');
  const say = (element, count, ...values) => {
    const forms = JSON.parse(element.dataset.words);
    element.textContent = (forms[rules.select(count)] ?? forms.other).replace(/\{(\d)\}/g, (_, n) => values[n]);
  };
  const show = topic => {
    const value = state[topic];
    for (const element of document.querySelectorAll(`[data-count="${topic}"]`)) { element.hidden = value < 1; say(element, value, value.toLocaleString(document.documentElement.lang)); }
    if (!topic.startsWith('places/')) return;
    for (const element of document.querySelectorAll(`[data-full="${topic.slice(7)}"]`)) element.hidden = value[0] < value[1];
    for (const element of document.querySelectorAll(`[data-places="${topic.slice(7)}"]`)) say(element, value[1], value[1], value[0]);
  };

  // Where the reader was: swapped parts hold the same links and buttons again.
  const place = element => !element || element === document.body ? null
    : element.id ? '#' + CSS.escape(element.id)
    : element.hasAttribute('href') ? `a[href="${CSS.escape(element.getAttribute('href'))}"]`
    : element.value ? `button[value="${CSS.escape(element.value)}"]` : null;

  let asking = 0;
  const wanted = new Set();
  const ask = async () => {
    asking = 0;
    const topics = [...wanted];
    wanted.clear();
    try {
      const answer = await fetch(location.pathname + location.search, { headers: { Accept: 'text/html' }, signal: AbortSignal.timeout(15000) });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const focus = place(document.activeElement);
      for (const topic of topics) for (const part of document.querySelectorAll(`[data-part~="${topic}"]`)) {
        const fresh = page.getElementById(part.id);
        if (!fresh || fresh.outerHTML === part.outerHTML) continue;
        const held = part.contains(document.activeElement);
        part.replaceWith(document.adoptNode(fresh));
        if (held && focus) document.querySelector(focus)?.focus({ preventScroll: true });
      }
      for (const topic of Object.keys(state)) show(topic);
      dismissable();
      document.dispatchEvent(new CustomEvent('foyer:swapped'));
    } catch { /* the next news asks again */ }
  };

  // What not everybody is told is asked for with this browser's own sign-in; it is never in the stream.
  const askForYours = async () => {
    const here = document.getElementById('yours-here');
    if (!here || document.getElementById('yours-notices')) return;
    try {
      const answer = await fetch(strip.dataset.yours, { headers: { Accept: 'text/html' }, signal: AbortSignal.timeout(15000) });
      if (!answer.ok) return;
      const yours = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('yours-notices');
      if (yours && yours.innerHTML !== here.innerHTML) here.replaceChildren(...document.adoptNode(yours).childNodes);
      dismissable();
    } catch { /* the next news asks again */ }
  };

  const dismissed = () => (store.get('foyer-dismissed') ?? '').split(' ').filter(Boolean);
  const dismissable = () => {
    const read = new Set(dismissed());
    for (const notice of document.querySelectorAll('[data-notices] [data-notice]')) {
      if (read.has(notice.dataset.notice)) { notice.remove(); continue; }
      const button = notice.querySelector('[data-dismiss]');
      if (!button?.hidden) continue;
      button.hidden = false;
      button.addEventListener('click', () => {
        store.set('foyer-dismissed', [...dismissed(), notice.dataset.notice].slice(-200).join(' '));
        notice.remove();
      });
    }
  };
  dismissable();

  const hear = news => {
    Object.assign(state, news);
    strip.classList.add('hears');
    for (const topic of Object.keys(news)) {
      show(topic);
      const before = known[topic];
      known[topic] = news[topic];
      if (topic === 'yours' && before !== news[topic]) setTimeout(askForYours, Math.random() * 2000);
      if (before === undefined || before === news[topic] || !document.querySelector(`[data-part~="${topic}"]`)) continue;
      wanted.add(topic);
      // Thousands hear it in the same second: they ask within the next three.
      asking ||= setTimeout(ask, Math.random() * 3000);
    }
    document.dispatchEvent(new CustomEvent('foyer:news', { detail: news }));
  };

  // What is pressed and leads elsewhere, counted without anybody in it.
  document.addEventListener('click', event => {
    const pressed = event.target.closest?.('a, button')?.closest('[data-deed]');
    if (pressed && !refuses) navigator.sendBeacon(strip.dataset.beacon, new URLSearchParams({ deed: pressed.dataset.deed, of: pressed.dataset.of ?? '' }));
  });

  const channel = 'BroadcastChannel' in window ? new BroadcastChannel('foyer-live:' + address) : null;
  let source = null, again = 0;
  const close = () => { source?.close(); source = null; clearTimeout(again); };
  const listen = () => {
    close();
    source = new EventSource(address + drawn());
    source.onmessage = message => {
      const news = JSON.parse(message.data);
      channel?.postMessage({ news });
      hear(news);
    };
    source.onerror = () => {
      strip.classList.remove('hears');
      channel?.postMessage({ lost: true });
      // The browser comes back by itself, unless it was told no: then in a while.
      if (source?.readyState === EventSource.CLOSED) again = setTimeout(listen, 30000 + Math.random() * 30000);
    };
  };

  let leads = false;
  const lead = () => { leads = true; listen(); };
  if (channel) channel.onmessage = ({ data }) => {
    if (data.news && !leads) hear(data.news);
    if (data.lost && !leads) strip.classList.remove('hears');
    if (data.asks && leads) channel.postMessage({ news: state });
    if (data.again && leads) listen();
  };
  if (channel && navigator.locks) {
    navigator.locks.request('foyer-live:' + address, () => { lead(); return new Promise(() => {}); }).catch(lead);
    channel.postMessage({ asks: true });
  } else lead();

  for (const button of document.querySelectorAll('[data-uncounted]')) {
    const press = () => button.setAttribute('aria-pressed', String(refuses || store.get('foyer-uncounted') !== null));
    press();
    button.hidden = refuses;
    button.addEventListener('click', () => {
      const off = button.getAttribute('aria-pressed') !== 'true';
      store.set('foyer-uncounted', off ? '1' : null);
      if (off) store.set('foyer-visitor', null);
      press();
      if (leads) listen(); else channel?.postMessage({ again: true });
    });
  }
})();
