import { cssColour, type Rgba } from "#client/map/palette.ts";

/** Ten pixels along the edge are seven across the lines: the step of the style sheet's hatch. */
const side = 10;
const lineWidth = 1.5;

/** One tile of the 45 degree hatch, drawn so that its edges meet. */
export function drawHatch(colour: Rgba, pixelRatio: number): ImageData {
  const size = side * pixelRatio;
  const canvas = document.createElement("canvas");
  canvas.width = size;
  canvas.height = size;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("This browser cannot draw on a canvas");
  pen.strokeStyle = cssColour(colour);
  pen.lineWidth = lineWidth * pixelRatio;
  pen.beginPath();
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift - size, size * 2);
    pen.lineTo(shift + size * 2, -size);
  }
  pen.stroke();
  return pen.getImageData(0, 0, size, size);
}
