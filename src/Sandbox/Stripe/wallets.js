// The wallets' buttons, and the sheet that opens when one is pressed.
(() => {
  'use strict';
  const { tell } = Sandbox;
  const names = { apple_pay: 'Apple Pay', google_pay: 'Google Pay', link: 'Link' };
  const buttons = document.getElementById('wallets');
  if (buttons) {
    const all = [...buttons.querySelectorAll('button')];
    for (const button of all) button.addEventListener('click', () => tell('press', { wallet: button.value }));
    const has = wallet => all.some(button => button.value === wallet);
    Sandbox.keepHeight();
    Sandbox.hear({
      begin({ buttonHeight, layout }) {
        document.documentElement.style.setProperty('--button', `${buttonHeight ?? 44}px`);
        document.documentElement.style.setProperty('--columns', Math.min(all.length, layout?.maxColumns || all.length) || 1);
        tell('ready', { availablePaymentMethods: all.length ? { amazonPay: false, applePay: has('apple_pay'), googlePay: has('google_pay'), klarna: false, link: has('link'), paypal: false } : undefined });
      },
    });
    return;
  }

  const form = document.getElementById('sheet');
  const [name, email, card, pay] = ['name', 'email', 'card', 'pay'].map(id => document.getElementById(id));
  const fault = document.getElementById('fault');
  let wanted = {};

  function begin({ wallet, amount, currency, lineItems = [], business, ...message }) {
    wanted = message;
    const money = minor => {
      const format = new Intl.NumberFormat('en', { style: 'currency', currency });
      return format.format(minor / 10 ** format.resolvedOptions().maximumFractionDigits);
    };
    document.getElementById('title').textContent = names[wallet];
    document.getElementById('payee').textContent = business?.name ? `To ${business.name}` : '';
    document.getElementById('items').replaceChildren(...[...lineItems.map(i => [i.name, i.amount]), ['Total', amount]].map(([label, minor]) => {
      const row = document.createElement('div');
      row.append(Object.assign(document.createElement('dt'), { textContent: label }), Object.assign(document.createElement('dd'), { textContent: money(minor) }));
      return row;
    }));
    pay.textContent = `Pay ${money(amount)}`;
    document.getElementById('ask-name').hidden = !wanted.billingAddressRequired;
    document.getElementById('ask-email').hidden = !wanted.emailRequired;
    form.hidden = false;
    pay.focus();
  }

  const leave = () => { if (form.getAttribute('aria-busy') !== 'true') tell('cancel'); };
  document.getElementById('cancel').addEventListener('click', leave);
  addEventListener('keydown', event => { if (event.key === 'Escape') leave(); });

  form.addEventListener('submit', event => {
    event.preventDefault();
    if (form.getAttribute('aria-busy') === 'true') return;
    const asks = wanted.billingAddressRequired && !name.value.trim() ? [name, 'Enter a name.'] : wanted.emailRequired && !email.checkValidity() ? [email, 'Enter an email address.'] : null;
    fault.textContent = asks?.[1] ?? '';
    fault.hidden = !asks;
    if (asks) { asks[0].focus(); return; }
    form.setAttribute('aria-busy', 'true');
    pay.textContent = 'Processing';
    tell('pay', { billingDetails: billing() });
  });

  function billing() {
    const details = { name: wanted.billingAddressRequired ? name.value.trim() : '', address: { line1: '', line2: null, city: '', state: '', postal_code: '', country: '' } };
    if (wanted.emailRequired) details.email = email.value.trim();
    if (wanted.billingAddressRequired) Object.assign(details.address, { line1: 'Rua do Salitre 94', city: 'Lisbon', postal_code: '1250-001', country: 'PT' });
    return details;
  }

  const confirm = message => Sandbox.confirm(message, { number: card.value, exp_month: '12', exp_year: '34', cvc: '123' }, { name: billing().name, email: billing().email });

  Sandbox.hear({ begin, leave, confirm });
})();
