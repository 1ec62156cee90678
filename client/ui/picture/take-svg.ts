import { noLegend, readDrawing } from "#client/ui/picture/legend-reading.ts";
import type { Still, Taken } from "#client/ui/picture/still.ts";

const sharpness = 3.2;

/** A chart as it is drawn now. Its words stand beside it. */
export function takeSvg(svg: SVGSVGElement): Taken {
  return {
    still: dotsOf(readDrawing(svg), [...svg.querySelectorAll("text")].map(readLetters)),
    words: { legend: noLegend, caption: "", sources: "" },
  };
}

type Letters = ReturnType<typeof readLetters>;

/** An image of its own has no letters of the page: in others the words would be wider, and be cut. */
function readLetters(text: SVGTextElement) {
  const { fontWeight, fontSize, fontFamily, fill, textAnchor } = getComputedStyle(text);
  const font = `${fontWeight} ${fontSize} ${fontFamily}`;
  const [x, y] = ["x", "y"].map((name) => Number(text.getAttribute(name)));
  return { words: text.textContent, x: x ?? 0, y: y ?? 0, font, fill, textAnchor };
}

const aligned: Readonly<Record<string, CanvasTextAlign>> = { middle: "center", end: "right" };

function write(pen: CanvasRenderingContext2D, { words, x, y, font, fill, textAnchor }: Letters) {
  pen.font = font;
  pen.fillStyle = fill;
  pen.textAlign = aligned[textAnchor] ?? "left";
  pen.textBaseline = "middle";
  pen.fillText(words, x, y);
}

async function dotsOf(
  { svg, widthPx, heightPx }: ReturnType<typeof readDrawing>,
  letters: readonly Letters[],
): Promise<Still> {
  const image = new Image();
  const shapes = svg.replace(/<text\b.*?<\/text>/gs, "");
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(shapes)}`;
  await image.decode();
  const dots = document.createElement("canvas");
  dots.width = widthPx * sharpness;
  dots.height = heightPx * sharpness;
  const pen = dots.getContext("2d");
  pen?.drawImage(image, 0, 0, dots.width, dots.height);
  pen?.scale(sharpness, sharpness);
  if (pen) for (const each of letters) write(pen, each);
  return { dots, widthPx, heightPx, metresAcross: null };
}
