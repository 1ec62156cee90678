import type { FactorKind } from "#core/places/wire/layers.ts";

/** The places of a study area in three groups, so that hot ones are held against their like as well. */
export const placeGroups = ["hot", "reported", "empty"] as const;
export type PlaceGroup = (typeof placeGroups)[number];

export interface GroupShare {
  readonly places: number;
  /** Places with at least one of the kind in them or near. */
  readonly withAny: number;
  /** Of the kind in or near them, each counted at every place that it is near. */
  readonly factors: number;
}

export interface FactorShare {
  readonly kind: FactorKind;
  readonly groups: Readonly<Record<PlaceGroup, GroupShare>>;
}

export interface FactorSharesInput {
  /** Per kind, how many are in or near each cell: `countNear`. */
  readonly near: ReadonlyMap<FactorKind, ArrayLike<number>>;
  /** 1 where a cell is hot. */
  readonly hot: ArrayLike<number>;
  readonly counts: ArrayLike<number>;
}

/** How often each place factor occurs at hot places, at others with reports, and at those without. */
export function factorShares({ near, hot, counts }: FactorSharesInput): FactorShare[] {
  const groupOf = (cell: number): PlaceGroup =>
    hot[cell] === 1 ? "hot" : (counts[cell] ?? 0) > 0 ? "reported" : "empty";
  return [...near].map(([kind, numbers]) => {
    const groups = { hot: noShare(), reported: noShare(), empty: noShare() };
    for (let cell = 0; cell < hot.length; cell += 1) {
      const group = groups[groupOf(cell)];
      const found = numbers[cell] ?? 0;
      group.places += 1;
      group.factors += found;
      if (found > 0) group.withAny += 1;
    }
    return { kind, groups };
  });
}

function noShare(): { places: number; withAny: number; factors: number } {
  return { places: 0, withAny: 0, factors: 0 };
}
