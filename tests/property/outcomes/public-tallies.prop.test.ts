import { describe, expect, test } from "vitest";
import { type DisclosureRule, tenFiveRule } from "#core/disclosure/rule.ts";
import {
  breakdowns,
  funnelStages,
  type MeasureName,
  measureNames,
  measureOf,
} from "#core/outcomes/measures.ts";
import { type PublicTally, publicTallies } from "#core/outcomes/public-tallies.ts";
import type { TypedTally } from "#core/outcomes/typed-tally.ts";
import { createRandom, type Random } from "#core/random.ts";
import { runsOf } from "#tests/support/runs.ts";
import { clashes, drawPeriod, whole } from "#tests/support/tallies.ts";

/** What may be said of a hidden number from all data sets that come out the same: every one of 0 to 9, or it may be more. */
function givesSmallAway(possible: ReadonlySet<number>, { threshold }: DisclosureRule): boolean {
  if (Math.max(...possible) >= threshold) return false;
  return Array.from({ length: threshold }, (_, value) => value).some(
    (value) => !possible.has(value),
  );
}

interface Known {
  readonly name: string;
  readonly possible: Set<number>;
}

/** Groups data sets by what is published of them: what a reader who runs the program itself can tell. */
function readerOf(names: readonly string[]) {
  const seen = new Map<string, Known[]>();
  return {
    add: (published: readonly PublicTally[], hidden: readonly number[]) => {
      const key = JSON.stringify(published.map(({ measure, count }) => [measure, count]));
      const known = seen.get(key) ?? names.map((name) => ({ name, possible: new Set<number>() }));
      for (const [at, value] of hidden.entries()) known[at]?.possible.add(value);
      seen.set(key, known);
    },
    leaks: (rule: DisclosureRule) =>
      [...seen].flatMap(([key, known]) =>
        known.flatMap(({ name, possible }) =>
          givesSmallAway(possible, rule) ? [`${name} of ${key}: ${[...possible].join()}`] : [],
        ),
      ),
    size: () => seen.size,
  };
}

describe("what is published of typed totals gives nothing under 10 back to a reader who runs the program", () => {
  // In the order of the stages, from the middle, and backwards.
  const orders = [[[0, 1, 2, 3]], [[2, 0, 3, 1]], [[3, 2, 1, 0]]];
  test.each(orders.slice(0, runsOf(3, 2)))(
    "the stages of the funnel typed as %j, and whoever dropped out between any two",
    (order) => {
      const names = [
        "offered",
        "booked",
        "attended",
        "completed",
        "1-2",
        "1-3",
        "1-4",
        "2-3",
        "2-4",
        "3-4",
      ];
      const reader = readerOf(names);
      const most = runsOf(44, 24);
      for (let a = 0; a <= most; a += 1) {
        for (let b = 0; b <= a; b += 1) {
          for (let c = 0; c <= b; c += 1) {
            for (let d = 0; d <= c; d += 1) {
              const stages = [a, b, c, d];
              const tallies = order.flatMap((at) => {
                const measure = funnelStages[at];
                return measure === undefined ? [] : [whole(measure, stages[at] ?? 0)];
              });
              const published = publicTallies({ tallies, rule: tenFiveRule, earlier: [] });
              reader.add(published, [a, b, c, d, a - b, a - c, a - d, b - c, b - d, c - d]);
            }
          }
        }
      }
      expect(reader.size()).toBeGreaterThan(runsOf(10, 5));
      // Near the end of what was tried not every data set of a group is there.
      const atTheEnd = new RegExp(`,(?:${most - 4}|${most + 1})\\]`);
      const inner = reader.leaks(tenFiveRule).filter((line) => !atTheEnd.test(line));
      expect(inner).toEqual([]);
    },
    120_000,
  );

  test("yes, no and not recorded, each and any two of them together", () => {
    const names = ["yes", "no", "not recorded", "yes+no", "yes+not", "no+not", "whole"];
    const reader = readerOf(names);
    const most = runsOf(34, 19);
    for (let a = 0; a <= most; a += 1) {
      for (let b = 0; b <= most; b += 1) {
        for (let c = 0; c <= most; c += 1) {
          const values = { yes: a, no: b, not_recorded: c };
          const published = publicTallies({
            tallies: [
              whole("protection_notices", a + b + c),
              ...Object.entries(values).map(
                ([part, value]): TypedTally => ({
                  ...whole("protection_notices", value),
                  breakdown: "prior_outreach",
                  part,
                }),
              ),
            ],
            rule: tenFiveRule,
            earlier: [],
          });
          reader.add(published, [a, b, c, a + b, a + c, b + c, a + b + c]);
        }
      }
    }
    expect(reader.size()).toBeGreaterThan(100);
    const atTheEnd = (line: string) =>
      [...line.matchAll(/,(\d+)\]/g)].some(
        ([, figure]) => Number(figure) === most + 1 || Number(figure) >= 3 * most - 12,
      );
    const inner = reader.leaks(tenFiveRule).filter((line) => !atTheEnd(line));
    expect(inner).toEqual([]);
  }, 120_000);
});

/** Whole numbers that a figure of 10 or more, rounded to 5, can stand for; null: anything from nought. */
function bounds(count: number | null): { low: number; high: number } {
  return count === null
    ? { low: 0, high: Number.POSITIVE_INFINITY }
    : { low: Math.max(10, count - 2), high: count + 2 };
}

/** A reader with a pencil: two breakdowns of one whole, narrowed by each other until nothing moves. */
function pencil(published: readonly PublicTally[], measure: MeasureName) {
  const of = (name: string) => published.find((figure) => figure.measure === name);
  const known = new Map<string, { low: number; high: number }>();
  const wholeFigure = of(measure);
  if (!wholeFigure) return known;
  known.set(measure, bounds(wholeFigure.count));
  const groups = (["residence", "known_before"] as const).map((by) =>
    Object.keys(breakdowns[by].parts).map((part) => `${measure}:${by}:${part}`),
  );
  for (const name of groups.flat()) known.set(name, bounds(of(name)?.count ?? null));
  const at = (name: string) => known.get(name) ?? { low: 0, high: Number.POSITIVE_INFINITY };
  for (let changed = true; changed; ) {
    changed = false;
    const narrow = (name: string, low: number, high: number) => {
      const own = at(name);
      if (low > own.low || high < own.high) {
        known.set(name, { low: Math.max(own.low, low), high: Math.min(own.high, high) });
        changed = true;
      }
    };
    for (const parts of groups) {
      const sum = (side: "low" | "high", without: string) =>
        parts.reduce((total, part) => (part === without ? total : total + at(part)[side]), 0);
      narrow(measure, sum("low", ""), sum("high", ""));
      for (const part of parts) {
        narrow(part, at(measure).low - sum("high", part), at(measure).high - sum("low", part));
      }
    }
  }
  return known;
}

function drawParts(
  random: Random,
  measure: MeasureName,
  total: number,
  by: "residence" | "known_before",
) {
  const names = Object.keys(breakdowns[by].parts);
  const values = names.map(() => 0);
  for (let person = 0; person < total; person += 1) {
    const skew = Math.min(random.integer(names.length), random.integer(names.length));
    values[skew] = (values[skew] ?? 0) + 1;
  }
  return names.map(
    (part, at): TypedTally => ({
      ...whole(measure, values[at] ?? 0),
      breakdown: by,
      part,
    }),
  );
}

test("two breakdowns of one whole narrow no blank: from random data sets nothing under 10 is worked out", () => {
  const random = createRandom(2021);
  const measure = "sex_workers_identified";
  let blanks = 0;
  const runs = runsOf(1000, 100);
  for (let run = 0; run < runs; run += 1) {
    const total = random.integer(120);
    const tallies = [
      whole(measure, total),
      ...drawParts(random, measure, total, "residence"),
      ...drawParts(random, measure, total, "known_before"),
    ];
    const published = publicTallies({ tallies, rule: tenFiveRule, earlier: [] });
    const known = pencil(published, measure);
    for (const figure of published) {
      const exact = tallies.find(
        ({ breakdown, part }) =>
          figure.measure === (breakdown === null ? measure : `${measure}:${breakdown}:${part}`),
      );
      if (figure.count !== null) expect(exact?.value).toBeGreaterThanOrEqual(10);
      if (figure.count !== null) continue;
      blanks += 1;
      const range = known.get(figure.measure);
      expect(range?.low, JSON.stringify(published)).toBe(0);
      expect(range?.high, JSON.stringify(published)).toBeGreaterThanOrEqual(9);
    }
  }
  expect(blanks).toBeGreaterThan(runs / 2);
});

test("over several releases figures of one measure never overlap, and one that stands is never another", () => {
  const random = createRandom(33);
  const measures = measureNames.filter((name) => !measureOf(name).isKept);
  for (let run = 0; run < runsOf(200, 30); run += 1) {
    let earlier: PublicTally[] = [];
    const periods = Array.from({ length: 5 }, () => drawPeriod(random));
    const draw = () =>
      periods
        .filter(() => random.next() < 0.6)
        .flatMap((period) => measures.map((name) => whole(name, random.integer(60), period)));
    for (let release = 0; release < 4; release += 1) {
      const made = publicTallies({ tallies: draw(), rule: tenFiveRule, earlier });
      for (const figure of made) {
        const stood = earlier.find(
          (other) =>
            other.measure === figure.measure &&
            other.from === figure.from &&
            other.to === figure.to,
        );
        if (stood) expect(figure.count).toBe(stood.count);
      }
      earlier = [...earlier, ...made];
    }
    expect(clashes(earlier)).toEqual([]);
  }
});

test("what is typed later takes no figure away, and gives none of a period that overlaps one", () => {
  const random = createRandom(5);
  for (let run = 0; run < runsOf(300, 30); run += 1) {
    const typed = Array.from({ length: 12 }, () =>
      whole(random.next() < 0.5 ? "cautions" : "arrests", random.integer(60), drawPeriod(random)),
    );
    const seen = (count: number) =>
      publicTallies({ tallies: typed.slice(0, count), rule: tenFiveRule, earlier: [] });
    for (let count = 1; count < typed.length; count += 1) {
      expect(seen(count + 1)).toEqual(expect.arrayContaining(seen(count)));
    }
    expect(clashes(seen(typed.length))).toEqual([]);
  }
});

test("a stage or a breakdown that is typed later changes no figure that was given before it", () => {
  const random = createRandom(8);
  const measure = "kerb_crawlers_identified";
  for (let run = 0; run < runsOf(300, 30); run += 1) {
    const total = random.integer(120);
    const dropped = [random.integer(60), random.integer(30), random.integer(30)] as const;
    const stages = [120, 120 - dropped[0], 120 - dropped[0] - dropped[1], 60 - dropped[0]];
    const typed = [
      whole(measure, total),
      ...random.shuffle(funnelStages.map((name, at) => whole(name, Math.max(0, stages[at] ?? 0)))),
      ...random
        .shuffle(["residence", "known_before"] as ("residence" | "known_before")[])
        .flatMap((by) => drawParts(random, measure, total, by)),
    ];
    const seen = (count: number) =>
      publicTallies({ tallies: typed.slice(0, count), rule: tenFiveRule, earlier: [] });
    for (let count = 1; count < typed.length; count += 1) {
      expect(seen(count + 1)).toEqual(expect.arrayContaining(seen(count)));
    }
  }
});
