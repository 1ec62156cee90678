export interface ScaleBar {
  readonly metres: number;
  /** In the units that `metresPerUnit` was given for. */
  readonly length: number;
}

const earthRadiusM = 6_371_008.8;
const tilePx = 512;

/** Ground under one CSS pixel of Web Mercator, which stretches with latitude: true at this one alone. */
export function metresPerPixel(latitude: number, zoom: number): number {
  const circle = 2 * Math.PI * earthRadiusM * Math.cos((latitude * Math.PI) / 180);
  return circle / (tilePx * 2 ** zoom);
}

/** The longest round length within `most`; null where there is none. */
export function scaleBar(metresPerUnit: number, most: number): ScaleBar | null {
  const metres = roundLength(metresPerUnit * most);
  return metres === null ? null : { metres, length: metres / metresPerUnit };
}

export function lengthWords(metres: number): string {
  return metres < 1_000 ? `${metres} m` : `${metres / 1_000} km`;
}

/** The largest 1, 2 or 5 times a power of ten up to `most`; null where there is none. */
export function roundLength(most: number): number | null {
  if (!(most >= 1) || !Number.isFinite(most)) return null;
  const power = 10 ** Math.floor(Math.log10(most));
  return (most >= 5 * power ? 5 : most >= 2 * power ? 2 : 1) * power;
}

interface ScaleLook {
  readonly x: number;
  /** Of the line. */
  readonly y: number;
  readonly length: number;
  readonly words: string;
  readonly ink: string;
  readonly paper: string;
  readonly family: string;
}

/** A line with upturned ends below its length, on a plate of its own: whatever is drawn below, it is read. */
export function paintScale(pen: CanvasRenderingContext2D, look: ScaleLook): void {
  const { x, y, length, words } = look;
  pen.font = `400 13px ${look.family}`;
  pen.fillStyle = look.paper;
  pen.fillRect(x - 8, y - 24, Math.max(length, pen.measureText(words).width) + 16, 32);
  pen.fillStyle = look.ink;
  pen.fillText(words, x, y - 8);
  pen.strokeStyle = look.ink;
  pen.lineWidth = 1.5;
  pen.beginPath();
  pen.moveTo(x, y - 4);
  pen.lineTo(x, y);
  pen.lineTo(x + length, y);
  pen.lineTo(x + length, y - 4);
  pen.stroke();
}
