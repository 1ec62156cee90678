import { addUp, createAreaTree } from "#core/disclosure/area-tree.ts";
import { createRandom } from "#core/random.ts";
import type { sayableOf } from "#core/releases/panel/sayable.ts";
import { type Half, operationOf } from "#tests/support/intruder/told-operations.ts";
import { type Told, toldFrom } from "#tests/support/intruder/told-releases.ts";
import { panelAreas, releaseInput } from "#tests/support/release.ts";
import { countsOf } from "#tests/support/release-histories.ts";

type Place = "treated" | "edge" | "control" | null;

/** A ward's reports before and after: those of its first half, and those of its second. */
export interface CaseWard {
  readonly before: readonly [number, number];
  readonly after: readonly [number, number];
  /** What each half is part of. */
  readonly of: readonly [Place, Place];
}

/** One release of two months with one operation in a borough of these wards. */
export function toldCase(wards: readonly CaseWard[], sayable: typeof sayableOf): Told {
  const areas = panelAreas([wards.length]);
  const [before, after] = ["2021-08", "2021-09"] as const;
  const halvesIn = (month: string) =>
    wards.map((ward) => (month === before ? ward.before : ward.after));
  const truth = new Map(
    [before, after].map((month) => {
      const sums = halvesIn(month).map(([first, second]) => first + second);
      return [month, addUp(createAreaTree(areas), [0, 0, ...sums])] as const;
    }),
  );
  const placed = (place: Place) =>
    wards.flatMap(({ of }, at) =>
      ([0, 1] as const).flatMap((half): Half[] =>
        of[half] === place ? [{ area: `b0-w${at}`, half }] : [],
      ),
    );
  const input = releaseInput(areas, { months: [before, after], counts: countsOf(areas, truth) });
  const operation = operationOf(
    "operation",
    { treated: placed("treated"), edge: placed("edge"), control: placed("control") },
    {
      months: [[before], [after]],
      counts: ({ area, half }, month) => halvesIn(month)[Number(area.slice(4))]?.[half] ?? 0,
    },
  );
  const history = { areas, truth: [truth], inputs: [input], random: createRandom(1) };
  return toldFrom(history, sayable, () => [operation]);
}
