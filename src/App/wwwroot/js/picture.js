// A picture as it is chosen, made as light as a page needs it: what a camera makes is ten times heavier than what anybody sees. What can't be drawn here goes up as it is, and the server says what it thinks of it.
(() => {
  const heavy = 600_000;
  const lighter = async (file, widest) => {
    if (file.size <= heavy || !/^image\/(jpeg|png|webp|avif)$/.test(file.type)) return file;
    try {
      const picture = await createImageBitmap(file);
      const scale = Math.min(1, widest / picture.width);
      const canvas = Object.assign(document.createElement('canvas'), { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
      canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
      const drawn = await new Promise(done => canvas.toBlob(done, 'image/webp', .85));
      return drawn && drawn.size < file.size ? new File([drawn], 'picture.webp', { type: drawn.type }) : file;
    } catch { return file; }
  };
  document.addEventListener('change', async e => {
    const input = e.target;
    if (!input.matches?.('input[type=file][data-picture]') || input.files.length === 0) return;
    const files = new DataTransfer();
    files.items.add(await lighter(input.files[0], Number(input.dataset.picture)));
    input.files = files.files;
    input.dispatchEvent(new Event('picked'));
  });
})();
