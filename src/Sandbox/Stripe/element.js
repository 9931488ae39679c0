// The card's fields. Never tells the page what is typed.
(() => {
  'use strict';
  const { tell } = Sandbox;
  const form = document.getElementById('card');
  const fields = ['number', 'expiry', 'cvc'].map(id => document.getElementById(id));
  const [number, expiry, cvc] = fields;

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

  async function confirm(message) {
    const checked = check();
    if (checked.error) return checked;
    const typed = digits(expiry);
    const answer = await Sandbox.confirm(message, { number: digits(number), exp_month: typed.slice(0, 2), exp_year: typed.slice(2), cvc: digits(cvc) });
    const field = { number, exp_month: expiry, exp_year: expiry, cvc }[answer.error?.param];
    if (field) show(field, answer.error.message);
    return answer;
  }

  Sandbox.keepHeight(8);
  Sandbox.hear({ begin: () => tell('ready'), focus: () => number.focus(), submit: () => check(), confirm });
})();
