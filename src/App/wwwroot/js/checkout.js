// Details and payment: the clock of the hold, the provider's fields, the answer to a press of Pay.
(() => {
  const form = document.getElementById('details');
  if (!form) return;
  const $ = id => document.getElementById(id);
  const say = (id, words) => { const place = $(id); if (place && place.textContent !== words) place.textContent = words; };
  const words = JSON.parse(form.dataset.words), { lang } = document.documentElement;
  const fill = (sentence, ...by) => by.reduce((filled, value, i) => filled.replaceAll(`{${i}}`, value), sentence);
  const plural = new Intl.PluralRules(lang);
  const count = (forms, n) => fill(forms[plural.select(n)] ?? forms.other, n);

  // The deadline is the server's. Minutes only, and five announcements at the most: at 5, 2 and 1 minutes, at the end, and after extending.
  let announced = Infinity;
  const tick = () => {
    const hold = $('hold');
    const left = hold?.querySelector('[data-said=left]');
    if (!left) return;
    hold.ends ??= Date.now() + Number(hold.dataset.ms);                   // told as a length: this machine's clock may be wrong
    const minutes = Math.ceil((hold.ends - Date.now()) / 60000);
    if (minutes <= 0) { if (!hold.isAsking) ask(hold); return; }
    left.textContent = fill(words.left, minutes);
    hold.classList.toggle('soon', minutes <= 2);
    const bar = hold.querySelector('progress');
    bar.value = Math.min(minutes, bar.max);
    const at = [1, 2, 5].find(m => minutes <= m);
    if (at && at < announced) { announced = at; say('hold-said', count(words.announce, minutes)); }
    if (!at) announced = Infinity;
  };
  // Only the clock is asked for anew: what was typed stays, and a wallet's sheet that is open says by itself that the time is over.
  const ask = async hold => {
    hold.isAsking = true;
    try {
      const answer = await fetch(location.href);
      if (answer.redirected) { location.assign(answer.url); return; }
      const now = answer.ok && new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('hold');
      if (!now) throw answer;
      hold.replaceWith(now);
      window.htmx?.process(now);
      if (!now.querySelector('[data-said=left]') && $('express')) $('express').hidden = true;
      say('hold-said', now.querySelector('strong').textContent);
    } catch { hold.isAsking = false; }                                    // no connection, or no answer that helps: asked again in five seconds
  };
  setInterval(tick, 5000);
  document.addEventListener('htmx:after:swap', () => { announced = Infinity; tick(); say('hold-said', $('hold')?.querySelector('strong')?.textContent ?? ''); });

  // What is typed is kept on the server as it is typed, for a reload, another tab or another day.
  form.addEventListener('change', event => {
    if (event.target.matches('.fields input')) fetch(`${form.action}?handler=Keep`, { method: 'POST', body: new URLSearchParams(new FormData(form)), keepalive: true }).catch(() => {});
  });

  // A likely slip in the address is pointed out and nothing more.
  const email = $('email');
  email?.addEventListener('change', () => {
    const slip = { 'gmial.com': 'gmail.com', 'gmai.com': 'gmail.com', 'gamil.com': 'gmail.com', 'gmail.con': 'gmail.com', 'hotmial.com': 'hotmail.com', 'hotmail.con': 'hotmail.com', 'outlok.com': 'outlook.com', 'yaho.com': 'yahoo.com', 'yahoo.con': 'yahoo.com', 'iclod.com': 'icloud.com' };
    const [who, host] = email.value.trim().split('@');
    const meant = slip[host?.toLowerCase()];
    const hint = $('email-h');
    hint.textContent = meant ? fill(words.meant, `${who}@${meant}`) : words.hint;
  });

  // The provider's frame can't see our tokens: it is told the colours, in a notation that it reads.
  const appearance = () => {
    const style = getComputedStyle(document.documentElement);
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const rgb = token => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = style.getPropertyValue(token).trim();
      canvas.fillRect(0, 0, 1, 1);
      return `rgb(${[...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).join(', ')})`;
    };
    return {
      theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'night' : 'stripe',
      variables: { colorPrimary: rgb('--brand'), colorBackground: rgb('--sheet'), colorText: rgb('--ink'), colorTextSecondary: rgb('--soft'), colorTextPlaceholder: rgb('--soft'), colorDanger: rgb('--bad-ink'), fontFamily: 'system-ui, sans-serif', borderRadius: '6px', fontSizeBase: '16px' },
    };
  };

  // The provider's own fields, in its own frame. Wallets stand above them, in a group of their own: what is begun in one is never checked in the other.
  const box = $('payment'), express = $('express');
  let stripe, elements;
  const group = () => {
    const made = stripe.elements({ mode: 'payment', amount: Number(form.dataset.amount), currency: form.dataset.currency, appearance: appearance() });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => made.update({ appearance: appearance() }));
    return made;
  };
  const mount = () => {
    if (!box || !window.Stripe) { express?.remove(); return; }
    stripe = Stripe(form.dataset.publicKey, form.dataset.account ? { stripeAccount: form.dataset.account, locale: lang } : { locale: lang });
    elements = group();
    elements.create('payment', { layout: 'tabs', wallets: { applePay: 'never', googlePay: 'never' } }).mount(box);
    $('payment-words').hidden = true;
    if (express) mountWallets(group());
  };
  if (document.readyState === 'complete') mount(); else addEventListener('load', mount);

  const button = $('pay');
  const busy = on => { button.setAttribute('aria-busy', String(on)); form.setAttribute('aria-busy', String(on)); };
  addEventListener('pageshow', () => busy(false));

  // By its error and its hint, whichever are there.
  const describe = input => {
    const by = [`${input.id}-e`, `${input.id}-h`].filter($).join(' ');
    if (by) input.setAttribute('aria-describedby', by); else input.removeAttribute('aria-describedby');
  };

  const showFaults = faults => {
    $('errors')?.remove();
    form.querySelectorAll('.error').forEach(e => e.remove());
    form.querySelectorAll('[aria-invalid]').forEach(e => { e.removeAttribute('aria-invalid'); describe(e); });
    const list = document.createElement('ul');
    for (const [field, words] of faults) {
      const item = list.appendChild(document.createElement('li'));
      const input = field && $(field);
      const link = item.appendChild(document.createElement(input ? 'a' : 'span'));
      link.textContent = words;
      if (!input) continue;
      link.href = `#${field}`;
      input.setAttribute('aria-invalid', 'true');
      const error = document.createElement('p');
      error.className = 'error';
      error.id = `${field}-e`;
      error.textContent = words;
      input.after(error);
      describe(input);
    }
    const title = document.createElement('h2');
    title.id = 'errors-t';
    title.textContent = count(words.putRight, faults.length);
    const errors = document.createElement('div');
    errors.className = 'errors';
    errors.id = 'errors';
    errors.tabIndex = -1;
    errors.setAttribute('role', 'alert');
    errors.setAttribute('aria-labelledby', 'errors-t');
    errors.append(title, list);
    $('main').prepend(errors);
    if (!document.title.startsWith(words.error.split('{')[0])) document.title = fill(words.error, document.title);
    errors.focus();
  };

  // One way for both: check what is typed, place the order, confirm in the browser. Answers what is wrong, or goes on to the tickets.
  const pay = async group => {
    const faults = missing();
    const wrong = group ? (await group.submit()).error : null;              // all that is wrong at once: our fields and the provider's
    if (wrong) faults.push(['', wrong.message]);
    if (faults.length) return { faults };
    const answer = await fetch(form.action, { method: 'POST', headers: { Accept: 'application/json' }, body: new URLSearchParams(new FormData(form)) });
    const body = await answer.json();
    if (!answer.ok) return { faults: Object.entries(body.errors ?? { '': [body.title] }).map(([field, words]) => [field, words[0]]) };
    if (body.complete) { location.assign(body.next); return {}; }
    say('pay-said', words.bank);
    const { error } = await stripe.confirmPayment({ elements: group, clientSecret: body.clientSecret, confirmParams: { return_url: body.next } });
    say('pay-said', '');
    return error ? { faults: [['', fill(words.uncharged, error.message)]], asked: true } : {};
  };
  const broke = { faults: [['', words.broke]] };
  const required = () => [...form.querySelectorAll('[required]')];
  const missing = (but = []) => required().filter(input => !but.includes(input.id) && (!(input.value ?? '').trim() || !input.checkValidity())).map(input => [input.id, input.dataset.fault ?? input.validationMessage]);

  form.addEventListener('submit', async event => {
    if (event.submitter?.hasAttribute('formaction')) return;            // Extend goes its own way
    if (button.getAttribute('aria-busy') === 'true') { event.preventDefault(); return; }
    busy(true);
    if (box && !elements) return;                                       // no script of the provider's: its own page follows
    event.preventDefault();
    const { faults } = await pay(elements).catch(() => broke);
    if (faults) { showFaults(faults); busy(false); }
  });

  // A wallet knows who pays and where the mail goes, so nothing is left to type but what the event asks beyond that: it is asked for before the sheet opens. Tickets carry the payer's name unless another was typed.
  const mountWallets = group => {
    const names = { apple_pay: 'Apple Pay', google_pay: 'Google Pay', link: 'Link' };
    const given = {};
    // What somebody typed is what they mean. What is empty, no address, or came from a wallet before is the wallet's to fill.
    const put = (id, value) => { const { value: typed } = $(id); if (value && (!typed.trim() || typed === given[id] || !$(id).checkValidity())) $(id).value = given[id] = value; };
    let wallet = '';
    const buttons = group.create('expressCheckout', { emailRequired: true, billingAddressRequired: true, business: { name: express.dataset.payee }, lineItems: JSON.parse(express.dataset.lines), buttonHeight: 48, layout: { maxColumns: 3, maxRows: 1 } });
    buttons.on('ready', ({ availablePaymentMethods }) => { express.hidden = !availablePaymentMethods; express.classList.toggle('ready', !!availablePaymentMethods); });
    buttons.on('loaderror', () => { express.hidden = true; });
    buttons.on('click', event => {
      const faults = missing(['email', 'name']);
      if (faults.length || button.getAttribute('aria-busy') === 'true') { event.reject(); if (faults.length) showFaults(faults); return; }
      wallet = names[event.expressPaymentType] ?? '';
      say('express-said', '');
      event.resolve();
    });
    buttons.on('cancel', () => {
      const held = $('hold').querySelector('strong').textContent;
      say('express-said', fill(words.closed, wallet, held.match(/\d+:\d+/)?.[0] ?? ''));
    });
    buttons.on('confirm', async event => {
      put('email', event.billingDetails?.email);
      put('name', event.billingDetails?.name);
      busy(true);
      const { faults, asked } = await pay(group).catch(() => broke);
      if (!faults) return;
      if (!asked) event.paymentFailed({ reason: 'fail', message: faults[0][1] });   // else the provider has closed the sheet already
      showFaults(faults);
      busy(false);
    });
    buttons.mount('#wallets');
  };
  $('errors')?.focus();
})();
