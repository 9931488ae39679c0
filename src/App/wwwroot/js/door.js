// The door without page changes: a verdict over everything, sound and vibration, the next scan after 1.2 seconds. The camera reads with the browser's own eyes or, where it has none, with the decoder beside this file; a reader types into the field.
(() => {
  const form = document.getElementById('scan');
  if (!form) return;
  const [code, verdict, said, sync, counts] = ['code', 'verdict', 'said', 'door-sync', 'door-counts'].map(id => document.getElementById(id));
  const [video, start, torch, undo, undoButton] = ['camera', 'start', 'torch', 'undo', 'undo-button'].map(id => document.getElementById(id));
  const next = 1200;
  let busy = false, hide = 0, audio, lastCode = '', lastAt = 0, countedAt = Date.now();

  const beep = kind => {
    try {
      audio ??= new AudioContext();
      const tones = { go: [[880, 0, .12], [1320, .12, .16]], ask: [[520, 0, .16], [520, .22, .16]], stop: [[190, 0, .5]] }[kind];
      for (const [pitch, at, length] of tones) {
        const [tone, gain] = [audio.createOscillator(), audio.createGain()];
        tone.frequency.value = pitch;
        tone.type = kind === 'stop' ? 'sawtooth' : 'sine';
        gain.gain.value = .25;
        tone.connect(gain).connect(audio.destination);
        tone.start(audio.currentTime + at);
        tone.stop(audio.currentTime + at + length);
      }
    } catch { /* no sound here: colour, words and vibration say it */ }
    navigator.vibrate?.({ go: 80, ask: [80, 80, 80], stop: 400 }[kind]);
  };

  const clear = () => { verdict.replaceChildren(); busy = false; code.value = ''; code.focus({ preventScroll: true }); };

  const show = html => {
    verdict.innerHTML = html;
    const section = verdict.querySelector('.verdict');
    if (!section) return clear();
    beep(section.dataset.kind);
    if (section.dataset.undo) { undo.value = section.dataset.undo; undoButton.disabled = false; }
    verdict.querySelector('[data-next]').addEventListener('click', e => { e.preventDefault(); clearTimeout(hide); clear(); });
    clearTimeout(hide);
    // A problem stays until somebody has read it; a green one makes room by itself.
    hide = setTimeout(section.dataset.kind === 'go' ? clear : () => { busy = false; code.value = ''; code.focus({ preventScroll: true }); }, next);
    count();
  };

  const send = async () => {
    if (busy || !code.value.trim()) return;
    busy = true;
    const body = new FormData(form);
    body.set('scanId', crypto.randomUUID());
    for (let tries = 0; ; tries++) {
      try {
        const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(body), headers: { 'HX-Request': 'true' }, credentials: 'same-origin' });
        if (answer.ok) return show(await answer.text());
        if (answer.status < 500) { location.reload(); return; }
      } catch { /* the network: the same scan again, under the same id */ }
      said.textContent = 'No answer yet. Trying again with the same ticket.';
      await new Promise(done => setTimeout(done, Math.min(5000, 500 * 2 ** tries)));
    }
  };

  const count = async () => {
    try {
      const answer = await fetch(verdict.dataset.counts, { headers: { 'HX-Request': 'true' } });
      if (!answer.ok) throw answer;
      counts.innerHTML = await answer.text();
      countedAt = Date.now();
      sync.textContent = 'Up to date';
    } catch { sync.textContent = `Offline for ${Math.round((Date.now() - countedAt) / 1000)} s`; }
  };

  form.addEventListener('submit', e => { e.preventDefault(); send(); });
  setInterval(count, 5000);
  if (verdict.querySelector('.verdict')) show(verdict.innerHTML);

  // A reader types wherever the focus is: put it into the field, unless somebody is typing elsewhere.
  addEventListener('keydown', e => { if (e.key.length === 1 && !e.ctrlKey && !e.metaKey && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) code.focus({ preventScroll: true }); });

  if (!navigator.mediaDevices) {
    said.textContent = 'No camera in this browser: use a reader, or type.';
    return;
  }
  // Some browsers have the name and none of the formats.
  const reader = async () => {
    const own = window.BarcodeDetector && (await BarcodeDetector.getSupportedFormats().catch(() => [])).includes('qr_code');
    const Detector = own ? BarcodeDetector : (await import(start.dataset.decoder)).BarcodeDetector;
    return new Detector({ formats: ['qr_code'] });
  };
  const refusals = {
    NotAllowedError: 'The camera is not allowed here. Allow it in the browser’s settings, use a reader, or type.',
    NotFoundError: 'There is no camera here: use a reader, or type.',
    NotReadableError: 'Another program has the camera. Close it and press Camera again, use a reader, or type.',
  };
  start.hidden = false;
  start.addEventListener('click', async () => {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 } } });
      const detector = await reader();
      video.srcObject = stream;
      video.hidden = false;
      await video.play();
      start.hidden = true;
      said.textContent = 'Hold a ticket in the frame';
      const track = stream.getVideoTracks()[0];
      if (track.getCapabilities?.().torch) {
        torch.hidden = false;
        let lit = false;
        torch.addEventListener('click', () => { lit = !lit; track.applyConstraints({ advanced: [{ torch: lit }] }); torch.setAttribute('aria-pressed', lit); });
      }
      const look = async () => {
        if (!busy && !verdict.querySelector('.verdict.go')) {
          const [found] = await detector.detect(video).catch(() => []);
          // The same ticket still in the frame isn't a second scan.
          if (found && !(found.rawValue === lastCode && Date.now() - lastAt < 4000)) {
            [lastCode, lastAt] = [found.rawValue, Date.now()];
            code.value = found.rawValue;
            send();
          }
        }
        setTimeout(look, 120);
      };
      look();
    } catch (e) { said.textContent = refusals[e.name] ?? 'The camera can’t be used here: use a reader, or type.'; }
  });
})();
