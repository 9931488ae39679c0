// Inside the frame. Hears only the page it was opened for, and tells it only what Stripe would: never what is typed.
(() => {
  'use strict';
  const host = new URLSearchParams(location.search).get('origin') ?? '';
  const form = document.getElementById('card');
  const fields = ['number', 'expiry', 'cvc'].map(id => document.getElementById(id));
  const [number, expiry, cvc] = fields;
  let settings = {};

  const tell = (type, message = {}) => parent.postMessage({ ...message, type, from: 'element' }, host);
  const digits = field => field.value.replace(/\D/g, '');
  const isAmex = () => /^3[47]/.test(digits(number));

  const passes = text => [...text].reverse().reduce((sum, c, i) => sum + (i % 2 ? (c * 2 > 9 ? c * 2 - 9 : c * 2) : +c), 0) % 10 === 0;

  const problems = {
    number() {
      const typed = digits(number), whole = isAmex() ? 15 : 16;
      if (typed.length < whole) return ['incomplete_number', 'Your card number is incomplete.'];
      return passes(typed) ? null : ['invalid_number', 'Your card number is invalid.'];
    },
    expiry() {
      const typed = digits(expiry);
      if (typed.length < 4) return ['incomplete_expiry', "Your card's expiration date is incomplete."];
      const [month, year, now] = [+typed.slice(0, 2), 2000 + +typed.slice(2, 4), new Date()];
      if (month < 1 || month > 12) return ['invalid_expiry_month', "Your card's expiration date is invalid."];
      return new Date(year, month, 1) > now ? null : ['invalid_expiry_year_past', "Your card's expiration year is in the past."];
    },
    cvc: () => digits(cvc).length === (isAmex() ? 4 : 3) ? null : ['incomplete_cvc', "Your card's security code is incomplete."],
  };

  function show(field, message) {
    const place = document.getElementById(`${field.id}-error`);
    place.textContent = message ?? '';
    place.hidden = !message;
    if (message) field.setAttribute('aria-invalid', 'true');
    else field.removeAttribute('aria-invalid');
  }

  function check() {
    let first = null;
    for (const field of fields) {
      const problem = problems[field.id]();
      show(field, problem?.[1]);
      if (problem && !first) first = { field, error: { type: 'validation_error', code: problem[0], message: problem[1] } };
    }
    first?.field.focus();
    return first ? { error: first.error } : {};
  }

  // Keeps the caret where it was, counted in digits.
  function write(field, text) {
    if (field.value === text) return;
    const before = field.value.slice(0, field.selectionStart).replace(/\D/g, '').length;
    const atEnd = field.selectionStart === field.value.length;
    field.value = text;
    let at = 0;
    for (let seen = 0; at < text.length && seen < before; at++) if (/\d/.test(text[at])) seen++;
    if (document.activeElement === field) field.setSelectionRange(atEnd ? text.length : at, atEnd ? text.length : at);
  }

  number.addEventListener('input', () => {
    const typed = digits(number).slice(0, isAmex() ? 15 : 16);
    write(number, isAmex() ? typed.replace(/^(\d{4})(\d{1,6})?(\d{1,5})?$/, (_, a, b, c) => [a, b, c].filter(Boolean).join(' ')) : typed.replace(/(\d{4})(?=\d)/g, '$1 '));
    cvc.placeholder = isAmex() ? '4 digits' : '3 digits';
  });
  expiry.addEventListener('input', event => {
    let typed = digits(expiry).slice(0, 4);
    if (/^[2-9]/.test(typed)) typed = `0${typed}`.slice(0, 4);
    const deleting = event.inputType?.startsWith('delete');
    write(expiry, typed.length > 2 || (typed.length === 2 && !deleting) ? `${typed.slice(0, 2)} / ${typed.slice(2)}` : typed);
  });
  cvc.addEventListener('input', () => write(cvc, digits(cvc).slice(0, isAmex() ? 4 : 3)));
  for (const field of fields) {
    field.addEventListener('input', () => {
      show(field, null);
      tell('change', { complete: fields.every(f => !problems[f.id]()), empty: fields.every(f => !f.value), value: { type: 'card' } });
    });
    field.addEventListener('focus', () => tell('focus'));
    field.addEventListener('blur', () => {
      if (field.value) show(field, problems[field.id]()?.[1]);
      tell('blur');
    });
  }
  form.addEventListener('submit', event => { event.preventDefault(); tell('submit'); });

  async function confirm({ clientSecret, returnUrl }) {
    const checked = check();
    if (checked.error) return checked;
    const typed = digits(expiry);
    const body = new URLSearchParams({
      'payment_method_data[type]': 'card',
      'payment_method_data[card][number]': digits(number),
      'payment_method_data[card][exp_month]': typed.slice(0, 2),
      'payment_method_data[card][exp_year]': typed.slice(2),
      'payment_method_data[card][cvc]': digits(cvc),
      client_secret: clientSecret,
    });
    if (returnUrl) body.set('return_url', returnUrl);
    const headers = { Authorization: `Bearer ${settings.key}` };
    if (settings.account) headers['Stripe-Account'] = settings.account;
    try {
      const response = await fetch(`/v1/payment_intents/${clientSecret.split('_secret_')[0]}/confirm`, { method: 'POST', body, headers });
      const answer = await response.json();
      if (response.ok) return { paymentIntent: answer };
      const field = { number, exp_month: expiry, exp_year: expiry, cvc }[answer.error.param];
      if (field) show(field, answer.error.message);
      return { error: answer.error };
    } catch {
      return { error: { type: 'api_connection_error', message: 'We are experiencing issues connecting to our payments provider. You have not been charged. Please check your internet connection and try again.' } };
    }
  }

  const variables = {
    colorPrimary: '--primary', colorBackground: '--sheet', colorText: '--ink', colorTextSecondary: '--soft', colorTextPlaceholder: '--soft', colorDanger: '--bad',
    borderRadius: '--radius', fontFamily: '--font', fontSizeBase: '--size', spacingUnit: '--unit',
  };

  function dress({ theme, variables: wanted = {} } = {}, ground) {
    const root = document.documentElement;
    if (ground) root.style.setProperty('--ground', ground);
    const dark = theme ? theme === 'night' : ground ? isDark(ground) : null;
    if (dark !== null) root.dataset.theme = dark ? 'dark' : 'light';
    for (const [name, property] of Object.entries(variables)) if (typeof wanted[name] === 'string') root.style.setProperty(property, wanted[name]);
  }

  // Whatever notation the colour has, a canvas knows it.
  function isDark(colour) {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
    return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
  }

  window.addEventListener('message', async event => {
    if (event.origin !== host || event.source !== parent || event.data?.from !== 'stripe.js') return;
    const { type, id, ...message } = event.data;
    if (type === 'begin') { settings = message; dress(message.appearance, message.ground); tell('ready'); }
    else if (type === 'appearance') dress(message.appearance, message.ground);
    else if (type === 'focus') number.focus();
    else if (type === 'submit') tell('answer', { id, result: check() });
    else if (type === 'confirm') tell('answer', { id, result: await confirm(message) });
  });

  if (parent === window || !host) return;
  new ResizeObserver(() => tell('height', { height: Math.ceil(document.querySelector('main').getBoundingClientRect().height) + 8 })).observe(document.querySelector('main'));
  tell('hello');
})();
