// Passes a page on as the device does it; where it can't, copies its address. Links have a button of their own that copies. Without this script there are no such buttons, and the address bar has always been there.
(() => {
  const say = (button, text) => { (button.querySelector('[role=status]') ?? button).textContent = text; };
  const show = () => {
    if (navigator.clipboard) for (const button of document.querySelectorAll('[data-copy][hidden]')) button.hidden = false;
    const share = document.querySelector('[data-share]');
    if (share && (navigator.share || navigator.clipboard)) share.hidden = false;
  };
  document.addEventListener('click', async event => {
    const button = event.target.closest?.('[data-share], [data-copy]');
    if (!button) return;
    const { share, copy, done } = button.dataset;
    try {
      if (share && navigator.share) return await navigator.share({ title: document.title, url: share });
      await navigator.clipboard.writeText(copy ?? share);
      // A name for its ears alone would hide what the button says now.
      button.removeAttribute('aria-label');
      button.setAttribute('aria-live', 'polite');
      say(button, done);
    } catch { /* they thought better of it */ }
  });
  document.addEventListener('foyer:swapped', show);
  show();
})();
