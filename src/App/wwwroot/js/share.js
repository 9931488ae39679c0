// Passes a page on as the device does it; where it can't, copies its address. Without this script there is no button, and the address bar has always been there.
(() => {
  const button = document.querySelector('[data-share]');
  if (!button || !(navigator.share || navigator.clipboard)) return;
  button.hidden = false;
  button.addEventListener('click', async () => {
    const url = button.dataset.share;
    try {
      if (navigator.share) return await navigator.share({ title: document.title, url });
      await navigator.clipboard.writeText(url);
      button.querySelector('[role=status]').textContent = button.dataset.done;
    } catch { /* they thought better of it */ }
  });
})();
