import { addUp, createAreaTree } from "#core/disclosure/area-tree.ts";
import { createRandom, type Random } from "#core/random.ts";
import type { ReleaseInput } from "#core/releases/build.ts";
import type { AreaCount } from "#core/releases/panel/monthly-figures.ts";
import { leavesOf, randomCounts } from "#tests/support/disclosure.ts";
import { panelAreas, releaseInput } from "#tests/support/release.ts";

export const historyMonths = ["2021-08", "2021-09"];

/** Wards of up to two boroughs, and what was recorded of each month when each of two releases was made. */
export interface History {
  readonly areas: ReturnType<typeof panelAreas>;
  /** By release, then by month: counts of all areas. */
  readonly truth: readonly ReadonlyMap<string, readonly number[]>[];
  readonly inputs: readonly ReleaseInput[];
  readonly random: Random;
}

export function* histories(sets: number): Generator<History> {
  for (let seed = 1; seed <= sets; seed += 1) yield historyOf(seed);
}

export function historyOf(seed: number, months: readonly string[] = historyMonths): History {
  const random = createRandom(seed);
  const most = [3, 5, 8][random.integer(3)] ?? 3;
  const wards = Array.from({ length: 1 + random.integer(2) }, () => 1 + random.integer(most));
  const areas = panelAreas(wards);
  const tree = createAreaTree(areas);
  const truth: Map<string, number[]>[] = [];
  for (let release = 0; release < 2; release += 1) {
    const before = truth.at(-1);
    truth.push(
      new Map(
        months.map((month) => {
          const counts = before?.get(month)?.slice() ?? randomCounts(tree, random);
          if (before !== undefined) changeSomewhat(counts, leavesOf(tree), random);
          return [month, addUp(tree, counts)] as const;
        }),
      ),
    );
  }
  const inputs = truth.map((byMonth, release) =>
    releaseInput(areas, {
      // Another month each time, beside those from before.
      months: months.slice(0, months.length - 1 + release),
      counts: countsOf(areas, byMonth),
    }),
  );
  return { areas, truth, inputs, random };
}

/** A few reports came in late, and a few were taken back. */
function changeSomewhat(counts: number[], leaves: readonly number[], random: Random): void {
  for (const leaf of leaves) {
    if (random.integer(3) > 0) continue;
    counts[leaf] = Math.max(0, (counts[leaf] ?? 0) + random.integer(9) - 4);
  }
}

export function countsOf(
  areas: History["areas"],
  byMonth: ReadonlyMap<string, readonly number[]>,
): AreaCount[] {
  return areas.flatMap(({ id, kind }, at) =>
    kind === "ward"
      ? [...byMonth].map(([month, counts]) => ({ area: id, month, count: counts[at] ?? 0 }))
      : [],
  );
}
