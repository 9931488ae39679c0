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

  // The email field offers passkeys among its suggestions. A question is good for five minutes: it is asked anew before, for an hour.
  let offer = null;
  const suggest = async form => {
    if (!document.querySelector('[autocomplete~=webauthn]') || !await PublicKeyCredential.isConditionalMediationAvailable?.()) return;
    for (let i = 0; i < 15; i++) {
      const mine = offer = new AbortController();
      let late = false;
      const renew = setTimeout(() => { late = true; mine.abort(); }, 240000);
      try { return send(form, await navigator.credentials.get({ publicKey: await ask(form), mediation: 'conditional', signal: mine.signal })); } catch { if (!late) return; } finally { clearTimeout(renew); }
    }
  };

  for (const form of document.querySelectorAll('form[data-passkey]')) {
    const button = form.querySelector('button[type=submit]');
    const says = form.querySelector('[role=status]');
    form.hidden = false;
    form.closest('[data-passkeys]')?.removeAttribute('hidden');
    form.addEventListener('submit', async event => {
      event.preventDefault();
      offer?.abort();
      says.textContent = '';
      button.setAttribute('aria-busy', 'true');
      try {
        const publicKey = await ask(form);
        send(form, await (form.dataset.passkey === 'get' ? navigator.credentials.get({ publicKey }) : navigator.credentials.create({ publicKey })));
      } catch (error) {
        says.textContent = error.said || (error.name === 'InvalidStateError' && form.dataset.already) || form.dataset.failed;
        button.removeAttribute('aria-busy');
        if (error.said) form.querySelector('input[type=password]')?.focus();
      }
    });
    if (form.dataset.passkey === 'get') suggest(form);
  }
})();
