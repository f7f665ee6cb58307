// Makes a screenshot small: a PNG of 8-bit RGB or RGBA, as Chromium writes it, into one with a palette of the 255 colours that it has most of (every other becomes the nearest
// of these). Pages are flat colours and text, so nothing is seen of it, and a fifth of the bytes is left.
import { deflateSync, inflateSync } from 'node:zlib';

const MOST = 255;
const table = Array.from({ length: 256 }, (_, n) => { let c = n; for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1; return c >>> 0; });
const sum = (bytes) => { let c = 0xffffffff; for (const byte of bytes) c = table[(c ^ byte) & 255] ^ (c >>> 8); return (c ^ 0xffffffff) >>> 0; };

function chunksOf(png) {
  const chunks = [];
  for (let at = 8; at < png.length;) { const size = png.readUInt32BE(at); chunks.push({ name: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + size) }); at += size + 12; }
  return chunks;
}
function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]), out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(sum(body) >>> 0, body.length + 4);
  return out;
}
/** The pixels, the filters of each line taken back (PNG specification, 9.2). */
function pixelsOf(raw, width, height, size) {
  const line = width * size, out = Buffer.alloc(line * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (line + 1)];
    for (let x = 0; x < line; x++) {
      const left = x >= size ? out[y * line + x - size] : 0, up = y ? out[(y - 1) * line + x] : 0, corner = y && x >= size ? out[(y - 1) * line + x - size] : 0;
      const a = Math.abs(up - corner), b = Math.abs(left - corner), c = Math.abs(left + up - 2 * corner);
      const guess = [0, left, up, (left + up) >> 1, a <= b && a <= c ? left : b <= c ? up : corner][filter];
      out[y * line + x] = raw[y * (line + 1) + 1 + x] + guess;
    }
  }
  return out;
}
export function smallPng(png) {
  const chunks = chunksOf(png), head = chunks.find((one) => one.name === 'IHDR').data, [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const size = { 2: 3, 6: 4 }[head[9]];
  if (head[8] !== 8 || !size || head[12]) return png;
  const pixels = pixelsOf(inflateSync(Buffer.concat(chunks.filter((one) => one.name === 'IDAT').map((one) => one.data))), width, height, size), counts = new Map();
  for (let at = 0; at < pixels.length; at += size) { const colour = (pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2]; counts.set(colour, (counts.get(colour) ?? 0) + 1); }
  const palette = [...counts].sort((one, other) => other[1] - one[1] || one[0] - other[0]).slice(0, MOST).map(([colour]) => colour), place = new Map(palette.map((colour, index) => [colour, index]));
  const nearest = (colour) => {
    let best = 0, least = Infinity;
    for (let i = 0; i < palette.length; i++) {
      const [r, g, b] = [16, 8, 0].map((shift) => ((palette[i] >> shift) & 255) - ((colour >> shift) & 255)), far = r * r + g * g + b * b;
      if (far < least) [best, least] = [i, far];
    }
    return best;
  };
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += size) {
      const colour = (pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2];
      if (!place.has(colour)) place.set(colour, nearest(colour));
      lines[y * (width + 1) + 1 + x] = place.get(colour);
    }
  }
  const header = Buffer.from(head);
  header[9] = 3;
  return Buffer.concat([png.subarray(0, 8), chunk('IHDR', header), chunk('PLTE', Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))), chunk('IDAT', deflateSync(lines, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}
