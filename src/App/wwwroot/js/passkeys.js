// Passkeys: a form that is marked gets what an authenticator says, and is then sent as any other. Where the browser has no passkeys nothing of this is shown.
(() => {
  if (!window.PublicKeyCredential || !navigator.credentials?.create) return;
  const bytes = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0));
  const text = buffer => buffer && btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

  const ask = async form => {
    const answer = await fetch(form.dataset.options, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
    if (!answer.ok) throw Object.assign(new Error(answer.status), { said: answer.headers.get('content-type')?.startsWith('text/plain') && await answer.text() });
    const wanted = await answer.json();
    wanted.challenge = bytes(wanted.challenge);
    if (wanted.user) wanted.user.id = bytes(wanted.user.id);
    for (const known of [...wanted.excludeCredentials ?? [], ...wanted.allowCredentials ?? []]) known.id = bytes(known.id);
    return wanted;
  };

  const send = (form, credential) => {
    const { response } = credential;
    form.elements.credential.value = JSON.stringify({
      id: credential.id, rawId: text(credential.rawId), type: credential.type, authenticatorAttachment: credential.authenticatorAttachment, clientExtensionResults: credential.getClientExtensionResults(),
      response: {
        clientDataJSON: text(response.clientDataJSON), attestationObject: text(response.attestationObject), transports: response.getTransports?.(),
        authenticatorData: text(response.authenticatorData ?? response.getAuthenticatorData?.()), signature: text(response.signature), userHandle: text(response.userHandle),
      },
    });
    form.submit();
  };

  // The email field offers passkeys among its suggestions, until the button is pressed. A question is good for five minutes: it is asked anew before, for an hour. True: one was taken, and sent.
  const suggest = async (form, pressed) => {
    if (!document.querySelector('[autocomplete~=webauthn]') || !await PublicKeyCredential.isConditionalMediationAvailable?.()) return false;
    for (let i = 0; i < 15 && !pressed.aborted; i++) {
      const mine = new AbortController();
      const end = () => mine.abort();
      const renew = setTimeout(end, 240000);
      pressed.addEventListener('abort', end);
      try {
        send(form, await navigator.credentials.get({ publicKey: await ask(form), mediation: 'conditional', signal: mine.signal }));
        return true;
      } catch { if (!mine.signal.aborted) return false; } finally { clearTimeout(renew); pressed.removeEventListener('abort', end); }
    }
    return false;
  };

  for (const form of document.querySelectorAll('form[data-passkey]')) {
    const button = form.querySelector('button[type=submit]');
    const says = form.querySelector('[role=status]');
    let stop, over = false;
    const offer = () => {
      if (form.dataset.passkey !== 'get') return;
      stop = new AbortController();
      over = suggest(form, stop.signal).catch(() => false);
    };
    form.hidden = false;
    form.closest('[data-passkeys]')?.removeAttribute('hidden');
    form.addEventListener('submit', async event => {
      event.preventDefault();
      if (button.hasAttribute('aria-busy')) return;
      says.textContent = '';
      button.setAttribute('aria-busy', 'true');
      // A browser answers one question at a time, and a later one's cookie replaces the earlier one's: the suggestion's is over before ours begins.
      stop?.abort();
      if (await over) return;
      try {
        const publicKey = await ask(form);
        send(form, await (form.dataset.passkey === 'get' ? navigator.credentials.get({ publicKey }) : navigator.credentials.create({ publicKey })));
      } catch (error) {
        says.textContent = error.said || (error.name === 'InvalidStateError' && form.dataset.already) || form.dataset.failed;
        button.removeAttribute('aria-busy');
        if (error.said) form.querySelector('input[type=password]')?.focus();
        offer();
      }
    });
    offer();
  }
})();
