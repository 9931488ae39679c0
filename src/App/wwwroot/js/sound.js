// An interpreter's microphone on its way to a provider (WHIP), and a listener's ear (WHEP). Offers and answers go through our own pages; the sound itself goes straight from browser to provider. Lines that are lost are opened
// again by themselves, ever more slowly. Without this script, or without a provider, the page's link leads to the sound.
(() => {
  const here = document.querySelector('[data-whip], [data-whep]');
  if (!here) return;
  const words = JSON.parse(here.dataset.words);
  const part = name => here.querySelector(`[data-part-is=${name}]`);
  const say = text => { if (part('said').textContent !== text) part('said').textContent = text; };
  here.hidden = false;
  for (const old of document.querySelectorAll('[data-without-script]')) old.hidden = true;

  // What a browser can be reached at is in the offer itself: our pages pass on one offer and one answer, and nothing later.
  const gathered = line => new Promise(done => {
    const look = () => line.iceGatheringState === 'complete' && done();
    line.addEventListener('icegatheringstatechange', look);
    setTimeout(done, 2000);
    look();
  });

  /** One line that is wanted or not; it keeps itself open. */
  const keep = ({ url, dress, opened, refused }) => {
    let [line, place, wanted, tries, timer] = [null, '', false, 0, 0];
    const drop = () => {
      clearTimeout(timer);
      if (place) fetch(place, { method: 'DELETE', keepalive: true }).catch(() => {});
      line?.close();
      [line, place] = [null, ''];
    };
    const again = why => {
      drop();
      if (!wanted) return;
      say(why);
      timer = setTimeout(open, Math.min(1000 * 2 ** tries++, 15000) + Math.random() * 500);
    };
    const open = async () => {
      drop();
      const mine = line = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
      mine.addEventListener('connectionstatechange', () => {
        if (mine !== line) return;
        if (mine.connectionState === 'connected') { tries = 0; opened(mine); }
        if (mine.connectionState === 'failed') again(words.lost);
        if (mine.connectionState === 'disconnected') setTimeout(() => { if (mine === line && mine.connectionState === 'disconnected') again(words.lost); }, 4000);
      });
      try {
        dress(mine);
        await mine.setLocalDescription();
        await gathered(mine);
        if (mine !== line) return;
        const answer = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/sdp' }, body: mine.localDescription.sdp, redirect: 'error', signal: AbortSignal.timeout(30000) });
        const text = await answer.text();
        if (answer.status !== 201) { if (mine === line && !refused(answer.status)) again(answer.status === 409 ? words.waiting : text || words.away); return; }
        // Given up while it was on its way: then nothing is left of it.
        if (mine !== line) { fetch(answer.headers.get('Location'), { method: 'DELETE', keepalive: true }).catch(() => {}); return; }
        place = answer.headers.get('Location');
        await mine.setRemoteDescription({ type: 'answer', sdp: text });
        setTimeout(() => { if (mine === line && mine.connectionState !== 'connected') again(words.lost); }, 20000);
      } catch { if (mine === line) again(words.away); }
    };
    addEventListener('pagehide', drop);
    return {
      start() { if (wanted) return; [wanted, tries] = [true, 0]; open(); },
      stop() { wanted = false; drop(); },
      lost: why => { if (line) again(why); },
    };
  };

  if (here.dataset.whep) listen(); else speak();

  function listen() {
    const button = part('deed');
    const ear = here.querySelector('audio');
    let watch = 0;
    const show = on => { button.textContent = on ? words.stop : words.start; button.setAttribute('aria-pressed', on); };
    const stop = text => { clearInterval(watch); line.stop(); ear.srcObject = null; show(false); say(text); };
    // The provider may keep a line open on which nothing comes any more, as when the microphone goes from hand to hand.
    const hears = async on => [...(await on.getStats()).values()].filter(s => s.type === 'inbound-rtp').reduce((sum, s) => sum + s.bytesReceived, 0);
    const line = keep({
      url: here.dataset.whep,
      dress(on) {
        on.addTransceiver('audio', { direction: 'recvonly' });
        on.addEventListener('track', event => { ear.srcObject = event.streams[0] ?? new MediaStream([event.track]); ear.play().catch(() => stop(words.press)); });
      },
      opened(on) {
        say(words.playing);
        let [had, still] = [-1, 0];
        clearInterval(watch);
        watch = setInterval(async () => {
          if (on.connectionState === 'closed') { clearInterval(watch); return; }
          const has = await hears(on);
          still = has === had ? still + 1 : 0;
          had = has;
          if (still >= 3) { clearInterval(watch); line.lost(words.lost); }
        }, 2000);
      },
      refused(status) {
        if (status === 401 || status === 403 || status === 404) { stop(words.outside); return true; }
        return false;
      },
    });
    show(false);
    button.addEventListener('click', () => {
      if (button.getAttribute('aria-pressed') === 'true') { stop(''); return; }
      show(true);
      say(words.connecting);
      line.start();
    });
  }

  function speak() {
    const [open, mute, level] = [part('open'), part('mute'), part('level')];
    const booth = document.getElementById('booth');
    let [track, meter] = [null, 0];
    const isOnAir = () => booth.querySelector('[data-on-air=yes]') !== null;
    const line = keep({
      url: here.dataset.whip,
      dress: on => on.addTransceiver(track, { direction: 'sendonly', streams: [new MediaStream([track])] }),
      opened: () => tell(words.heard),
      refused(status) {
        if (status === 409) { sends = false; line.stop(); booth.dispatchEvent(new Event('changed')); tell(words.ready); return true; }
        if (status === 401 || status === 404) { line.stop(); tell(words.outside); return true; }
        return false;
      },
    });
    const tell = text => say(track && !track.enabled ? words.muted : text);
    const follow = () => {
      if (!track) { say(isOnAir() ? words.needed : ''); return; }
      if (isOnAir()) { if (!sends) { sends = true; tell(words.connecting); line.start(); } }
      else { sends = false; line.stop(); tell(words.ready); }
    };
    let sends = false;
    const close = text => {
      clearInterval(meter);
      track?.stop();
      [track, sends, level.value] = [null, false, 0];
      line.stop();
      [open.hidden, mute.hidden] = [false, true];
      say(text);
    };
    const measure = stream => {
      const context = new AudioContext();
      const ear = context.createAnalyser();
      context.createMediaStreamSource(stream).connect(ear);
      const wave = new Float32Array(ear.fftSize);
      meter = setInterval(() => {
        ear.getFloatTimeDomainData(wave);
        // Speech lies far below the loudest there is: its root shows it.
        level.value = Math.sqrt(Math.sqrt(wave.reduce((sum, x) => sum + x * x, 0) / wave.length));
      }, 100);
    };
    open.addEventListener('click', async () => {
      if (!navigator.mediaDevices) { say(words.old); return; }
      try {
        const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } });
        [track] = stream.getAudioTracks();
        track.addEventListener('ended', () => close(words.gone));
        measure(stream);
        [open.hidden, mute.hidden] = [true, false];
        mute.setAttribute('aria-pressed', false);
        mute.focus();
        follow();
      } catch (e) { close(e.name === 'NotAllowedError' ? words.denied : e.name === 'NotReadableError' ? words.busy : words.none); }
    });
    mute.addEventListener('click', () => {
      track.enabled = !track.enabled;
      mute.setAttribute('aria-pressed', !track.enabled);
      tell(isOnAir() ? words.heard : words.ready);
    });
    booth.addEventListener('refreshed', follow);
    follow();

    // A page that goes takes the microphone with it: while it is on, buttons are pressed without leaving.
    document.addEventListener('submit', async event => {
      const [form, button] = [event.target, event.submitter];
      if (!track || !form.closest('main') || button?.id === 'b-leave') return;
      event.preventDefault();
      try {
        const answer = await fetch(button?.hasAttribute('formaction') ? button.formAction : form.action, { method: 'POST', body: new URLSearchParams(new FormData(form, button)) });
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
        const fresh = page.getElementById('booth');
        if (!fresh) throw new Error(answer.status);
        const at = document.activeElement?.id;
        document.getElementById('errors')?.remove();
        const errors = page.getElementById('errors');
        if (errors) booth.closest('form').before(errors);
        booth.innerHTML = fresh.innerHTML;
        for (const name of ['text', 'form']) { const field = document.querySelector(`main [name=${name}]`); if (field) field.value = page.querySelector(`main [name=${name}]`)?.value ?? ''; }
        (errors ?? document.getElementById(at))?.focus();
        follow();
      } catch { say(words.away); }
    });
  }
})();
