// A day of the schedule, with the reader's own hours beside the venue's and a line for now that moves. Without it the page says the same, a few minutes late.
(() => {
  const clock = (at, timeZone) => new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(at);
  const yourHours = () => {
    const times = document.querySelectorAll('.hour time[datetime], .when time[datetime]');
    const differs = [...times].some(time => clock(new Date(time.dateTime)) !== time.dateTime.slice(11, 16));
    const yours = document.getElementById('yours');
    if (!differs || !yours) return;
    yours.querySelector('[data-said=zone]').textContent = Intl.DateTimeFormat().resolvedOptions().timeZone.split('/').pop().replaceAll('_', ' ');
    yours.hidden = false;
    for (const time of times) {
      if (time.nextElementSibling?.className === 'mine-time') continue;
      const mine = document.createElement('span');
      mine.className = 'mine-time';
      mine.textContent = clock(new Date(time.dateTime));
      time.after(' ', mine);
    }
  };
  yourHours();
  document.addEventListener('foyer:swapped', yourHours);
  // Another choice of tracks: the day comes anew, and what was said to it before has to be said again.
  document.addEventListener('htmx:after:swap', () => document.dispatchEvent(new CustomEvent('foyer:swapped')));

  // Staff may look at another moment: it goes on from there.
  const away = Number(document.documentElement.dataset.moment || Date.now()) - Date.now();
  const move = () => {
    const line = document.querySelector('.nowline[data-midnight]');
    if (!line) return;
    const minutes = Math.floor((Date.now() + away - Number(line.dataset.midnight)) / 60000);
    const at = Math.floor(minutes % 60 / 5) * 5;
    line.className = `nowline at h${Math.floor(minutes / 60)} ${at ? `m${at} ` : ''}d5`;
    line.querySelector('time').textContent = clock(new Date(Date.now() + away), line.dataset.zone);
  };
  setInterval(move, 60000);
})();
