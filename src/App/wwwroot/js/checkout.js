// Details and payment: the clock of the hold, the provider's fields, the answer to a press of Pay.
(() => {
  const form = document.getElementById('details');
  if (!form) return;
  const $ = id => document.getElementById(id);
  const say = (id, words) => { const place = $(id); if (place && place.textContent !== words) place.textContent = words; };

  // The deadline is the server's. Minutes only, and five announcements at the most: at 5, 2 and 1 minutes, at the end, and after extending.
  let announced = Infinity;
  const tick = () => {
    const hold = $('hold');
    const left = hold?.querySelector('[data-said=left]');
    if (!left) return;
    hold.ends ??= Date.now() + Number(hold.dataset.ms);                   // told as a length: this machine's clock may be wrong
    const minutes = Math.ceil((hold.ends - Date.now()) / 60000);
    if (minutes <= 0) { location.reload(); return; }
    left.textContent = `${minutes} min left`;
    hold.classList.toggle('soon', minutes <= 2);
    const bar = hold.querySelector('progress');
    bar.value = Math.min(minutes, bar.max);
    const at = [1, 2, 5].find(m => minutes <= m);
    if (at && at < announced) { announced = at; say('hold-said', `${minutes === 1 ? 'One minute' : minutes + ' minutes'} left. Extend to keep your tickets.`); }
    if (!at) announced = Infinity;
  };
  setInterval(tick, 5000);
  document.addEventListener('htmx:after:swap', () => { announced = Infinity; tick(); say('hold-said', $('hold')?.querySelector('strong')?.textContent ?? ''); });

  // A likely slip in the address is pointed out and nothing more.
  const email = $('email');
  email?.addEventListener('change', () => {
    const slip = { 'gmial.com': 'gmail.com', 'gmai.com': 'gmail.com', 'gamil.com': 'gmail.com', 'gmail.con': 'gmail.com', 'hotmial.com': 'hotmail.com', 'hotmail.con': 'hotmail.com', 'outlok.com': 'outlook.com', 'yaho.com': 'yahoo.com', 'yahoo.con': 'yahoo.com', 'iclod.com': 'icloud.com' };
    const [who, host] = email.value.trim().split('@');
    const meant = slip[host?.toLowerCase()];
    const hint = $('email-h');
    hint.textContent = meant ? `Did you mean ${who}@${meant}?` : 'Your tickets go here.';
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

  // The provider's own fields, in its own frame.
  const box = $('payment');
  let stripe, elements;
  const mount = () => {
    if (!box || !window.Stripe) return;
    stripe = Stripe(form.dataset.publicKey, form.dataset.account ? { stripeAccount: form.dataset.account } : undefined);
    elements = stripe.elements({ mode: 'payment', amount: Number(form.dataset.amount), currency: form.dataset.currency, appearance: appearance() });
    elements.create('payment', { layout: 'tabs' }).mount(box);
    $('payment-words').hidden = true;
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
    title.textContent = faults.length === 1 ? 'One thing to put right' : `${faults.length} things to put right`;
    const errors = document.createElement('div');
    errors.className = 'errors';
    errors.id = 'errors';
    errors.tabIndex = -1;
    errors.setAttribute('role', 'alert');
    errors.setAttribute('aria-labelledby', 'errors-t');
    errors.append(title, list);
    $('main').prepend(errors);
    if (!document.title.startsWith('Error: ')) document.title = `Error: ${document.title}`;
    errors.focus();
  };

  form.addEventListener('submit', async event => {
    if (event.submitter && event.submitter !== button) return;          // Extend goes its own way
    if (button.getAttribute('aria-busy') === 'true') { event.preventDefault(); return; }
    busy(true);
    if (box && !elements) return;                                       // no script of the provider's: its own page follows
    event.preventDefault();
    try {
      // All that is wrong at once: our two fields and the provider's.
      const faults = [...form.querySelectorAll('.input[required]')].filter(input => !input.value.trim() || !input.checkValidity()).map(input => [input.id, input.dataset.fault]);
      const card = elements ? (await elements.submit()).error : null;
      if (card) faults.push(['', card.message]);
      if (faults.length) { showFaults(faults); busy(false); return; }
      const answer = await fetch(form.action, { method: 'POST', headers: { Accept: 'application/json' }, body: new URLSearchParams(new FormData(form)) });
      const body = await answer.json();
      if (!answer.ok) { showFaults(Object.entries(body.errors ?? { '': [body.title] }).map(([field, words]) => [field, words[0]])); busy(false); return; }
      if (body.complete) { location.assign(body.next); return; }
      say('pay-said', 'Waiting for the bank.');
      const { error } = await stripe.confirmPayment({ elements, clientSecret: body.clientSecret, confirmParams: { return_url: body.next } });
      if (error) { showFaults([['', `${error.message} Nothing was charged.`]]); busy(false); }
    } catch {
      showFaults([['', 'The connection broke. Press Pay again: you can’t be charged twice.']]);
      busy(false);
    }
  });
  $('errors')?.focus();
})();
