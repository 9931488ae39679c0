// Where something stands on a plan, taken from where somebody clicks: into the form used last, else the one that puts something new there. Without this script the numbers are typed.
(() => {
  for (const words of document.querySelectorAll('[data-with-script]')) words.hidden = false;
  for (const sheet of document.querySelectorAll('[data-plan-sheet]')) {
    const chapter = sheet.closest('section');
    const aim = sheet.querySelector('.aim');
    const drawing = aim.ownerSVGElement.viewBox.baseVal;
    let form = chapter.querySelector('form[data-spot]');
    const point = () => {
      const [x, y] = [form.elements.x, form.elements.y].map(field => parseFloat(field.value.replace(',', '.')));
      const isKnown = x >= 0 && x <= 100 && y >= 0 && y <= 100;
      aim.setAttribute('visibility', isKnown ? 'visible' : 'hidden');
      if (isKnown) aim.setAttribute('transform', `translate(${x * drawing.width / 100} ${y * drawing.height / 100})`);
    };
    chapter.classList.add('placing');
    chapter.addEventListener('focusin', event => {
      const used = event.target.closest('form[data-spot]');
      if (!used) return;
      form = used;
      point();
    });
    chapter.addEventListener('input', event => { if (event.target.closest('form') === form) point(); });
    sheet.addEventListener('click', event => {
      const box = sheet.querySelector('img').getBoundingClientRect();
      const percent = (at, from, size) => Math.min(100, Math.max(0, (at - from) / size * 100)).toFixed(1);
      form.elements.x.value = percent(event.clientX, box.left, box.width);
      form.elements.y.value = percent(event.clientY, box.top, box.height);
      point();
    });
  }
})();
