// What every frame of the stand-in does: hears only the page it was opened for and tells it only what Stripe would; puts on its colours; confirms a payment with a card.
const Sandbox = (() => {
  'use strict';
  const host = new URLSearchParams(location.search).get('origin') ?? '';
  let settings = {};

  const tell = (type, message = {}) => parent.postMessage({ ...message, type, from: 'element' }, host);

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

  async function confirm({ clientSecret, returnUrl }, card, billing = {}) {
    const body = new URLSearchParams({ 'payment_method_data[type]': 'card', client_secret: clientSecret });
    for (const [name, value] of Object.entries(card)) body.set(`payment_method_data[card][${name}]`, value);
    for (const [name, value] of Object.entries(billing)) if (value) body.set(`payment_method_data[billing_details][${name}]`, value);
    if (returnUrl) body.set('return_url', returnUrl);
    const headers = { Authorization: `Bearer ${settings.key}` };
    if (settings.account) headers['Stripe-Account'] = settings.account;
    try {
      const response = await fetch(`/v1/payment_intents/${clientSecret.split('_secret_')[0]}/confirm`, { method: 'POST', body, headers });
      const answer = await response.json();
      return response.ok ? { paymentIntent: answer } : { error: answer.error };
    } catch {
      return { error: { type: 'api_connection_error', message: 'We are experiencing issues connecting to our payments provider. You have not been charged. Please check your internet connection and try again.' } };
    }
  }

  // What is answered goes back to who asked.
  function hear(answers) {
    window.addEventListener('message', async event => {
      if (event.origin !== host || event.source !== parent || event.data?.from !== 'stripe.js') return;
      const { type, id, ...message } = event.data;
      if (type === 'begin') settings = message;
      if (type === 'begin' || type === 'appearance') dress(message.appearance, message.ground);
      const result = await answers[type]?.(message);
      if (id) tell('answer', { id, result });
    });
    if (parent !== window && host) tell('hello');
  }

  function keepHeight(extra = 0) {
    if (parent === window || !host) return;
    const main = document.querySelector('main');
    new ResizeObserver(() => tell('height', { height: Math.ceil(main.getBoundingClientRect().height) + extra })).observe(main);
  }

  return { tell, hear, confirm, keepHeight };
})();
