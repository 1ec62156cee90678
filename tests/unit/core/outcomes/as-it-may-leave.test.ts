import { describe, expect, test } from "vitest";
import { shownCount, tenFiveRule } from "#core/disclosure/rule.ts";
import { chanceOfChange } from "#core/outcomes/change.ts";
import { createOutcomes } from "#core/outcomes/outcomes.ts";
import { outcomesCsv } from "#core/outcomes/outcomes-csv.ts";
import { comparedPeriods } from "#core/outcomes/periods.ts";
import type { TypedTally } from "#core/outcomes/typed-tally.ts";
import { createRandom } from "#core/random.ts";
import { whole } from "#tests/support/tallies.ts";

const autumn = { from: "2021-08-01", to: "2021-11-26" };
const { yearAgo } = comparedPeriods(autumn);
const outcomesOf = (tallies: readonly TypedTally[], isExact: boolean) =>
  createOutcomes({ period: autumn, tallies, days: [], asAt: "2021-11-26", isExact });

const verdictWords = {
  rise: /; significantly more/,
  fall: /; significantly fewer/,
  no_clear_change: /; no significant change/,
  cannot_tell: /; not enough to tell/,
};

/** Cautions now and a year ago, as the change is said exactly and as it may leave. */
function changes(now: number, then: number) {
  const tallies = [whole("cautions", now), whole("cautions", then, yearAgo)];
  const changeIn = (isExact: boolean) => {
    const { figures } = outcomesOf(tallies, isExact);
    const found = figures.find(({ measure }) => measure === "cautions")?.yearAgo;
    if (!found) throw new Error("No change of cautions");
    return found;
  };
  return { exact: changeIn(true), shared: changeIn(false), tallies };
}

describe("a change as it may leave", () => {
  test("is never said without its verdict: every verdict and every rounding", () => {
    const seen = new Set<string>();
    const counts = [10, 25, 45, 90].flatMap((base) => [0, 1, 2, 3, 4].map((more) => base + more));
    for (const now of counts) {
      for (const then of counts) {
        const { exact, shared } = changes(now, then);
        const pair = `${now} and ${then}: ${shared.words}`;
        seen.add(`${exact.verdict} ${shared.verdict}`);
        expect(exact.words, pair).toMatch(verdictWords[exact.verdict]);
        expect(shared.words, pair).toMatch(verdictWords[shared.verdict]);
        expect(shared.words, pair).toContain("both figures are rounded");
        // Rounding takes certainty away and never adds any.
        if (exact.verdict === "no_clear_change") expect(shared.verdict, pair).toBe(exact.verdict);
        if (shared.verdict !== "no_clear_change") expect(shared.verdict, pair).toBe(exact.verdict);
      }
    }
    expect([...seen].sort()).toEqual([
      "fall fall",
      "fall no_clear_change",
      "no_clear_change no_clear_change",
      "rise no_clear_change",
      "rise rise",
    ]);
  });

  test("rounded, it is as likely by chance as for any counts that round to the two figures", () => {
    const side = (period: typeof autumn, count: number | null) => ({
      period,
      figure: { count, source: "typed" as const, why: "shown" as const, typedBeside: null },
    });
    const chance = (now: number | null, then: number | null, isExact: boolean) =>
      chanceOfChange({ now: side(autumn, now), earlier: side(yearAgo, then), isExact }) ?? -1;
    for (const now of [13, 14, 15, 16, 17]) {
      for (const then of [28, 29, 30, 31, 32, 38, 40, 42]) {
        const rounded = [now, then].map((count) => shownCount(count, tenFiveRule)) as [
          number,
          number,
        ];
        expect(chance(...rounded, false), `${now} and ${then}`).toBeGreaterThanOrEqual(
          chance(now, then, true),
        );
      }
    }
    expect(chance(15, 30, false)).toBeCloseTo(chance(17, 28, true), 12);
  });

  test("of about 15 more, that may be chance, says so on the screen and in the file", () => {
    const { exact, shared, tallies } = changes(43, 28);
    expect(exact.words).toBe("15 more than 1 Aug to 26 Nov 2020 (28); no significant change");
    expect(shared.words).toBe(
      "About 15 more than 1 Aug to 26 Nov 2020 (about 30); no significant change, both figures are rounded",
    );
    expect(outcomesCsv(outcomesOf(tallies, false), null)).toContain(shared.words);
  });

  test("of counts under 10 there is none to say", () => {
    const { exact, shared } = changes(40, 9);
    expect([exact.verdict, shared.verdict]).toEqual(["cannot_tell", "cannot_tell"]);
    expect(exact.words).toBe("31 more than 1 Aug to 26 Nov 2020 (9); not enough to tell");
    expect(shared.words).toBe("1 Aug to 26 Nov 2020: fewer than 10, or withheld");
  });
});

/** People identified with whom of them police knew, and where they live. */
function identified(known: readonly [yes: number, no: number, notRecorded: number]) {
  const measure = "sex_workers_identified";
  const part = (name: string, value: number): TypedTally => ({
    ...whole(measure, value),
    breakdown: "known_before",
    part: name,
  });
  const [yes, no, notRecorded] = known;
  return [
    whole(measure, yes + no + notRecorded),
    part("yes", yes),
    part("no", no),
    part("not_recorded", notRecorded),
  ];
}

describe("a share as it may leave", () => {
  test("a best estimate of 38% is a range that holds it, and no other number", () => {
    const tallies = identified([12, 20, 10]);
    const [exact] = outcomesOf(tallies, true).known;
    expect(exact?.sentence).toContain("(38% of 32)");
    const [shared] = outcomesOf(tallies, false).known;
    expect(shared).toMatchObject({ yes: 10, no: 20, base: 30 });
    expect(shared?.sentence).toContain("(31% to 40% of about 30)");
    expect(shared?.sentence).not.toContain("33%");
  });

  test("holds the true share and interval for every rounding, and is one number where it is exact", () => {
    for (let yes = 10; yes < 30; yes += 1) {
      for (let no = 10; no < 40; no += 1) {
        const tallies = identified([yes, no, 11]);
        const [exact] = outcomesOf(tallies, true).known;
        const [shared] = outcomesOf(tallies, false).known;
        const truth = yes / (yes + no);
        expect(exact?.share).toEqual({ low: truth, high: truth });
        expect(shared?.share?.low).toBeLessThanOrEqual(truth);
        expect(shared?.share?.high).toBeGreaterThanOrEqual(truth);
        expect(shared?.low).toBeLessThanOrEqual(exact?.low ?? -1);
        expect(shared?.high).toBeGreaterThanOrEqual(exact?.high ?? 2);
      }
    }
  });

  test("of the funnel holds the true share of the stage before and of those offered", () => {
    const tallies = [whole("course_places_offered", 58), whole("course_places_booked", 41)];
    const booked = (isExact: boolean) => outcomesOf(tallies, isExact).funnel.stages[1];
    expect(booked(true)?.words).toBe("41: 71% of the 58 offered");
    expect(booked(false)?.words).toBe("about 40: 61% to 72% of the about 60 offered");
    expect(outcomesOf(tallies, false).funnel.sentence).toContain("(61% to 72%)");
  });
});

test("SAFEGUARDS 7: figures, verdicts and shares are the same for all counts that round to what is shown", () => {
  const random = createRandom(7);
  let compared = 0;
  const rounds = (base: number) =>
    base + random.integer(base === 10 ? 3 : 5) - (base === 10 ? 0 : 2);
  for (let run = 0; run < 100; run += 1) {
    const bases = Array.from({ length: 8 }, () => 5 * (2 + random.integer(8)));
    const data = () => {
      const [now = 10, then = 10, yes = 10, no = 10, rest = 10, offered = 10] = bases.map(rounds);
      const [all, ...parts] = identified([yes, no, rest]);
      return [
        whole("cautions", now),
        whole("cautions", then, yearAgo),
        // A whole of its own rounding would differ where the sum of parts does.
        ...(all === undefined ? [] : [all]),
        ...parts,
        whole("course_places_offered", offered),
      ];
    };
    const first = outcomesOf(data(), false);
    const second = outcomesOf(data(), false);
    const shown = (reply: typeof first) =>
      [...reply.figures, ...reply.known].map(({ measure }) => measure).join() +
      JSON.stringify(reply.figures.map(({ count }) => count)) +
      JSON.stringify(reply.known.map(({ yes, no, notRecorded }) => [yes, no, notRecorded]));
    if (shown(first) !== shown(second)) continue;
    compared += 1;
    expect(second).toEqual(first);
  }
  expect(compared).toBeGreaterThan(50);
});
