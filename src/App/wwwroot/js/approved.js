// The request of this browser was approved on another device: go in, as the button that just came would.
document.addEventListener('refreshed', event => event.target.querySelector('form[data-goes]')?.requestSubmit());
