// Ticked orders: how many, what they come to, all of a page at once. Without it the boxes and buttons work the same.
(() => {
  const words = n => n === 1 ? '1 ticked' : `${n} ticked`;
  const boxes = form => [...form.querySelectorAll('tbody input[type=checkbox]')];

  const show = form => {
    const ticked = boxes(form).filter(box => box.checked);
    const sample = form.dataset.currency;               // "€0.00": symbol and digits as the server writes them
    const digits = (sample.split('.')[1] || '').length;
    const sum = ticked.reduce((sum, box) => sum + Number(box.dataset.total), 0) / 10 ** digits;
    form.querySelector('[data-said=ticked]').textContent = `${words(ticked.length)}, ${sample.replace(/[\d.,]+$/, '')}${sum.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
    const all = form.querySelector('#all');
    all.checked = ticked.length > 0 && ticked.length === boxes(form).length;
    all.indeterminate = ticked.length > 0 && !all.checked;
  };

  const begin = () => { for (const form of document.querySelectorAll('form.ticked')) { form.querySelector('#all').hidden = false; show(form); } };
  document.addEventListener('change', e => {
    const form = e.target.closest('form.ticked');
    if (!form) return;
    if (e.target.id === 'all') for (const box of boxes(form)) box.checked = e.target.checked;
    show(form);
  });
  document.addEventListener('htmx:after:swap', begin);
  begin();
})();
