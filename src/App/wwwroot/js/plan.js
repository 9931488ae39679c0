// Sessions are dragged about the grid; the server decides and sends the new one. Without this script they are moved by their forms.
(() => {
  const plan = document.getElementById('plan');
  if (!plan) return;
  let held = null;

  const grid = () => plan.querySelector('.drafting');
  // Rooms stand in columns of their own, time in rows of five minutes: both are read from where things lie.
  const roomAt = x => [...grid().querySelectorAll('.rooms li')].find(room => {
    const box = room.getBoundingClientRect();
    return x >= box.left && x <= box.right;
  });
  const minuteAt = y => {
    const slots = grid().querySelector('.slots'), rows = getComputedStyle(slots).gridTemplateRows.split(' ').map(parseFloat);
    let from = slots.getBoundingClientRect().top + parseFloat(getComputedStyle(slots).paddingTop);
    let row = 0;
    while (row < rows.length - 1 && y >= from + rows[row]) from += rows[row++];
    return Number(grid().dataset.first) + row * 5;
  };

  plan.addEventListener('dragstart', event => {
    const card = event.target.closest('[data-slot]');
    if (!card) return;
    held = { session: card.dataset.session, slot: card.dataset.slot, offset: event.clientY - card.getBoundingClientRect().top };
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', card.querySelector('h4').textContent);
  });
  plan.addEventListener('dragover', event => {
    if (held && event.target.closest('.timetable')) event.preventDefault();
  });
  plan.addEventListener('drop', async event => {
    if (!held || !event.target.closest('.timetable')) return;
    event.preventDefault();
    const room = roomAt(event.clientX);
    if (!room) return;
    const { session, slot, offset } = held;
    held = null;
    const token = document.querySelector('input[name=__RequestVerificationToken]').value;
    const body = new URLSearchParams({ session, slot, room: room.dataset.room || '', minute: Math.max(0, minuteAt(event.clientY - offset + 2)), __RequestVerificationToken: token });
    plan.setAttribute('aria-busy', 'true');
    const answer = await fetch(grid().dataset.plan, { method: 'POST', body }).catch(() => null);
    plan.removeAttribute('aria-busy');
    if (answer?.ok) plan.innerHTML = await answer.text();
    else location.reload();
  });
})();
