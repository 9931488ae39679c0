// The editor while somebody types: htmx brings the page beside the form and what differs; here is what must not wait for it, and what a picture weighs.
(() => {
  const form = document.getElementById('event');
  if (!form) return;
  const heavy = 600_000, wide = 1600;
  let scrolled = 0;
  const frame = () => document.getElementById('preview')?.contentWindow;

  // With script the preview is always there, and a picture goes up as soon as it is chosen.
  const hide = () => { for (const button of form.querySelectorAll('[data-without-script]')) button.hidden = true; };
  hide();

  // The preview comes anew as a whole: it stays where somebody had scrolled to, and takes the colour before the server has answered.
  const paint = () => frame()?.document.documentElement?.style.setProperty('--hue', document.getElementById('hue').value);
  document.addEventListener('htmx:before:swap', () => { scrolled = frame()?.scrollY ?? 0; });
  form.addEventListener('load', e => { if (e.target.id === 'preview') { frame().scrollTo(0, scrolled); paint(); } }, true);
  form.addEventListener('input', e => { if (e.target.id === 'hue') paint(); });

  document.addEventListener('htmx:after:swap', e => {
    hide();
    if (e.detail.ctx?.target?.id !== 'art') return;
    document.getElementById('file').value = '';   // it is up, and needn't go again with the rest
    form.dispatchEvent(new Event('input'));
  });

  // A picture goes up once, not with each letter typed.
  document.addEventListener('htmx:config:request', e => { if (e.detail.ctx.sourceElement === form) e.detail.ctx.request.body.delete('file'); });

  // As wide as any page shows it: what a camera makes is ten times heavier than what anybody sees. What can't be drawn here goes up as it is, and the server says what it thinks of it.
  const lighter = async file => {
    if (file.size <= heavy || !/^image\/(jpeg|png|webp|avif)$/.test(file.type)) return file;
    try {
      const picture = await createImageBitmap(file);
      const scale = Math.min(1, wide / picture.width);
      const canvas = Object.assign(document.createElement('canvas'), { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
      canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
      const drawn = await new Promise(done => canvas.toBlob(done, 'image/webp', .85));
      return drawn && drawn.size < file.size ? new File([drawn], 'artwork.webp', { type: drawn.type }) : file;
    } catch { return file; }
  };
  form.addEventListener('change', async e => {
    if (e.target.id !== 'file' || e.target.files.length === 0) return;
    const [input, files] = [e.target, new DataTransfer()];
    files.items.add(await lighter(input.files[0]));
    input.files = files.files;
    input.dispatchEvent(new Event('picked'));
  });
})();
