/** Colour tokens, resolved by the style sheet on screen and by the page for an image. */
export type Tone = "ink" | "quiet" | "line" | "accent" | "soft" | "band" | "paper";

export type Mark =
  | {
      readonly kind: "rect";
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly tone: Tone;
    }
  | {
      readonly kind: "text";
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly tone: Tone;
      readonly isStrong?: boolean;
      readonly anchor?: "start" | "middle" | "end";
    }
  | {
      readonly kind: "line";
      readonly points: readonly (readonly [x: number, y: number])[];
      readonly tone: Tone;
      readonly width: number;
      readonly isDashed?: boolean;
    }
  | {
      readonly kind: "area";
      readonly points: readonly (readonly [x: number, y: number])[];
      readonly tone: Tone;
    }
  | {
      readonly kind: "dot";
      readonly x: number;
      readonly y: number;
      readonly radius: number;
      readonly tone: Tone;
      /** Ring only: a partial month. */
      readonly isHollow?: boolean;
    };

/** Drawn as SVG on screen and paper, and painted for an image, from one list. */
export interface ChartLayout {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
}

type Line = Extract<Mark, { kind: "line" }>;
type Text = Extract<Mark, { kind: "text" }>;
type Point = Line["points"][number];

export function stroke(from: Point, to: Point, tone: Tone, width = 1): Line {
  return { kind: "line", points: [from, to], tone, width };
}

export function textMark(
  text: string,
  [x, y]: Point,
  tone: Tone,
  more: Pick<Text, "anchor" | "isStrong"> = {},
): Text {
  return { kind: "text", x, y, text, tone, ...more };
}

export function lowered(mark: Mark, by: number): Mark {
  return "points" in mark
    ? { ...mark, points: mark.points.map(([x, y]) => [x, y + by] as const) }
    : { ...mark, y: mark.y + by };
}

/** Of 13 px letters, a safe upper guess. */
const letterWidth = 7.2;

export function textWidth(text: string): number {
  return text.length * letterWidth;
}

/** Cut to a width in pixels, approximately. */
export function fitText(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  return `${text.slice(0, Math.max(1, Math.floor(width / letterWidth) - 1))}…`;
}
