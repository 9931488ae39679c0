// Stands in for Stripe.js: the same calls, as far as Foyer makes them. The fields live in a frame of this script's origin.
(() => {
  'use strict';
  const origin = new URL(document.currentScript.src).origin;
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  const validation = message => ({ error: { type: 'validation_error', code: 'incomplete', message } });

  class PaymentElement {
    #options; #frame; #listeners = {}; #asked = new Map(); #next = 1; #hello;

    constructor(options) {
      this.#options = options;
      this.#hello = new Promise(resolve => { this.#listeners.hello = [resolve]; });
    }

    mount(target) {
      const place = typeof target === 'string' ? document.querySelector(target) : target;
      if (!place) throw new Error(`The selector you specified (${target}) applies to no DOM elements that are currently on the page.`);
      if (this.#frame) this.unmount();
      const frame = document.createElement('iframe');
      frame.src = `${origin}/v3/element?origin=${encodeURIComponent(location.origin)}`;
      frame.title = 'Secure card payment input frame';
      frame.setAttribute('allow', 'payment *');
      frame.setAttribute('frameborder', '0');
      frame.setAttribute('scrolling', 'no');
      // Through the object model: a policy without 'unsafe-inline' allows that.
      Object.assign(frame.style, { border: '0', display: 'block', width: '100%', height: '230px', margin: '0', background: 'transparent', colorScheme: 'inherit' });
      this.#frame = frame;
      window.addEventListener('message', this.#hear);
      scheme.addEventListener('change', this.#dress);
      place.replaceChildren(frame);
    }

    unmount() {
      window.removeEventListener('message', this.#hear);
      scheme.removeEventListener('change', this.#dress);
      this.#frame?.remove();
      this.#frame = null;
    }

    destroy() { this.unmount(); this.#listeners = {}; }
    focus() { this.#frame?.focus(); this.#tell('focus'); }
    update(options) { Object.assign(this.#options, options); this.#dress(); }
    on(name, listener) { (this.#listeners[name] ??= []).push(listener); return this; }
    off(name, listener) { this.#listeners[name] = (this.#listeners[name] ?? []).filter(l => l !== listener); return this; }

    async ask(type, message) {
      if (!this.#frame) return validation('The payment element is not mounted.');
      await this.#hello;
      const id = this.#next++;
      return new Promise(resolve => { this.#asked.set(id, resolve); this.#tell(type, { ...message, id }); });
    }

    #tell(type, message) { this.#frame?.contentWindow?.postMessage({ ...message, type, from: 'stripe.js' }, origin); }

    #dress = () => this.#tell('appearance', { appearance: this.#options.appearance, ground: this.#ground() });

    // What the frame stands on, so that it can be painted alike: a frame is see-through only where its colour scheme is the page's.
    #ground() {
      for (let at = this.#frame?.parentElement; at; at = at.parentElement) {
        const colour = getComputedStyle(at).backgroundColor;
        if (colour !== 'transparent' && !/[,/] *0\)$/.test(colour)) return colour;
      }
      return null;
    }

    #hear = event => {
      if (event.origin !== origin || event.source !== this.#frame?.contentWindow || event.data?.from !== 'element') return;
      const { type, id, ...message } = event.data;
      if (type === 'answer') { this.#asked.get(id)?.(message.result); this.#asked.delete(id); return; }
      if (type === 'height' && message.height > 0 && message.height < 2000) { this.#frame.style.height = `${message.height}px`; return; }
      if (type === 'hello') this.#tell('begin', { ...this.#options, ground: this.#ground() });
      for (const listener of this.#listeners[type] ?? []) listener({ elementType: 'payment', ...message });
    };
  }

  class Elements {
    #options; #element = null;
    constructor(options) { this.#options = options; }
    get clientSecret() { return this.#options.clientSecret; }
    create(kind) {
      if (kind !== 'payment') throw new Error(`The sandbox has the payment element only, not ${kind}.`);
      if (this.#element) throw new Error('Can only create one Element of type payment.');
      return this.#element = new PaymentElement(this.#options);
    }
    getElement(kind) { return kind === 'payment' ? this.#element : null; }
    update(options) { Object.assign(this.#options, options); this.#element?.update(options); }
    submit() { return this.#element ? this.#element.ask('submit') : Promise.resolve(validation('There is no payment element.')); }
    confirm(returnUrl, clientSecret = this.clientSecret) { return this.#element ? this.#element.ask('confirm', { returnUrl, clientSecret }) : Promise.resolve(validation('There is no payment element.')); }
  }

  function Stripe(key, { stripeAccount } = {}) {
    if (!(this instanceof Stripe)) return new Stripe(key, { stripeAccount });
    if (typeof key !== 'string' || !key.startsWith('pk_')) throw new Error('Please call Stripe() with your publishable key. It begins with pk_.');

    // With a client secret, or with mode, amount and currency: then the secret comes with confirmPayment.
    this.elements = ({ clientSecret, mode, amount, currency, appearance } = {}) => {
      if (!clientSecret && !(mode === 'payment' && Number.isInteger(amount) && amount > 0 && /^[a-z]{3}$/.test(currency ?? ''))) throw new Error('In order to create a payment element, you must pass a clientSecret, or mode, amount and currency.');
      return new Elements({ clientSecret, appearance, key, account: stripeAccount });
    };

    this.confirmPayment = async ({ elements, clientSecret, confirmParams = {}, redirect = 'always' }) => {
      const returnUrl = confirmParams.return_url;
      if (!returnUrl && redirect !== 'if_required') throw new Error('stripe.confirmPayment(): confirmParams.return_url is required.');
      const result = await elements.confirm(returnUrl, clientSecret);
      if (result.error) return { error: result.error };
      const intent = result.paymentIntent;
      if (intent.status === 'requires_action') return leave(intent.next_action.redirect_to_url.url);
      if (redirect === 'if_required') return { paymentIntent: intent };
      const back = new URL(returnUrl, location.href);
      back.searchParams.set('payment_intent', intent.id);
      back.searchParams.set('payment_intent_client_secret', intent.client_secret);
      back.searchParams.set('redirect_status', intent.status);
      return leave(back.href);
    };

    this.retrievePaymentIntent = async clientSecret => {
      const headers = { Authorization: `Bearer ${key}` };
      if (stripeAccount) headers['Stripe-Account'] = stripeAccount;
      try {
        const response = await fetch(`${origin}/v1/payment_intents/${clientSecret.split('_secret_')[0]}?client_secret=${encodeURIComponent(clientSecret)}`, { headers });
        const body = await response.json();
        return response.ok ? { paymentIntent: body } : { error: body.error };
      } catch {
        return { error: { type: 'api_connection_error', message: 'We are experiencing issues connecting to our payments provider. Please check your internet connection and try again.' } };
      }
    };
  }

  // The page is on its way elsewhere: what waits for us waits for ever, as with Stripe.
  function leave(url) {
    location.assign(url);
    return new Promise(() => {});
  }

  window.Stripe = Stripe;
})();
