// Lets this browser be rung: asked for only when its owner presses the button. The address that the browser gets from its maker's push service is kept by us until they press the other one.
(() => {
  const ring = document.getElementById('ring');
  const hush = document.getElementById('hush');
  const says = document.getElementById('ring-says');
  if (!ring || !('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) return;

  const text = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const bytes = base64 => Uint8Array.from(atob(base64.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0));
  const post = (handler, fields) => fetch(`${ring.dataset.to}?handler=${handler}`, { method: 'POST', body: new URLSearchParams(fields) }).then(r => { if (!r.ok) throw new Error(r.status); });
  const show = (word, rings) => { says.textContent = says.dataset[word]; ring.hidden = rings; hush.hidden = !rings; };
  const keep = subscription => post('Ring', { endpoint: subscription.endpoint, p256dh: text(subscription.getKey('p256dh')), auth: text(subscription.getKey('auth')) });

  let worker;
  const begin = async () => {
    await navigator.serviceWorker.register('/sw.js');
    worker = await navigator.serviceWorker.ready;
    const subscription = await worker.pushManager.getSubscription();
    if (Notification.permission === 'denied') { says.textContent = says.dataset.denied; return; }
    show(subscription ? 'on' : 'off', Boolean(subscription));
  };

  ring.addEventListener('click', async () => {
    ring.setAttribute('aria-busy', 'true');
    try {
      if (await Notification.requestPermission() !== 'granted') { says.textContent = says.dataset.denied; return; }
      await keep(await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(ring.dataset.key) }));
      show('on', true);
      hush.focus();
    } catch { says.textContent = says.dataset.failed; }
    finally { ring.removeAttribute('aria-busy'); }
  });

  hush.addEventListener('click', async () => {
    const subscription = await worker.pushManager.getSubscription();
    if (subscription) {
      await post('Hush', { endpoint: subscription.endpoint }).catch(() => {});
      await subscription.unsubscribe();
    }
    show('off', false);
    ring.focus();
  });

  begin().catch(() => {});
})();
