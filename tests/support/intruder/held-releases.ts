import { tenFiveRule } from "#core/disclosure/rule.ts";
import { funnelStages } from "#core/outcomes/measures.ts";
import { type PublicTally, publicTallies } from "#core/outcomes/public-tallies.ts";
import type { TypedTally } from "#core/outcomes/typed-tally.ts";
import type { PanelOutline } from "#core/places/wire/places.ts";
import type { Random } from "#core/random.ts";
import type { ReleaseInput } from "#core/releases/build.ts";
import { type ReleaseReply, releaseReply } from "#core/releases/wire/release.ts";
import { complaintsKey, doneKey, type FigureKey } from "#tests/support/intruder/reading.ts";
import { releaseAll } from "#tests/support/release.ts";
import type { History } from "#tests/support/release-histories.ts";
import { whole } from "#tests/support/tallies.ts";

/** Releases of one place as the public tier serves them, and what was counted behind each of their figures. */
export interface Served {
  readonly replies: readonly ReleaseReply[];
  readonly exact: ReadonlyMap<FigureKey, number>;
}

/** Of a random history, with totals of what was done, and areas that can be drawn. */
export function servedFrom(
  { areas, truth, inputs, random }: History,
  change: (input: ReleaseInput) => ReleaseInput = (input) => input,
): Served {
  const tallies = randomTallies(random);
  const done = publicTallies({ tallies, rule: tenFiveRule, earlier: [] });
  const outlines = areas.slice(1).map(({ id }, at) => square(id, at));
  const releases = releaseAll(
    inputs.map((input) => change({ ...input, done, publicAreas: { areas, outlines } })),
  );
  const exact = new Map(tallies.map((tally) => [keyOf(tally, done), tally.value]));
  // A month stays as first released.
  for (const { number, content } of releases.toReversed()) {
    for (const month of content.months) {
      const counts = truth[number - 1]?.get(month) ?? [];
      for (const [at, { id }] of areas.entries())
        exact.set(complaintsKey(id, month), counts[at] ?? 0);
    }
  }
  const replies = releases.map(({ number, content }) =>
    releaseReply.parse({
      release: { ...content, id: `release-${number}`, number },
      approvedOn: "2021-11-26",
      hash: "5a".repeat(32),
      previousHash: null,
      withdrawn: null,
    }),
  );
  return { replies, exact };
}

/** As served, but each figure that is shown as it was counted: what only a mistake would let out. */
export function withExactFigures(reply: ReleaseReply, { exact }: Served): ReleaseReply {
  const { values, done } = reply.release;
  const of = (count: number | null, key: FigureKey) =>
    count === null ? null : (exact.get(key) ?? count);
  return {
    ...reply,
    release: {
      ...reply.release,
      values: values.map((value) => ({
        ...value,
        count: of(value.count, `${value.measure} ${value.area} ${value.month}`),
      })),
      done: done.map((row) => ({
        ...row,
        count: of(row.count, doneKey(row.label, row.from, row.to)),
      })),
    },
  };
}

/** As served, but nothing may be shown: what stands in a form of it is no figure. */
export function withoutFigures(reply: ReleaseReply): ReleaseReply {
  const { values, done } = reply.release;
  const withheld = <Row extends object>(row: Row) => ({ ...row, count: null });
  return {
    ...reply,
    release: { ...reply.release, values: values.map(withheld), done: done.map(withheld) },
  };
}

/** A funnel in its order, and a whole with two breakdowns. */
function randomTallies(random: Random): TypedTally[] {
  let left = 20 + random.integer(40);
  const stages = funnelStages.map((name) => {
    const tally = whole(name, left);
    left -= random.integer(Math.min(left, 25) + 1);
    return tally;
  });
  const notices = [random.integer(30), random.integer(30), random.integer(15)];
  return [
    ...stages,
    whole(
      "protection_notices",
      notices.reduce((sum, count) => sum + count),
    ),
    ...["yes", "no", "not_recorded"].map(
      (part, at): TypedTally => ({
        ...whole("protection_notices", notices[at] ?? 0),
        breakdown: "prior_outreach",
        part,
      }),
    ),
  ];
}

function keyOf({ measure, breakdown, part }: TypedTally, done: readonly PublicTally[]): FigureKey {
  const name = breakdown === null ? measure : `${measure}:${breakdown}:${part}`;
  const row = done.find((one) => one.measure === name);
  return row ? doneKey(row.label, row.from, row.to) : name;
}

function square(area: string, at: number): PanelOutline {
  const [left, bottom] = [-0.1 + 0.01 * (at % 5), 51.6 + 0.01 * Math.floor(at / 5)];
  const [right, top] = [left + 0.009, bottom + 0.009];
  const ring: [number, number][] = [
    [left, bottom],
    [right, bottom],
    [right, top],
    [left, top],
    [left, bottom],
  ];
  return { area, polygons: [[ring]] };
}
