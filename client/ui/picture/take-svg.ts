import { noLegend, readDrawing } from "#client/ui/picture/legend-reading.ts";
import type { Still, Taken } from "#client/ui/picture/still.ts";

const sharpness = 3.2;

/** A chart as it is drawn now. Its words stand beside it. */
export function takeSvg(svg: SVGSVGElement): Taken {
  return { still: dotsOf(readDrawing(svg)), words: { legend: noLegend, sources: "" } };
}

async function dotsOf(drawing: ReturnType<typeof readDrawing>): Promise<Still> {
  const { svg, widthPx, heightPx } = drawing;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const dots = document.createElement("canvas");
  dots.width = widthPx * sharpness;
  dots.height = heightPx * sharpness;
  dots.getContext("2d")?.drawImage(image, 0, 0, dots.width, dots.height);
  return { dots, widthPx, heightPx, metresAcross: null };
}
