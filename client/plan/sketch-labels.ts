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

/** Widths of 6.5 point letters in millimetres, a little generous. */
const letterWidth = 1.18;
const letterHeight = 2.7;

interface Disc {
  readonly at: SketchPoint;
  readonly radius: number;
}

/** Writes each name once, in the order given, where it touches neither a stop nor another name. */
export function placeLabels(
  wishes: readonly LabelWish[],
  taken: readonly SketchPoint[],
  view: Pick<SketchView, "width" | "height">,
): readonly SketchLabel[] {
  const discs: Disc[] = taken.map((at) => ({ at, radius: 2.6 }));
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

/** Along a line: the middles of its longest stretches, never upside down. */
export function spotsAlong(parts: readonly (readonly SketchPoint[])[]): LabelWish["spots"] {
  return parts
    .flatMap((part) =>
      part.slice(1).map((to, index) => {
        const from = part[index] ?? to;
        const turn = (Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI;
        return {
          length: Math.hypot(to[0] - from[0], to[1] - from[1]),
          at: [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2] as const,
          turn: turn > 90 ? turn - 180 : turn < -90 ? turn + 180 : turn,
        };
      }),
    )
    .sort((a, b) => b.length - a.length)
    .slice(0, 6);
}

/** Beside a point: right, left, above, below. */
export function spotsBeside(at: SketchPoint, text: string, gap = 1.8): LabelWish["spots"] {
  const half = (text.length * letterWidth) / 2;
  return [
    [gap + half, 0],
    [-gap - half, 0],
    [0, -gap - letterHeight / 2],
    [0, gap + letterHeight / 2],
  ].map(([x = 0, y = 0]) => ({ at: [at[0] + x, at[1] + y] as const, turn: 0 }));
}
