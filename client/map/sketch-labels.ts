import type { SketchPoint, SketchView } from "#client/map/sketch-view.ts";

export type LabelKind = "road" | "corner" | "street" | "station" | "place";

export interface SketchLabel {
  readonly text: string;
  readonly at: SketchPoint;
  /** Degrees clockwise. */
  readonly turn: number;
  readonly kind: LabelKind;
  /** From the point that is named to its name: a short tick, longer where that found room only farther off. */
  readonly leader: readonly [SketchPoint, SketchPoint] | null;
}

export interface LabelSpot {
  readonly at: SketchPoint;
  readonly turn: number;
  readonly leader?: readonly [SketchPoint, SketchPoint];
}

/** A name that would like to be written, with the places where it could stand, best first. */
export interface LabelCandidate {
  readonly text: string;
  readonly kind: LabelKind;
  readonly spots: readonly LabelSpot[];
  readonly mark?: SketchPoint;
}

/** Of the letters of a name, a little generous; in tenths of a millimetre, as all of a drawing. */
export const letterWidth = 14.3;
const letterHeight = 32;
/** Kept free around a named point. */
const markRadius = 7;

/** A round part of the drawing that is taken. */
export interface Disc {
  readonly at: SketchPoint;
  readonly radius: number;
}

/**
 * Writes each name once, in the order given, where it touches neither a stop, nor another name, nor
 * the point of another.
 */
export function placeLabels(
  wishes: readonly LabelCandidate[],
  taken: readonly Disc[],
  view: Pick<SketchView, "width" | "height">,
): readonly SketchLabel[] {
  const dots = wishes.map(({ mark }) => (mark ? { at: mark, radius: markRadius } : null));
  const discs: Disc[] = [...taken];
  const placed: SketchLabel[] = [];
  wishes.forEach(({ text, kind, spots }, index) => {
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
      placed.push({ text, at, turn, kind, leader });
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

/** The north arrow at the top right and the scale bar at the bottom right (SketchFurniture). */
export function furnitureDiscs(
  { width, height }: Pick<SketchView, "width" | "height">,
  barLength: number,
): readonly Disc[] {
  const steps = Math.ceil(barLength / 40);
  return [
    { at: [width - 40, 55], radius: 50 },
    ...Array.from({ length: steps + 1 }, (_, step) => ({
      at: [width - 20 - (step * barLength) / steps, height - 25] as const,
      radius: 30,
    })),
  ];
}

/** A line that no name may stand on. */
export function discsAlong(line: readonly SketchPoint[]): readonly Disc[] {
  return line.slice(1).flatMap((to, index) => {
    const from = line[index] ?? to;
    const count = Math.ceil(lengthOf({ from, to }) / (2 * lineRadius)) + 1;
    return Array.from({ length: count }, (_, step) => ({
      at: [
        from[0] + (step * (to[0] - from[0])) / count,
        from[1] + (step * (to[1] - from[1])) / count,
      ] as const,
      radius: lineRadius,
    }));
  });
}

const lineRadius = 8;

export function touches(a: Disc, b: Disc): boolean {
  return Math.hypot(a.at[0] - b.at[0], a.at[1] - b.at[1]) < a.radius + b.radius;
}

function isInside({ at, radius }: Disc, { width, height }: Pick<SketchView, "width" | "height">) {
  return at[0] >= radius && at[0] <= width - radius && at[1] >= radius && at[1] <= height - radius;
}

/** From the middle of a stretch outwards. */
const along = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9] as const;

/** How far beside it, where something is drawn along the line itself. */
const beside = [0, -30, 30] as const;
/** Of its name: a line that is shorter has none, as it would stand over others. */
const leastShare = 0.6;

/** Along a line: on its longest stretches first, then beside them, never upside down. */
export function spotsAlong(
  parts: readonly (readonly SketchPoint[])[],
  text: string,
): readonly LabelSpot[] {
  const stretches = parts
    .flatMap((part) => part.slice(1).map((to, index) => ({ from: part[index] ?? to, to })))
    .sort((a, b) => lengthOf(b) - lengthOf(a));
  const length = stretches.reduce((all, stretch) => all + lengthOf(stretch), 0);
  if (length < leastShare * text.length * letterWidth) return [];
  return beside.flatMap((aside) =>
    stretches.slice(0, 6).flatMap((stretch) => {
      const { from, to } = stretch;
      const [x, y] = [to[0] - from[0], to[1] - from[1]];
      const step = aside / Math.max(1, lengthOf(stretch));
      const turn = (Math.atan2(y, x) * 180) / Math.PI;
      return along.map((share) => ({
        at: [from[0] + share * x - step * y, from[1] + share * y + step * x] as const,
        turn: turn > 90 ? turn - 180 : turn < -90 ? turn + 180 : turn,
      }));
    }),
  );
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
  [0.7, -0.7],
  [0.7, 0.7],
  [-0.7, -0.7],
  [-0.7, 0.7],
] as const;
/** How far off a name may stand, with a line that leads to it. */
const leads = [0, 34, 68, 110] as const;
/** A tick stays short. */
const tickLeads = [0, 16] as const;

interface Beside {
  /** Between the point and a name close by. */
  readonly gap?: number;
  /** A line leads to the name wherever it stands. */
  readonly isTicked?: boolean;
  /** The name stands on this hand of the point alone. */
  readonly side?: SketchPoint | undefined;
}

/** Beside a point: close by, else farther off with a line that leads to it. */
export function spotsBeside(
  at: SketchPoint,
  text: string,
  { gap = 20, isTicked = false, side }: Beside = {},
): readonly LabelSpot[] {
  const half = (text.length * letterWidth) / 2;
  const onSide = side ? sides.filter(([x, y]) => x * side[0] + y * side[1] > 0) : sides;
  return (isTicked ? tickLeads : leads).flatMap((lead) =>
    onSide.map(([x, y]): LabelSpot => {
      const edge: SketchPoint = [at[0] + x * (gap + lead), at[1] + y * (gap + lead)];
      const middle: SketchPoint = [
        edge[0] + Math.sign(x) * half,
        edge[1] + (Math.sign(y) * letterHeight) / 2,
      ];
      return {
        at: middle,
        turn: 0,
        ...(isTicked || lead > 0 ? { leader: [at, edge] as const } : {}),
      };
    }),
  );
}

/** What a drawing shows of a road or street. */
export interface NamedParts {
  readonly name: string;
  readonly parts: readonly (readonly SketchPoint[])[];
}

/** A road of several lines is named once. */
export function byName(roads: readonly NamedParts[]): readonly NamedParts[] {
  const joined = new Map<string, (readonly SketchPoint[])[]>();
  for (const { name, parts } of roads) joined.set(name, [...(joined.get(name) ?? []), ...parts]);
  return [...joined].map(([name, parts]) => ({ name, parts }));
}
