import { createAreaTree } from "#core/disclosure/area-tree.ts";
import type { Shown } from "#core/disclosure/rule.ts";
import type { PanelArea } from "#core/places/wire/places.ts";
import type { BuiltRelease, ReleaseInput } from "#core/releases/build.ts";
import { buildRelease } from "#core/releases/build.ts";
import type { EarlierRelease } from "#core/releases/earlier.ts";
import type { AreaCount } from "#core/releases/panel/monthly-figures.ts";
import type { ReleaseContent } from "#core/releases/wire/releases.ts";
import type { Result } from "#core/result.ts";
import { readLaw } from "#server/releases/law.ts";
import { attack, type Bounds, firstSight } from "#tests/support/disclosure.ts";

/** The command with one borough for each number, and so many wards in it: "b0", "b0-w1". */
export function panelAreas(wards: readonly number[]): PanelArea[] {
  return [
    { id: "command", kind: "command", name: "The command", parent: null },
    ...wards.map(
      (_, at): PanelArea => ({
        id: `b${at}`,
        kind: "borough",
        name: `Borough ${at}`,
        parent: "command",
      }),
    ),
    ...wards.flatMap((count, at) =>
      Array.from(
        { length: count },
        (_, ward): PanelArea => ({
          id: `b${at}-w${ward}`,
          kind: "ward",
          name: `Ward ${at}.${ward}`,
          parent: `b${at}`,
        }),
      ),
    ),
  ];
}

/** What a release is made of, as at 26 November 2021, unless said otherwise. */
export function releaseInput(
  areas: readonly PanelArea[],
  more: Partial<ReleaseInput> & { readonly counts: readonly AreaCount[] },
): ReleaseInput {
  return {
    asAtDate: "2021-11-26",
    months: ["2021-08", "2021-09"],
    areNamed: false,
    publicAreas: { areas, outlines: [] },
    areaSet: "a".repeat(64),
    sightings: new Map(),
    earlier: [],
    done: [],
    answers: [],
    commitments: [],
    sources: ["Made up"],
    law: readLaw(),
    mark: "MADE-UP DATA",
    ...more,
  };
}

/** One release after the other, each checked against all before; a refused one is left out. */
export function releaseAll(inputs: readonly ReleaseInput[], isLinked = true): EarlierRelease[] {
  const out: EarlierRelease[] = [];
  for (const input of inputs) {
    const built = buildRelease({ ...input, earlier: isLinked ? out : [] });
    if (!built.ok) continue;
    out.push({ number: out.length + 1, areaSet: input.areaSet, content: built.value.content });
  }
  return out;
}

export function builtOrThrow(result: Result<BuiltRelease>): BuiltRelease {
  if (result.ok) return result.value;
  throw new Error(result.reason);
}

/** Complaints of one month, in the order of the areas. */
export function figuresOf(
  { values }: Pick<ReleaseContent, "values">,
  areas: readonly PanelArea[],
  month: string,
): Shown[] {
  return areas.map(
    ({ id }) =>
      values.find(
        (one) => one.area === id && one.month === month && one.measure === "resident_complaints",
      )?.count ?? null,
  );
}

/** What an intruder holds of one month: its figures, one row for each release that had it. */
export interface Held {
  readonly areas: readonly PanelArea[];
  readonly tables: readonly (readonly Shown[])[];
}

const rule = { threshold: 10, base: 5 };

/**
 * What a reader of all releases recovers of one month, where the same areas were shown each time: blanks that
 * the releases narrow together, and changes between two releases of fewer than 10 reports. Shares no code with
 * core/disclosure; `truth` has the counts behind each table, by which a finding is a finding.
 */
export function recoveredTogether(
  { areas, tables }: Held,
  truth: readonly (readonly number[])[],
): string[] {
  const tree = createAreaTree(areas);
  const found: string[] = [];
  // Nothing changed, for all that the reader knows: every table tells of the same counts.
  for (const blankHigh of [Number.POSITIVE_INFINITY, rule.threshold - 1]) {
    const known = tables
      .map((shown) => firstSight(tree, shown, rule, blankHigh))
      .reduce<Bounds[] | null>(overlaid, null);
    const bounds = attack(tree, known ?? []);
    if (bounds.some(({ low, high }) => low > high)) continue;
    areas.forEach(({ id }, at) => {
      const { low, high } = bounds[at] ?? { low: 0, high: 0 };
      tables.forEach((shown, table) => {
        const count = truth[table]?.[at] ?? 0;
        if ((shown[at] ?? null) !== null || count >= rule.threshold) return;
        if (low > 0 || high < rule.threshold - 1) found.push(`${id} is ${low} to ${high}`);
      });
    });
  }
  // Something did: two figures tell how much at the least.
  for (let later = 1; later < tables.length; later += 1) {
    areas.forEach(({ id }, at) => {
      const change = (truth[later]?.[at] ?? 0) - (truth[later - 1]?.[at] ?? 0);
      const before = tables[later - 1]?.[at] ?? null;
      const after = tables[later]?.[at] ?? null;
      const isSmall = change !== 0 && Math.abs(change) < rule.threshold;
      if (isSmall && before !== after) found.push(`${id} changed by fewer than 10`);
    });
  }
  return found;
}

function overlaid(before: Bounds[] | null, now: Bounds[]): Bounds[] {
  if (before === null) return now;
  return before.map((own, at) => ({
    low: Math.max(own.low, now[at]?.low ?? 0),
    high: Math.min(own.high, now[at]?.high ?? Number.POSITIVE_INFINITY),
  }));
}

/**
 * A ward of which a strip with fewer than 10 reports went to its neighbour between two releases: the two
 * figures of the ward, taken from each other, tell how many the strip holds. Null where they tell nothing.
 */
export function stripFrom(before: Shown, after: Shown): Bounds | null {
  if (before === null && after === null) return null;
  const range = (shown: Shown): Bounds =>
    shown === null
      ? { low: 0, high: rule.threshold - 1 }
      : { low: Math.max(rule.threshold, shown - 2), high: shown + 2 };
  const [was, is] = [range(before), range(after)];
  return { low: Math.max(0, was.low - is.high), high: was.high - is.low };
}
