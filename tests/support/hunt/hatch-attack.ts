import { cellAt, childCells, type Position } from "#core/geo/cell.ts";
import { createPlane, type PlanePoint } from "#core/geo/plane.ts";
import type { Ground } from "#core/protected-time/ground.ts";
import { type LatticePlace, snapToLattice } from "#core/protected-time/lattice.ts";
import { radiusClassesM } from "#core/protected-time/settings.ts";

/*
 * From the hatch back to the venue, by somebody who knows the tool, reads every lattice cell and class off what is
 * drawn, and knows what each was saved as, in which order, and by which partner. They try every point of the ground:
 * what is left is where the same would have been drawn.
 */

/** One saving of what lies at or around a venue. */
export interface Saving {
  readonly groundAt: (venue: Position) => Ground;
  readonly isWide: boolean;
  readonly partner: number;
  /** By the outline of the larger cell, as it was saved and shown once, and taken over since. */
  readonly isOld: boolean;
}

const middle: Position = [-0.0644, 51.6147];
const plane = createPlane(middle);

/** Metres east and north of a point. */
export function beside(at: Position, [east, north]: PlanePoint): Position {
  const [x, y] = plane.toPlane(at);
  return plane.toPosition([x + east, y + north]);
}

type More = Partial<Pick<Saving, "isWide" | "partner" | "isOld">>;

export function asCircle(radiusM: number, more: More & { readonly off?: PlanePoint } = {}): Saving {
  const { off = [0, 0], ...rest } = more;
  const groundAt = (venue: Position): Ground => ({
    kind: "circle",
    at: beside(venue, off),
    radiusM,
  });
  return { groundAt, isWide: false, partner: 0, isOld: false, ...rest };
}

/** Its corners around the venue. */
export function asArea(corners: readonly PlanePoint[], more: More = {}): Saving {
  const groundAt = (venue: Position): Ground => ({
    kind: "area",
    corners: corners.map((off) => beside(venue, off)),
  });
  return { groundAt, isWide: false, partner: 0, isOld: false, ...more };
}

export function asRoute(corners: readonly PlanePoint[], more: More = {}): Saving {
  const groundAt = (venue: Position): Ground => ({
    kind: "corridor",
    corners: corners.map((off) => beside(venue, off)),
    halfWidthM: 25,
  });
  return { groundAt, isWide: false, partner: 0, isOld: false, ...more };
}

export const square = (side: number): readonly PlanePoint[] => [
  [-side / 2, -side / 2],
  [side / 2, -side / 2],
  [side / 2, side / 2],
  [-side / 2, side / 2],
];

/** What is shown of a venue that is saved like this, in its order. */
export function shownOf(savings: readonly Saving[], venue: Position): string {
  const saved = new Map<number, LatticePlace[]>();
  return savings
    .map(({ groundAt, isWide, partner, isOld }) => {
      const own = saved.get(partner) ?? [];
      const ground = groundAt(venue);
      const place = isOld ? takenOver(venue) : snapToLattice(ground, isWide, own);
      saved.set(partner, [...own, place]);
      const before = isOld ? [cellAt(venue, 8)] : [];
      return [...before, place.classM, ...place.lattice].join(" ");
    })
    .join("\n");
}

/** As sql/before/rows.sql makes it of the stored cell alone. */
export function takenOver(venue: Position): LatticePlace {
  return { kind: "circle", lattice: childCells(cellAt(venue, 8), 9), classM: 150 };
}

export interface Attack {
  readonly venues: number;
  /** The least ground, in hectares, that any of them is hidden in. */
  readonly leastHa: number;
}

/** All venues of a square of ground, some metres from each other; what may go on beyond its edge is not judged. */
export function attack(savings: readonly Saving[], { sideM, stepM }: Square): Attack {
  const left = new Map<string, { count: number; isAtEdge: boolean }>();
  const edge = sideM / 2 - 2 * stepM;
  for (let x = -sideM / 2; x < sideM / 2; x += stepM) {
    for (let y = -sideM / 2; y < sideM / 2; y += stepM) {
      const shown = shownOf(savings, plane.toPosition([x, y]));
      const known = left.get(shown) ?? { count: 0, isAtEdge: false };
      known.count += 1;
      known.isAtEdge ||= Math.max(Math.abs(x), Math.abs(y)) > edge;
      left.set(shown, known);
    }
  }
  const judged = [...left.values()].filter(({ isAtEdge }) => !isAtEdge).map(({ count }) => count);
  return {
    venues: judged.reduce((sum, count) => sum + count, 0),
    leastHa: Math.round((Math.min(...judged) * stepM ** 2) / 100) / 100,
  };
}

interface Square {
  readonly sideM: number;
  readonly stepM: number;
}

/** A finger's width away, to every side. */
const offs: readonly PlanePoint[] = [
  [20, 0],
  [-14, 14],
  [-10, -17],
];
const again = (radiusM: number, more: More = {}) =>
  offs.map((off) => asCircle(radiusM, { ...more, off }));
const wide = { isWide: true };
const other = { partner: 1 };
const old = asCircle(150, { isOld: true });

/** Ways to save one venue more than once, after which as much must be left as of a venue that was saved once. */
export const histories: readonly (readonly [name: string, savings: readonly Saving[]])[] = [
  ["usual", [asCircle(150)]],
  [
    "every radius, usual and wider",
    radiusClassesM.flatMap((metres) => [asCircle(metres), asCircle(metres, wide)]),
  ],
  ["wider, then usual", [asCircle(150, wide), asCircle(150)]],
  ["usual by one partner, wider by another", [asCircle(150), asCircle(150, { ...wide, ...other })]],
  ["usual, again 20 m off, and wider", [asCircle(150), ...again(150), ...again(400, wide)]],
  [
    "wider, again 20 m off, and usual",
    [asCircle(100, wide), ...again(150, wide), asCircle(100), ...again(100)],
  ],
  ["a small area", [asArea(square(60))]],
  ["a small area, as a place, and wider", [asArea(square(60)), asCircle(150), asCircle(150, wide)]],
  [
    "a short route, by another as a place and an area",
    [
      asRoute([
        [-60, -30],
        [60, 30],
      ]),
      asCircle(150, other),
      asArea(square(60), other),
    ],
  ],
  [
    "by three partners, of every kind",
    [
      asCircle(150),
      asCircle(200, wide),
      asArea(square(90)),
      asCircle(100, { ...wide, ...other }),
      asRoute(
        [
          [0, -50],
          [0, 50],
        ],
        other,
      ),
      asArea(square(60), { partner: 2 }),
      asCircle(400, { ...wide, partner: 2 }),
    ],
  ],
  ["old wider, saved again", [old, asCircle(150, wide), ...again(150, wide)]],
  [
    "old wider, then usual",
    [old, asCircle(150), ...again(300), asArea(square(60)), asCircle(150, wide)],
  ],
];
