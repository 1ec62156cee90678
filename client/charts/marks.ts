/** What a mark is painted in: tokens, resolved by the style sheet on screen and by the page in a picture. */
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
      /** A ring alone: part of a month. */
      readonly isHollow?: boolean;
    };

/** A chart as marks at a size: drawn as SVG on screen and paper, and painted for a picture, from the same list. */
export interface ChartLayout {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
}

/** Of 13 px letters, as wide as one is likely to be. */
const letterWidth = 7.2;

export function textWidth(text: string): number {
  return text.length * letterWidth;
}

/** Text cut to a width; exact enough for a label that would run out. */
export function fitText(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  return `${text.slice(0, Math.max(1, Math.floor(width / letterWidth) - 1))}…`;
}
