import { line } from "d3-shape";
import type { ChartLayout, Mark, Tone } from "#client/charts/marks.ts";

const dotsPerPixel = 2;
const edge = 24;
const lineHeight = 20;

export interface ChartPicture {
  readonly title: string;
  readonly sentence: string;
  /** MADE-UP DATA, or null. */
  readonly mark: string | null;
  readonly foot: readonly string[];
  readonly layout: ChartLayout;
}

/** A chart with its title, sentence, mark and notes as a PNG, in the theme of the page as it is. */
export function paintChart(picture: ChartPicture): Promise<Blob> {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("This browser cannot make a picture. Download the figures instead.");
  const family = getComputedStyle(document.body).fontFamily;
  const tones = readTones();
  const width = picture.layout.width + 2 * edge;
  const write = { pen, family, width: picture.layout.width };
  const above = [
    ...(picture.mark === null ? [] : linesOf(write, picture.mark, "600 13px")),
    ...linesOf(write, picture.title, "600 16px"),
    ...linesOf(write, picture.sentence, "400 13px"),
  ];
  const below = picture.foot.flatMap((text) => linesOf(write, text, "400 11px"));
  const chartTop = edge + above.length * lineHeight + 12;
  const height = chartTop + picture.layout.height + 12 + below.length * lineHeight + edge;
  canvas.width = width * dotsPerPixel;
  canvas.height = height * dotsPerPixel;
  pen.scale(dotsPerPixel, dotsPerPixel);
  pen.fillStyle = tones.paper;
  pen.fillRect(0, 0, width, height);
  pen.textBaseline = "middle";
  pen.fillStyle = tones.ink;
  const writeLines = (lines: readonly TextLine[], top: number) => {
    lines.forEach(({ text, font }, at) => {
      pen.font = font;
      pen.fillText(text, edge, top + (at + 0.5) * lineHeight);
    });
  };
  writeLines(above, edge);
  writeLines(below, chartTop + picture.layout.height + 12);
  pen.translate(edge, chartTop);
  for (const mark of picture.layout.marks) paintMark(pen, mark, { tones, family });
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error("This browser could not make a picture of this size."));
    }, "image/png");
  });
}

interface TextLine {
  readonly text: string;
  readonly font: string;
}

function linesOf(
  {
    pen,
    family,
    width,
  }: { readonly pen: CanvasRenderingContext2D; readonly family: string; readonly width: number },
  text: string,
  style: string,
): TextLine[] {
  const font = `${style} ${family}`;
  pen.font = font;
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && pen.measureText(longer).width <= width)
      lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => ({ text: line, font }));
}

type Tones = Readonly<Record<Tone, string>>;

/** The tokens as the page resolves them just now, by the classes that the screen itself is drawn in. */
function readTones(): Tones {
  const probe = document.createElement("span");
  document.body.append(probe);
  const read = (tone: Tone) => {
    probe.className = `chart__tone--${tone}`;
    return getComputedStyle(probe).color;
  };
  const tones = {
    ink: read("ink"),
    quiet: read("quiet"),
    line: read("line"),
    accent: read("accent"),
    soft: read("soft"),
    band: read("band"),
    paper: read("paper"),
  };
  probe.remove();
  return tones;
}

function paintMark(
  pen: CanvasRenderingContext2D,
  mark: Mark,
  { tones, family }: { readonly tones: Tones; readonly family: string },
): void {
  pen.fillStyle = tones[mark.tone];
  pen.strokeStyle = tones[mark.tone];
  switch (mark.kind) {
    case "rect":
      pen.fillRect(mark.x, mark.y, mark.width, mark.height);
      return;
    case "text":
      pen.font = `${mark.isStrong ? 600 : 400} 13px ${family}`;
      pen.textAlign = anchors[mark.anchor ?? "start"];
      pen.fillText(mark.text, mark.x, mark.y);
      return;
    case "line":
      pen.lineWidth = mark.width;
      pen.setLineDash(mark.isDashed ? [4, 3] : []);
      trace(pen, mark.points);
      pen.stroke();
      return;
    case "area":
      trace(pen, mark.points);
      pen.fill();
      return;
    case "dot":
      pen.setLineDash([]);
      pen.lineWidth = 1.5;
      pen.beginPath();
      pen.arc(mark.x, mark.y, mark.radius, 0, 2 * Math.PI);
      if (mark.isHollow) pen.stroke();
      else pen.fill();
  }
}

const anchors = { start: "left", middle: "center", end: "right" } as const;

function trace(
  pen: CanvasRenderingContext2D,
  points: readonly (readonly [number, number])[],
): void {
  pen.beginPath();
  line<readonly [number, number]>().context(pen)(points);
}
