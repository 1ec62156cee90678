import type { SwatchReading } from "#client/map/legend-reading.ts";
import {
  layOutSheet,
  type MapSheet,
  type SheetMark,
  type TextStyle,
} from "#client/map/sheet-layout.ts";
import type { Still } from "#client/map/still.ts";

const dotsPerPixel = 2;

const fonts: Readonly<Record<TextStyle, string>> = {
  lead: "500 16px",
  strong: "600 13px",
  plain: "400 13px",
  quiet: "400 12px",
  tiny: "400 10px",
};

export interface SheetInput {
  readonly sentence: string;
  readonly mark: string | null;
  readonly stills: readonly Still[];
  readonly foot: readonly string[];
}

export async function drawSheet({ sentence, mark, stills, foot }: SheetInput): Promise<Blob> {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("This browser cannot draw a picture. Download the table instead.");
  const sheet: MapSheet = {
    sentence,
    mark,
    panels: stills.map(({ map, words }) => ({ ...map, legend: words.legend })),
    foot: [...new Set(stills.map(({ words }) => words.sources)), ...foot],
  };
  const family = getComputedStyle(document.body).fontFamily;
  const layout = layOutSheet(sheet, (text, style) => {
    pen.font = `${fonts[style]} ${family}`;
    return pen.measureText(text).width;
  });
  canvas.width = layout.widthPx * dotsPerPixel;
  canvas.height = layout.heightPx * dotsPerPixel;
  const paint: Paint = { pen, family, stills, colours: readColours() };
  pen.scale(dotsPerPixel, dotsPerPixel);
  pen.fillStyle = paint.colours.paper;
  pen.fillRect(0, 0, layout.widthPx, layout.heightPx);
  for (const each of layout.marks) await paintMark(each, paint);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error("This browser could not make a picture of this size."));
    }, "image/png");
  });
}

interface Paint {
  readonly pen: CanvasRenderingContext2D;
  readonly family: string;
  readonly stills: readonly Still[];
  readonly colours: ReturnType<typeof readColours>;
}

function readColours() {
  const probe = document.createElement("span");
  document.body.append(probe);
  const read = (token: string) => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const colours = {
    ink: read("ink"),
    quiet: read("ink-quiet"),
    paper: read("paper"),
    markInk: read("stale-ink"),
    markPaper: read("stale-surface"),
  };
  probe.remove();
  return colours;
}

async function paintMark(mark: SheetMark, { pen, family, stills, colours }: Paint): Promise<void> {
  switch (mark.kind) {
    case "text":
      pen.font = `${fonts[mark.style]} ${family}`;
      pen.fillStyle = mark.style === "quiet" || mark.style === "tiny" ? colours.quiet : colours.ink;
      pen.fillText(mark.text, mark.x, mark.y);
      return;
    case "map": {
      const map = stills[mark.panel]?.map;
      if (!map) return;
      pen.imageSmoothingQuality = "high";
      pen.drawImage(map.dots, mark.x, mark.y, map.widthPx, map.heightPx);
      pen.strokeStyle = colours.quiet;
      pen.lineWidth = 0.5;
      pen.strokeRect(mark.x, mark.y, map.widthPx, map.heightPx);
      return;
    }
    case "scale":
      pen.strokeStyle = colours.ink;
      pen.lineWidth = 1.5;
      pen.beginPath();
      pen.moveTo(mark.x, mark.y - 4);
      pen.lineTo(mark.x, mark.y);
      pen.lineTo(mark.x + mark.widthPx, mark.y);
      pen.lineTo(mark.x + mark.widthPx, mark.y - 4);
      pen.stroke();
      return;
    case "badge":
      pen.fillStyle = colours.markPaper;
      pen.fillRect(mark.x, mark.y, mark.widthPx, 24);
      pen.fillStyle = colours.markInk;
      pen.font = `${fonts.strong} ${family}`;
      pen.fillText(mark.text, mark.x + 12, mark.y + 17);
      return;
    case "swatch":
      await paintSwatch(pen, mark.swatch, mark);
  }
}

async function paintSwatch(
  pen: CanvasRenderingContext2D,
  swatch: SwatchReading,
  { x, y }: { readonly x: number; readonly y: number },
): Promise<void> {
  switch (swatch.kind) {
    case "fill":
      pen.fillStyle = swatch.colour;
      pen.fillRect(x, y + 2, 24, 14);
      return;
    case "outline": {
      const { colour, widthPx } = swatch;
      pen.strokeStyle = colour;
      pen.lineWidth = widthPx;
      pen.strokeRect(x + widthPx / 2, y + 2 + widthPx / 2, 24 - widthPx, 14 - widthPx);
      return;
    }
    case "drawing": {
      const image = new Image();
      image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(swatch.svg)}`;
      await image.decode();
      const { widthPx, heightPx } = swatch;
      pen.drawImage(image, x + (24 - widthPx) / 2, y + (18 - heightPx) / 2, widthPx, heightPx);
      return;
    }
    case "none":
      return;
  }
}
