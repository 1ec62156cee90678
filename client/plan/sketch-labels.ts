import type { SketchPoint, SketchView } from "#client/plan/sketch-view.ts";

export interface SketchLabel {
  readonly text: string;
  readonly at: SketchPoint;
  /** Degrees clockwise. */
  readonly turn: number;
  readonly kind: "road" | "street" | "station" | "place";
}

/** A name that would like to be written, with the places where it could stand, best first. */
export interface LabelWish {
  readonly text: string;
  readonly kind: SketchLabel["kind"];
  readonly spots: readonly { readonly at: SketchPoint; readonly turn: number }[];
}

/** Of the letters of a name, a little generous; in tenths of a millimetre, as all of a drawing. */
const letterWidth = 11.8;
const letterHeight = 27;

/** A round part of the drawing that is taken. */
export interface Disc {
  readonly at: SketchPoint;
  readonly radius: number;
}

/** Writes each name once, in the order given, where it touches neither a stop nor another name. */
export function placeLabels(
  wishes: readonly LabelWish[],
  taken: readonly Disc[],
  view: Pick<SketchView, "width" | "height">,
): readonly SketchLabel[] {
  const discs: Disc[] = [...taken];
  const placed: SketchLabel[] = [];
  for (const { text, kind, spots } of wishes) {
    for (const { at, turn } of spots) {
      const label = { text, at, turn, kind };
      const own = discsOf(label);
      const isFree = own.every(
        (disc) => isInside(disc, view) && discs.every((other) => !touches(disc, other)),
      );
      if (!isFree) continue;
      discs.push(...own);
      placed.push(label);
      break;
    }
  }
  return placed;
}

/** A turned line of letters as a chain of discs: simple, and close enough for names. */
function discsOf({ text, at, turn }: SketchLabel): readonly Disc[] {
  const length = text.length * letterWidth;
  const radius = letterHeight / 2;
  const count = Math.max(1, Math.ceil(length / letterHeight));
  const angle = (turn * Math.PI) / 180;
  return Array.from({ length: count }, (_, index) => {
    const along = (index + 0.5) * (length / count) - length / 2;
    return {
      at: [at[0] + along * Math.cos(angle), at[1] + along * Math.sin(angle)] as const,
      radius,
    };
  });
}

function touches(a: Disc, b: Disc): boolean {
  return Math.hypot(a.at[0] - b.at[0], a.at[1] - b.at[1]) < a.radius + b.radius;
}

function isInside({ at, radius }: Disc, { width, height }: Pick<SketchView, "width" | "height">) {
  return at[0] >= radius && at[0] <= width - radius && at[1] >= radius && at[1] <= height - radius;
}

/** From the middle of a stretch outwards. */
const along = [0.5, 0.35, 0.65, 0.2, 0.8] as const;

/** Along a line: on its longest stretches first, never upside down. */
export function spotsAlong(parts: readonly (readonly SketchPoint[])[]): LabelWish["spots"] {
  return parts
    .flatMap((part) => part.slice(1).map((to, index) => ({ from: part[index] ?? to, to })))
    .sort((a, b) => lengthOf(b) - lengthOf(a))
    .slice(0, 6)
    .flatMap(({ from, to }) => {
      const turn = (Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI;
      return along.map((share) => ({
        at: [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])] as const,
        turn: turn > 90 ? turn - 180 : turn < -90 ? turn + 180 : turn,
      }));
    });
}

function lengthOf({ from, to }: { readonly from: SketchPoint; readonly to: SketchPoint }): number {
  return Math.hypot(to[0] - from[0], to[1] - from[1]);
}

/** Beside a point: right, left, above, below. */
export function spotsBeside(at: SketchPoint, text: string, gap = 18): LabelWish["spots"] {
  const half = (text.length * letterWidth) / 2;
  return [
    [gap + half, 0],
    [-gap - half, 0],
    [0, -gap - letterHeight / 2],
    [0, gap + letterHeight / 2],
  ].map(([x = 0, y = 0]) => ({ at: [at[0] + x, at[1] + y] as const, turn: 0 }));
}
