// Stands in for Stripe.js: the same calls, as far as Foyer makes them. The fields live in a frame of this script's origin.
(() => {
  'use strict';
  const origin = new URL(document.currentScript.src).origin;
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  const validation = message => ({ error: { type: 'validation_error', code: 'incomplete', message } });

  // A frame of this script's origin, and what it and the page say to each other. Anybody else's words are not heard.
  class Frame {
    #asked = new Map(); #next = 1; #heard; #hello; #greet;

    constructor(path, title, heard) {
      this.#heard = heard;
      this.#hello = new Promise(resolve => { this.#greet = resolve; });
      this.element = document.createElement('iframe');
      this.element.src = `${origin}${path}?origin=${encodeURIComponent(location.origin)}`;
      this.element.title = title;
      this.element.setAttribute('allow', 'payment *');
      this.element.setAttribute('frameborder', '0');
      // Through the object model: a policy without 'unsafe-inline' allows that.
      Object.assign(this.element.style, { border: '0', display: 'block', width: '100%', margin: '0', background: 'transparent', colorScheme: 'inherit' });
      window.addEventListener('message', this.#hear);
    }

    close() {
      window.removeEventListener('message', this.#hear);
      this.element.remove();
    }

    tell(type, message) { this.element.contentWindow?.postMessage({ ...message, type, from: 'stripe.js' }, origin); }

    async ask(type, message) {
      await this.#hello;
      const id = this.#next++;
      return new Promise(resolve => { this.#asked.set(id, resolve); this.tell(type, { ...message, id }); });
    }

    // What the frame stands on, so that it can be painted alike: a frame is see-through only where its colour scheme is the page's.
    get ground() {
      for (let at = this.element.parentElement; at; at = at.parentElement) {
        const colour = getComputedStyle(at).backgroundColor;
        if (colour !== 'transparent' && !/[,/] *0\)$/.test(colour)) return colour;
      }
      return null;
    }

    #hear = event => {
      if (event.origin !== origin || event.source !== this.element.contentWindow || event.data?.from !== 'element') return;
      const { type, id, ...message } = event.data;
      if (type === 'answer') { this.#asked.get(id)?.(message.result); this.#asked.delete(id); return; }
      if (type === 'height') { if (message.height >= 0 && message.height < 2000) this.element.style.height = `${message.height}px`; return; }
      if (type === 'hello') this.#greet();
      this.#heard(type, message);
    };
  }

  class Element {
    #listeners = {};
    frame = null;

    constructor(kind, group, path, title) { Object.assign(this, { kind, group, path, title }); }

    mount(target) {
      const place = typeof target === 'string' ? document.querySelector(target) : target;
      if (!place) throw new Error(`The selector you specified (${target}) applies to no DOM elements that are currently on the page.`);
      this.unmount();
      this.frame = new Frame(this.path, this.title, (type, message) => this.hear(type, message));
      this.frame.element.setAttribute('scrolling', 'no');
      this.frame.element.style.height = `${this.height}px`;
      scheme.addEventListener('change', this.#dress);
      place.replaceChildren(this.frame.element);
    }

    unmount() {
      scheme.removeEventListener('change', this.#dress);
      this.frame?.close();
      this.frame = null;
    }

    destroy() { this.unmount(); this.#listeners = {}; }
    focus() { this.frame?.element.focus(); this.frame?.tell('focus'); }
    update() { this.#dress(); }
    on(name, listener) { (this.#listeners[name] ??= []).push(listener); return this; }
    off(name, listener) { this.#listeners[name] = (this.#listeners[name] ?? []).filter(l => l !== listener); return this; }
    hasListener(name) { return this.#listeners[name]?.length > 0; }
    emit(name, message) { for (const listener of this.#listeners[name] ?? []) listener({ elementType: this.kind, ...message }); }
    hear(type, message) {
      if (type === 'hello') this.frame.tell('begin', { ...this.group, ...this.options, ground: this.frame.ground });
      this.emit(type, message);
    }

    #dress = () => this.frame?.tell('appearance', { appearance: this.group.appearance, ground: this.frame.ground });
  }

  class PaymentElement extends Element {
    height = 230;
    constructor(group) { super('payment', group, '/v3/element', 'Secure card payment input frame'); }
    submit() { return this.frame ? this.frame.ask('submit') : validation('The payment element is not mounted.'); }
    confirm(message) { return this.frame ? this.frame.ask('confirm', message) : validation('The payment element is not mounted.'); }
  }

  // Wallets' buttons, and a sheet in place of the device's own. The sheet pays with a test card: what a wallet hands over is a card in the end.
  class ExpressCheckoutElement extends Element {
    static known = ['allowedShippingCountries', 'billingAddressRequired', 'business', 'buttonHeight', 'buttonTheme', 'buttonType', 'emailRequired', 'layout', 'lineItems', 'paymentMethodOrder', 'paymentMethods', 'phoneNumberRequired'];
    height = 0;
    #sheet = null; #dialog = null;

    constructor(group, options = {}) {
      super('expressCheckout', group, '/v3/express', 'Secure express checkout frame');
      const beyond = Object.keys(options).find(name => !ExpressCheckoutElement.known.includes(name));
      if (beyond) throw new Error(`The sandbox's express checkout element knows no ${beyond}.`);
      const { buttonHeight = 44 } = options;
      if (buttonHeight < 40 || buttonHeight > 55) throw new Error('Invalid value for elements.create(\'expressCheckout\'): buttonHeight should be between 40 and 55.');
      this.options = { billingAddressRequired: !('emailRequired' in options || 'lineItems' in options || 'business' in options || 'phoneNumberRequired' in options), ...options };
    }

    get isConfirming() { return this.#sheet !== null; }
    submit() { return {}; }
    update() { super.update(); this.#sheet?.tell('appearance', { appearance: this.group.appearance }); }
    unmount() { this.#close(); super.unmount(); }

    hear(type, message) {
      if (type === 'press') this.#press(message.wallet);
      else super.hear(type, message);
    }

    #press(wallet) {
      let isSettled = false;
      const settle = act => (...details) => { if (!isSettled) { isSettled = true; act(...details); } };
      const resolve = settle((details = {}) => this.#show(wallet, { ...this.options, ...details }));
      if (!this.hasListener('click')) { resolve(); return; }
      setTimeout(settle(() => console.error('The click event of the express checkout element must be resolved within 1 second.')), 1000);
      this.emit('click', { expressPaymentType: wallet, resolve, reject: settle(() => {}) });
    }

    #show(wallet, details) {
      const sum = (details.lineItems ?? []).reduce((all, item) => all + item.amount, 0);
      if (sum > this.group.amount) throw new Error(`The amount ${this.group.amount} is less than the total amount of the line items provided: ${sum}.`);
      this.#dialog = document.createElement('dialog');
      Object.assign(this.#dialog.style, { border: '0', padding: '0', margin: '0', width: '100vw', maxWidth: '100vw', height: '100dvh', maxHeight: '100dvh', background: 'rgb(0 0 0 / 0.5)' });
      this.#dialog.setAttribute('aria-label', 'Wallet');
      this.#dialog.addEventListener('cancel', event => { event.preventDefault(); this.#sheet?.tell('leave'); });
      this.#sheet = new Frame('/v3/wallet', 'Wallet sheet', (type, message) => {
        if (type === 'hello') this.#sheet.tell('begin', { ...this.group, ...details, wallet });
        else if (type === 'cancel') { this.#close(); this.emit('cancel'); }
        else if (type === 'pay') this.emit('confirm', { expressPaymentType: wallet, billingDetails: message.billingDetails, paymentFailed: () => this.#close() });
      });
      this.#sheet.element.style.height = '100%';
      this.#dialog.append(this.#sheet.element);
      document.body.append(this.#dialog);
      this.#dialog.showModal();
      this.#sheet.element.focus();
    }

    async confirm(message) {
      const result = await this.#sheet.ask('confirm', message);
      if (result.error) this.#close();
      return result;
    }

    #close() {
      this.#sheet?.close();
      this.#dialog?.remove();
      this.#sheet = this.#dialog = null;
    }
  }

  class Elements {
    #group; #elements = {};
    constructor(group) { this.#group = group; }
    get clientSecret() { return this.#group.clientSecret; }
    create(kind, options) {
      const make = { payment: PaymentElement, expressCheckout: ExpressCheckoutElement }[kind];
      if (!make) throw new Error(`The sandbox has the payment and the express checkout element, not ${kind}.`);
      if (this.#elements[kind]) throw new Error(`Can only create one Element of type ${kind}.`);
      return this.#elements[kind] = new make(this.#group, options);
    }
    getElement(kind) { return this.#elements[kind] ?? null; }
    update(options) { Object.assign(this.#group, options); for (const element of Object.values(this.#elements)) element.update(); }
    get #paying() { const { payment, expressCheckout } = this.#elements; return expressCheckout?.isConfirming ? expressCheckout : payment; }
    async submit() { return this.#paying ? this.#paying.submit() : validation('There is no payment element.'); }
    async confirm(returnUrl, clientSecret = this.clientSecret) { return this.#paying ? this.#paying.confirm({ returnUrl, clientSecret }) : validation('There is no payment element.'); }
  }

  function Stripe(key, { stripeAccount } = {}) {
    if (!(this instanceof Stripe)) return new Stripe(key, { stripeAccount });
    if (typeof key !== 'string' || !key.startsWith('pk_')) throw new Error('Please call Stripe() with your publishable key. It begins with pk_.');

    // With a client secret, or with mode, amount and currency: then the secret comes with confirmPayment.
    this.elements = ({ clientSecret, mode, amount, currency, appearance } = {}) => {
      if (!clientSecret && !(mode === 'payment' && Number.isInteger(amount) && amount > 0 && /^[a-z]{3}$/.test(currency ?? ''))) throw new Error('In order to create a payment element, you must pass a clientSecret, or mode, amount and currency.');
      return new Elements({ clientSecret, amount, currency, appearance, key, account: stripeAccount });
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
