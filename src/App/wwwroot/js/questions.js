// Votes without waiting: counted at once, put back when the server says no. The list is the same for everybody; which votes are one's own is known from the page.
(() => {
  const form = document.querySelector('form[data-votes]');
  if (!form) return;
  const base = form.dataset.votes;
  const voted = new Set([...form.querySelectorAll('button.vote[aria-pressed=true]')].map(b => b.value));
  const mark = () => {
    for (const button of form.querySelectorAll('button.vote')) {
      const on = voted.has(button.value);
      button.setAttribute('aria-pressed', on);
      button.formAction = `${base}?handler=${on ? 'Unvote' : 'Vote'}`;
    }
    // What waited is shown now.
    for (const own of document.querySelectorAll('[data-waits]')) if (form.querySelector(`[id="${own.id}"]`)) own.remove();
    const waiting = document.getElementById('waiting');
    if (waiting && !waiting.querySelector('[data-waits]')) waiting.remove();
  };
  const set = (id, on) => {
    if (on) voted.add(id); else voted.delete(id);
    const count = form.querySelector(`button.vote[value="${id}"] .count`);
    if (count) count.textContent = Number(count.textContent) + (on ? 1 : -1);
    mark();
  };
  form.addEventListener('refreshed', mark);
  form.addEventListener('submit', async event => {
    const button = event.submitter;
    if (!button?.classList.contains('vote')) return;
    event.preventDefault();
    const [id, on] = [button.value, !voted.has(button.value)];
    const body = new URLSearchParams(new FormData(form));
    body.set('question', id);
    set(id, on);
    try {
      const answer = await fetch(`${base}?handler=${on ? 'Vote' : 'Unvote'}`, { method: 'POST', body, headers: { Accept: 'application/json' } });
      if (answer.status === 401) location.assign(form.dataset.signIn);
      if (!answer.ok) throw new Error(answer.status);
    } catch { set(id, !on); }
  });
})();
