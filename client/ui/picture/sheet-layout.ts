import type { LegendReading, SwatchReading } from "#client/ui/picture/legend-reading.ts";
import { lengthWords, scaleBar } from "#client/ui/picture/scale.ts";

export interface MapSheet {
  readonly sentence: string;
  /** What the demonstration is marked with; null where records are real. */
  readonly mark: string | null;
  readonly panels: readonly SheetPanel[];
  /** Licences, date, program. */
  readonly foot: readonly string[];
}

export interface SheetPanel {
  /** Which of two maps it is; empty where there is one. */
  readonly caption: string;
  readonly legend: LegendReading;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Null where it is no map. */
  readonly metresAcross: number | null;
}

export type TextStyle = "lead" | "strong" | "plain" | "quiet" | "tiny";

/** Back to front, in CSS pixels. */
export type SheetMark =
  /** Anchored on the baseline. */
  | (Spot & { readonly kind: "text"; readonly style: TextStyle; readonly text: string })
  | (Spot & { readonly kind: "map"; readonly panel: number })
  | (Spot & { readonly kind: "swatch"; readonly swatch: SwatchReading })
  | (Spot & { readonly kind: "scale"; readonly length: number; readonly words: string })
  | (Spot & { readonly kind: "badge"; readonly text: string; readonly widthPx: number });

interface Spot {
  readonly x: number;
  readonly y: number;
}

export type MeasureText = (text: string, style: TextStyle) => number;

export const lineHeights: Readonly<Record<TextStyle, number>> = {
  lead: 24,
  strong: 19,
  plain: 19,
  quiet: 18,
  tiny: 15,
};

const edge = 16;
const gap = 12;
const swatchWidth = 24;
/** Narrower, the text beside the map would not fit. */
const leastWidth = 480;

export function layOutSheet(sheet: MapSheet, measure: MeasureText) {
  const widths = sheet.panels.map(({ widthPx }) => Math.max(leastWidth, widthPx));
  const inner = widths.reduce((sum, width) => sum + width, gap * (widths.length - 1));
  const marks: SheetMark[] = [];
  const write = (block: TextBlock) => {
    const placed = placeText(block, measure);
    marks.push(...placed.marks);
    return placed.bottom;
  };

  const badgeWidth = sheet.mark === null ? 0 : measure(sheet.mark, "strong") + 2 * gap;
  if (sheet.mark !== null) {
    const x = edge + inner - badgeWidth;
    marks.push({ kind: "badge", text: sheet.mark, x, y: edge, widthPx: badgeWidth });
  }
  const width = inner - (badgeWidth > 0 ? badgeWidth + gap : 0);
  const top = write({ text: sheet.sentence, style: "lead", x: edge, y: edge, width }) + gap;

  let left = edge;
  let bottom = top;
  sheet.panels.forEach((panel, index) => {
    const panelWidth = widths[index] ?? leastWidth;
    marks.push({ kind: "map", panel: index, x: left, y: top });
    marks.push(...scaleMarks(panel, { x: left, y: top }, measure));
    const under = { x: left, y: top + panel.heightPx + gap, width: panelWidth };
    const below = write({ ...under, text: panel.caption, style: "strong" });
    const legend = placeLegend(panel.legend, { ...under, y: below }, measure);
    marks.push(...legend.marks);
    bottom = Math.max(bottom, legend.bottom);
    left += panelWidth + gap;
  });

  bottom += gap;
  for (const text of sheet.foot) {
    bottom = write({ text, style: "tiny", x: edge, y: bottom, width: inner });
  }
  return { widthPx: inner + 2 * edge, heightPx: Math.ceil(bottom + edge), marks };
}

interface Box extends Spot {
  readonly width: number;
}

interface TextBlock extends Box {
  readonly text: string;
  readonly style: TextStyle;
}

interface Placed {
  readonly marks: readonly SheetMark[];
  readonly bottom: number;
}

function placeLegend(legend: LegendReading, box: Box, measure: MeasureText): Placed {
  const half = (box.width - gap) / 2;
  const title = placeText({ ...box, text: legend.title, style: "strong" }, measure);
  const marks = [...title.marks];
  let left = title.bottom + 4;
  for (const { swatch, label } of legend.entries) {
    marks.push({ kind: "swatch", swatch, x: box.x, y: left });
    const beside = { x: box.x + swatchWidth + 8, y: left, width: half - swatchWidth - 8 };
    const placed = placeText({ ...beside, text: label, style: "plain" }, measure);
    marks.push(...placed.marks);
    left = placed.bottom;
  }
  let right = title.bottom + 4;
  for (const text of legend.notes) {
    const beside = { x: box.x + half + gap, y: right, width: half };
    const placed = placeText({ ...beside, text, style: "quiet" }, measure);
    marks.push(...placed.marks);
    right = placed.bottom;
  }
  return { marks, bottom: Math.max(left, right) };
}

function placeText({ text, style, x, y, width }: TextBlock, measure: MeasureText): Placed {
  const height = lineHeights[style];
  const lines = wrap(text, (part) => measure(part, style) <= width);
  const base = y + Math.round(height * 0.75);
  const marks = lines.map(
    (line, at): SheetMark => ({ kind: "text", style, text: line, x, y: base + height * at }),
  );
  return { marks, bottom: y + height * lines.length };
}

/** Breaks between words; a word that is too long gets its own line. */
export function wrap(text: string, fits: (part: string) => boolean): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").filter(Boolean)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && !fits(longer)) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === "" ? lines : [...lines, line];
}

function scaleMarks(
  { metresAcross, widthPx, heightPx }: SheetPanel,
  corner: Spot,
  measure: MeasureText,
): readonly SheetMark[] {
  const bar = metresAcross === null ? null : scaleBar(metresAcross / widthPx, widthPx / 4);
  if (bar === null) return [];
  const words = `${lengthWords(bar.metres)}, north is up`;
  // A short bar has longer words, which stay on the map as well.
  const x = corner.x + widthPx - Math.max(bar.length, measure(words, "quiet")) - gap;
  const y = corner.y + heightPx - gap;
  return [{ kind: "scale", x, y, length: bar.length, words }];
}
