import type { SketchPoint, SketchView } from "#client/patrols/briefing/sketch-view.ts";

export type LabelKind = "road" | "corner" | "street" | "station" | "place";

export interface SketchLabel {
  readonly text: string;
  readonly at: SketchPoint;
  /** Degrees clockwise. */
  readonly turn: number;
  readonly kind: LabelKind;
  /** The point that is named, where there is one. */
  readonly mark: SketchPoint | null;
  /** From the point to a name that found room only farther off. */
  readonly leader: readonly [SketchPoint, SketchPoint] | null;
}

export interface LabelSpot {
  readonly at: SketchPoint;
  readonly turn: number;
  readonly leader?: readonly [SketchPoint, SketchPoint];
}

/** A name that would like to be written, with the places where it could stand, best first. */
export interface LabelWish {
  readonly text: string;
  readonly kind: LabelKind;
  readonly spots: readonly LabelSpot[];
  readonly mark?: SketchPoint;
}

/** Of the letters of a name, a little generous; in tenths of a millimetre, as all of a drawing. */
export const letterWidth = 11.8;
const letterHeight = 27;
/** Of the dot that marks a named point. */
export const markRadius = 7;

/** A round part of the drawing that is taken. */
export interface Disc {
  readonly at: SketchPoint;
  readonly radius: number;
}

/**
 * Writes each name once, in the order given, where it touches neither a stop, nor another name, nor
 * the dot of another.
 */
export function placeLabels(
  wishes: readonly LabelWish[],
  taken: readonly Disc[],
  view: Pick<SketchView, "width" | "height">,
): readonly SketchLabel[] {
  const dots = wishes.map(({ mark }) => (mark ? { at: mark, radius: markRadius } : null));
  const discs: Disc[] = [...taken];
  const placed: SketchLabel[] = [];
  wishes.forEach(({ text, kind, spots, mark = null }, index) => {
    const others = dots.filter((dot, at): dot is Disc => dot !== null && at !== index);
    for (const { at, turn, leader = null } of spots) {
      const own = discsOf({ text, at, turn });
      const isFree = own.every(
        (disc) =>
          isInside(disc, view) &&
          discs.every((other) => !touches(disc, other)) &&
          others.every((other) => !touches(disc, other)),
      );
      if (!isFree) continue;
      discs.push(...own);
      placed.push({ text, at, turn, kind, mark, leader });
      return;
    }
  });
  return placed;
}

/** A turned line of letters as a chain of discs: simple, and close enough for names. */
export function discsOf({
  text,
  at,
  turn,
}: Pick<SketchLabel, "text" | "at" | "turn">): readonly Disc[] {
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

export function touches(a: Disc, b: Disc): boolean {
  return Math.hypot(a.at[0] - b.at[0], a.at[1] - b.at[1]) < a.radius + b.radius;
}

function isInside({ at, radius }: Disc, { width, height }: Pick<SketchView, "width" | "height">) {
  return at[0] >= radius && at[0] <= width - radius && at[1] >= radius && at[1] <= height - radius;
}

/** From the middle of a stretch outwards. */
const along = [0.5, 0.35, 0.65, 0.2, 0.8] as const;

/** Along a line: on its longest stretches first, never upside down. */
export function spotsAlong(parts: readonly (readonly SketchPoint[])[]): readonly LabelSpot[] {
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

/** Sides of a point, best first: right, left, above, below, then between. */
const sides = [
  [1, 0],
  [-1, 0],
  [0, -1],
  [0, 1],
  [1, -1],
  [1, 1],
  [-1, -1],
  [-1, 1],
] as const;
/** How far off a name may stand, with a line that leads to it. */
const leads = [0, 34, 68, 110] as const;

/** Beside a point: close by on any side, else farther off with a leader. */
export function spotsBeside(at: SketchPoint, text: string, gap = 15): readonly LabelSpot[] {
  const half = (text.length * letterWidth) / 2;
  return leads.flatMap((lead) =>
    sides.map(([x, y]): LabelSpot => {
      const edge: SketchPoint = [at[0] + x * (gap + lead), at[1] + y * (gap + lead)];
      const middle: SketchPoint = [edge[0] + x * half, edge[1] + (y * letterHeight) / 2];
      return { at: middle, turn: 0, ...(lead > 0 ? { leader: [at, edge] as const } : {}) };
    }),
  );
}
