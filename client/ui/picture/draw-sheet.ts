import { inLight } from "#client/state/print.ts";
import { noLegend, type SwatchReading } from "#client/ui/picture/legend-reading.ts";
import { paintScale } from "#client/ui/picture/scale.ts";
import {
  layOutSheet,
  type MapSheet,
  type SheetMark,
  type TextStyle,
} from "#client/ui/picture/sheet-layout.ts";
import type { PictureSubject, Still, Taken } from "#client/ui/picture/still.ts";

const fonts: Readonly<Record<TextStyle, string>> = {
  lead: "500 16px",
  strong: "600 14px",
  plain: "400 14px",
  quiet: "400 13px",
  tiny: "400 12px",
};

/** Of what is on the page now, in the colours of paper. */
export async function drawSheet(
  subject: Pick<PictureSubject, "sentence" | "mark" | "foot">,
  take: () => readonly Taken[],
): Promise<Blob> {
  const [colours, taken] = inLight(() => [readColours(), take()] as const);
  const stills = await Promise.all(taken.map(({ still }) => still));
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("This browser cannot draw a picture.");
  const { sentence, mark } = subject;
  const words = taken.map((each) => each.words);
  const sheet: MapSheet = {
    sentence,
    mark,
    panels: stills.map((still, at) => ({
      ...still,
      caption: words[at]?.caption ?? "",
      legend: words[at]?.legend ?? noLegend,
    })),
    foot: [...new Set(words.map(({ sources }) => sources)), ...subject.foot].filter(Boolean),
  };
  const family = getComputedStyle(document.body).fontFamily;
  const layout = layOutSheet(sheet, (text, style) => {
    pen.font = `${fonts[style]} ${family}`;
    return pen.measureText(text).width;
  });
  const sharpness = Math.max(...stills.map(({ dots, widthPx }) => dots.width / widthPx));
  canvas.width = layout.widthPx * sharpness;
  canvas.height = layout.heightPx * sharpness;
  const paint: Paint = { pen, family, stills, colours };
  pen.scale(sharpness, sharpness);
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
      const map = stills[mark.panel];
      if (!map) return;
      pen.imageSmoothingQuality = "high";
      pen.drawImage(map.dots, mark.x, mark.y, map.widthPx, map.heightPx);
      pen.strokeStyle = colours.quiet;
      pen.lineWidth = 0.5;
      pen.strokeRect(mark.x, mark.y, map.widthPx, map.heightPx);
      return;
    }
    case "scale":
      paintScale(pen, { ...mark, ink: colours.ink, paper: colours.paper, family });
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
