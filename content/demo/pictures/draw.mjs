// Draws the demo's pictures as SVG into the folder it is given: node draw.mjs out. What is committed beside it are these, rastered by a browser, the larger ones reduced to 48 colours.
import { mkdirSync, writeFileSync } from 'node:fs';

const [width, height] = [1280, 960];
const random = seed => () => ((seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32);
const page = (w, h, body) => `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}">${body}</svg>\n`;

// Quarters, halves, dots and stripes, laid like tiles.
const tiles = (seed, size, [ground, ...inks]) => {
  const next = random(seed), pick = list => list[Math.floor(next() * list.length)];
  let body = `<rect width="${width}" height="${height}" fill="${ground}"/>`;
  for (let y = 0; y < height; y += size) for (let x = 0; x < width; x += size) {
    const [a, b] = [pick(inks), pick(inks)], turn = 90 * Math.floor(next() * 4), h = size / 2;
    const motif = pick([
      `<path d="M0 0H${size}A${size} ${size} 0 0 1 0 ${size}z" fill="${a}"/>`,
      `<path d="M0 0H${size}A${size} ${size} 0 0 1 0 ${size}z" fill="${a}"/><path d="M0 0H${h}A${h} ${h} 0 0 1 0 ${h}z" fill="${b}"/>`,
      `<path d="M0 ${h}A${h} ${h} 0 0 1 ${size} ${h}z" fill="${a}"/><circle cx="${h}" cy="${size * .75}" r="${size * .14}" fill="${b}"/>`,
      `<rect width="${size}" height="${size}" fill="${a}"/><circle cx="${h}" cy="${h}" r="${h * .62}" fill="${b}"/>`,
      `<path d="M0 0A${size} ${size} 0 0 1 ${size} ${size}A${size} ${size} 0 0 1 0 0z" fill="${a}"/>`,
      [0, 1, 2, 3].map(i => `<rect x="${i * size / 4}" width="${size / 8}" height="${size}" fill="${a}"/>`).join(''),
      '',
    ]);
    body += `<g transform="translate(${x} ${y}) rotate(${turn} ${h} ${h})">${motif}</g>`;
  }
  return page(width, height, body);
};

// Rings around some points, one behind the other.
const rings = (seed, count, [ground, ...inks]) => {
  const next = random(seed);
  let body = `<rect width="${width}" height="${height}" fill="${ground}"/>`;
  for (let i = 0; i < count; i++) {
    const [x, y, r] = [next() * width, height * (.25 + next() * .9), 140 + next() * 300];
    for (let ring = 0; ring < 5; ring++) body += `<circle cx="${x.toFixed()}" cy="${y.toFixed()}" r="${(r * (1 - ring / 5)).toFixed()}" fill="${ring % 2 ? ground : inks[(i + ring) % inks.length]}"/>`;
  }
  return page(width, height, body);
};

// Hills under a sun.
const hills = (seed, [sky, sun, ...inks]) => {
  const next = random(seed);
  let body = `<rect width="${width}" height="${height}" fill="${sky}"/><circle cx="${(300 + next() * 700).toFixed()}" cy="330" r="190" fill="${sun}"/>`;
  inks.forEach((ink, i) => {
    const from = 380 + i * 130, lift = () => (from + (next() - .5) * 220).toFixed();
    body += `<path d="M0 ${lift()}C320 ${lift()} 420 ${lift()} 640 ${lift()}S1060 ${lift()} 1280 ${lift()}V960H0z" fill="${ink}"/>`;
  });
  return page(width, height, body);
};

// A house that there isn't: halls along a corridor.
const plan = () => {
  const hall = (x, y, w, h) => `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="#f1ede3" stroke="#3b3a45" stroke-width="9"/>`;
  const door = (x, y, across) => `<rect x="${across ? x - 35 : x - 7}" y="${across ? y - 7 : y - 35}" width="${across ? 70 : 14}" height="${across ? 14 : 70}" fill="#fff"/>`;
  const stair = (x, y) => `<rect x="${x}" y="${y}" width="120" height="110" fill="#fff" stroke="#3b3a45" stroke-width="5"/>` + [1, 2, 3, 4, 5].map(i => `<path d="M${x + i * 20} ${y}v110" stroke="#3b3a45" stroke-width="3"/>`).join('');
  const tree = (x, y) => `<circle cx="${x}" cy="${y}" r="34" fill="#cfdcc3"/>`;
  return page(1600, 1000, '<rect width="1600" height="1000" fill="#fff"/>'
    + [[60, 930], [150, 960], [1500, 930], [1420, 965], [60, 70], [1540, 70]].map(([x, y]) => tree(x, y)).join('')
    + '<path d="M120 130H1480V870H120z" fill="#fff" stroke="#3b3a45" stroke-width="14"/>'
    + hall(120, 130, 460, 300) + hall(580, 130, 300, 300) + hall(880, 130, 300, 300) + hall(1180, 130, 300, 300)
    + hall(120, 570, 300, 300) + hall(420, 570, 300, 300) + hall(880, 570, 300, 300) + hall(1180, 570, 300, 300)
    + stair(740, 740)
    + [[350, 430], [730, 430], [1030, 430], [1330, 430], [270, 570], [570, 570], [1030, 570], [1330, 570]].map(([x, y]) => door(x, y, true)).join('')
    + [120, 1480].map(x => door(x, 500, false)).join('')
    + '<path d="M200 210H500M200 250H500M200 290H500M200 330H500" stroke="#c9c3b4" stroke-width="10" stroke-linecap="round"/>');
};

const pictures = {
  'lanterns': rings(7, 6, ['#2b1630', '#f0a43a', '#d4552f', '#f5dfb8']),
  'tiles-green': tiles(11, 160, ['#f4efe2', '#1f5a43', '#e2703a', '#f0b93c', '#123527']),
  'tiles-blue': tiles(23, 240, ['#eef1f6', '#24407a', '#e86a5a', '#9cc4e4', '#142650']),
  'hills-dawn': hills(5, ['#f7d9b0', '#e2603c', '#c9805c', '#7c5b6b', '#473a56', '#272238']),
  'hills-night': hills(17, ['#1c2745', '#f2e3b3', '#2f4a6b', '#27607a', '#1d4a55', '#12303a']),
  'rings-plum': rings(31, 8, ['#f6ecec', '#7a2f5c', '#d98aa0', '#3d1a38']),
  'tiles-night': tiles(41, 120, ['#16181d', '#5ad1a8', '#e8d15a', '#e0607a', '#2c3140']),
  'rings-sea': rings(53, 7, ['#0f3b46', '#58b6b0', '#e9e2c8', '#e58b4a']),
  'ground-floor': plan(),
};

const folder = process.argv[2] ?? '.';
mkdirSync(folder, { recursive: true });
for (const [name, drawing] of Object.entries(pictures)) writeFileSync(`${folder}/${name}.svg`, drawing);
