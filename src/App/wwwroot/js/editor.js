// The editor while somebody types: htmx brings the page beside the form and what differs; here is what must not wait for it.
(() => {
  const form = document.getElementById('event');
  if (!form) return;
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
})();
