// A provider's engine in a browser: takes what one sends and gives it to all who hear. Offers come from the stand-in that serves this page; answers go back to it.
const [senders, ears, lines] = [new Map(), new Map(), new Map()];
const say = text => { document.getElementById('said').textContent += text + '\n'; };

const gathered = line => new Promise(done => {
  const look = () => line.iceGatheringState === 'complete' && done();
  line.addEventListener('icegatheringstatechange', look);
  setTimeout(done, 2000);
  look();
});

async function answer({ id, kind, channel, offer }) {
  const line = new RTCPeerConnection();
  lines.set(id, line);
  if (kind === 'whip') line.addEventListener('track', event => {
    senders.set(channel, event.track);
    // Chromium decodes a track that comes from afar only where something plays it.
    const sink = new Audio();
    sink.muted = true;
    sink.srcObject = new MediaStream([event.track]);
    sink.play().catch(e => say(String(e)));
    for (const ear of ears.get(channel) ?? []) ear.replaceTrack(event.track);
  });
  await line.setRemoteDescription({ type: 'offer', sdp: offer });
  if (kind === 'whep') {
    const [transceiver] = line.getTransceivers();
    transceiver.direction = 'sendonly';
    await transceiver.sender.replaceTrack(senders.get(channel) ?? null);
    ears.set(channel, [...(ears.get(channel) ?? []), transceiver.sender]);
  }
  await line.setLocalDescription();
  await gathered(line);
  line.addEventListener('connectionstatechange', () => say(`${kind} ${channel} ${line.connectionState}`));
  await fetch(`/_sandbox/sound/work/${id}`, { method: 'POST', body: line.localDescription.sdp });
}

(async () => {
  for (;;) {
    try {
      const answered = await fetch('/_sandbox/sound/work');
      if (answered.status !== 200) continue;
      const work = await answered.json();
      if (work.kind === 'end') { lines.get(work.id)?.close(); lines.delete(work.id); say(`ended ${work.channel}`); }
      else answer(work).catch(e => say(String(e)));
    } catch (e) { say(String(e)); await new Promise(done => setTimeout(done, 1000)); }
  }
})();
