// The picker without waiting: steppers count at once. The server works every price out again.
(() => {
  const form = document.getElementById('tickets');
  if (!form) return;
  const said = name => form.querySelector(`[data-said=${name}]`);
  const { before, after, digits, group, point } = form.dataset;   // as the server writes sums
  const money = minor => {
    const [whole, part] = (minor / 10 ** digits).toFixed(digits).split('.');
    return before + whole.replace(/\B(?=(\d{3})+$)/g, group) + (part ? point + part : '') + after;
  };
  const plural = new Intl.PluralRules(document.documentElement.lang);
  const count = (forms, n) => { const by = JSON.parse(forms); return (by[plural.select(n)] ?? by.other).replaceAll('{0}', n); };

  const show = () => {
    const sum = { net: 0, fee: 0, tax: 0 };
    let tickets = 0;
    for (const kind of form.querySelectorAll('.kind')) {
      const input = kind.querySelector('input[type=number]');
      if (!input) continue;
      const n = Math.max(0, parseInt(input.value, 10) || 0);
      tickets += n;
      for (const part in sum) sum[part] += n * Number(kind.dataset[part]);
      kind.querySelector('[name=fewer]').disabled = n === 0;
      kind.querySelector('[name=more]').disabled = n >= Number(input.max);
      kind.querySelector('.stepper').classList.toggle('on', n > 0);
    }
    if (!said('total')) return;
    said('count').textContent = count(form.dataset.tickets, tickets);
    said('total').textContent = money(sum.net + sum.fee + sum.tax);
    for (const part in sum) said(part).textContent = money(sum[part]);
    said('deed').textContent = tickets === 0 ? form.dataset.continue : count(form.dataset.continueWith, tickets);
  };

  form.addEventListener('click', event => {
    const button = event.target.closest('.stepper button');
    if (!button) return;
    event.preventDefault();
    const input = button.parentElement.querySelector('input');
    const n = (parseInt(input.value, 10) || 0) + (button.name === 'more' ? 1 : -1);
    input.value = Math.min(Math.max(n, 0), Number(input.max));
    show();
    if (button.disabled) input.focus();                // focus must not fall into nothing
  });
  form.addEventListener('input', show);

  // A second click must not take the places twice.
  form.addEventListener('submit', event => {
    if (form.getAttribute('aria-busy') === 'true') event.preventDefault();
    form.setAttribute('aria-busy', 'true');
  });
  addEventListener('pageshow', () => { form.removeAttribute('aria-busy'); show(); });
  document.getElementById('errors')?.focus();
})();
