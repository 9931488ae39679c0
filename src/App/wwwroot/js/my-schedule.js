// Stars without waiting: lit at once, put back when the server says no. Without this script each star is a plain form.
(() => {
  const stars = () => document.querySelectorAll('button[name=star][aria-pressed]');
  const light = (star, on) => {
    star.setAttribute('aria-pressed', on);
    star.closest('.session')?.classList.toggle('mine', on);
    const words = star.querySelector('[data-said=star]');
    if (words) words.textContent = on ? words.dataset.on : words.dataset.off;
  };
  if (stars().length === 0) return;
  const base = stars()[0].form.action.split('?')[0];

  const look = () => fetch(base + '/saved.json', { headers: { Accept: 'application/json' } }).then(r => r.ok ? r.json() : null).then(mine => {
    if (!mine) return;
    const saved = new Set(mine.saved);
    for (const star of stars()) light(star, saved.has(star.value));
  }).catch(() => {});
  look();
  document.addEventListener('foyer:swapped', look);

  document.addEventListener('submit', event => {
    const star = event.submitter;
    if (!star || star.name !== 'star' || !star.hasAttribute('aria-pressed')) return;
    event.preventDefault();
    const on = star.getAttribute('aria-pressed') !== 'true';
    const same = [...stars()].filter(s => s.value === star.value);
    for (const s of same) light(s, on);
    fetch(`${base}?handler=${on ? 'Save' : 'Unsave'}`, { method: 'POST', body: new URLSearchParams({ star: star.value }), headers: { Accept: 'application/json' } })
      .then(r => { if (!r.ok) throw new Error(r.status); })
      .catch(() => { for (const s of same) light(s, !on); });
  });
})();
