// Stars, of sessions and of speakers whom one follows, without waiting: lit at once, put back when the server says no. Says what is on at the same time as something saved. Without this script each star is a plain form.
(() => {
  const stars = () => document.querySelectorAll('button[name=star][aria-pressed], button[name=follow][aria-pressed]');
  const light = (star, on) => {
    star.setAttribute('aria-pressed', on);
    star.closest('.session')?.classList.toggle('mine', on);
    const words = star.querySelector('[data-said=star]');
    if (words) words.textContent = on ? words.dataset.on : words.dataset.off;
  };
  if (stars().length === 0) return;
  const base = stars()[0].form.action.split('?')[0];

  // A card is at its slot's hour for some minutes; a session's own page says from when to when.
  const times = card => {
    if (!card) return [...document.querySelectorAll('#when .when')].map(slot => [...slot.querySelectorAll('time[datetime]')].slice(0, 2).map(time => Date.parse(time.dateTime)));
    const from = Date.parse(card.closest('.slot')?.querySelector('.hour time')?.dateTime);
    return [[from, from + 60000 * card.querySelector('[data-min]')?.dataset.min]];
  };
  const link = (a, session) => { a.href = session.href; return a; };
  const warn = saved => {
    for (const old of document.querySelectorAll('.clashes')) old.remove();
    for (const star of stars()) {
      const card = star.closest('.session');
      const at = saved.length ? times(card) : [];
      const clashes = saved.filter(s => s.id !== star.value && s.at.some(([a, b]) => at.some(([c, d]) => a < d && c < b)));
      if (card) {
        const template = document.getElementById('clash');
        if (!clashes.length || !template) continue;
        const badge = link(template.content.firstElementChild.cloneNode(true), clashes[0]);
        const words = badge.querySelector('[data-words]');
        words.textContent = words.dataset.words.replace('{0}', clashes.map(s => s.title).join(', '));
        card.querySelector('p').append(' ', badge);
        continue;
      }
      const notice = document.querySelector('[data-clashes]');
      if (!notice) continue;
      notice.querySelector('p').replaceChildren(...clashes.flatMap((s, i) => {
        const a = link(document.createElement('a'), s);
        a.textContent = s.title;
        return i ? [document.createElement('br'), a] : [a];
      }));
      notice.hidden = !clashes.length;
    }
  };

  const look = () => fetch(base + '/saved.json', { headers: { Accept: 'application/json' } }).then(r => r.ok ? r.json() : null).then(mine => {
    // What is still under way is newer than this answer.
    if (!mine || sending) return;
    const saved = new Set([...mine.saved, ...mine.followed]);
    for (const star of stars()) light(star, saved.has(star.value));
    warn(mine.sessions);
  }).catch(() => {});
  let sending = 0;
  look();
  document.addEventListener('foyer:swapped', look);

  document.addEventListener('submit', event => {
    const star = event.submitter;
    if (!star || !['star', 'follow'].includes(star.name) || !star.hasAttribute('aria-pressed')) return;
    event.preventDefault();
    const on = star.getAttribute('aria-pressed') !== 'true';
    const same = [...stars()].filter(s => s.value === star.value);
    for (const s of same) light(s, on);
    const stays = star.form.querySelector('[data-stays]');
    if (stays && !on) stays.textContent = stays.dataset.stays;
    const [yes, no] = star.name === 'star' ? ['Save', 'Unsave'] : ['Follow', 'Unfollow'];
    sending++;
    fetch(`${base}?handler=${on ? yes : no}`, { method: 'POST', body: new URLSearchParams({ [star.name]: star.value }), headers: { Accept: 'application/json' } })
      .then(r => { if (!r.ok) throw new Error(r.status); })
      .catch(() => { for (const s of same) light(s, !on); })
      .finally(() => { if (--sending === 0) look(); });
  });
})();
