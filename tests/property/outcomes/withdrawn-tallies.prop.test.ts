import { expect, test } from "vitest";
import { tenFiveRule } from "#core/disclosure/rule.ts";
import { withCounted } from "#core/outcomes/figures.ts";
import { type PublicTally, publicTallies } from "#core/outcomes/public-tallies.ts";
import type { StandingTally } from "#core/outcomes/typed-tally.ts";
import { createRandom, type Random } from "#core/random.ts";
import { clashes, drawPeriod, whole } from "#tests/support/tallies.ts";

/** What somebody may have seen at any time, with the figure that it was. */
function seenOver(states: readonly (readonly StandingTally[])[]): PublicTally[] {
  return states.flatMap((tallies) =>
    publicTallies({ tallies: withCounted({ tallies, days: [] }), rule: tenFiveRule, earlier: [] }),
  );
}

/** Types a total, withdraws one, or types a withdrawn one again. */
function drawStep(random: Random, state: readonly StandingTally[]): StandingTally[] {
  const value = 10 + random.integer(60);
  const at = random.integer(Math.max(1, state.length));
  const old = state[at];
  if (old === undefined || random.next() < 0.5) {
    const measure = random.next() < 0.7 ? "cautions" : "arrests";
    return [...state, whole(measure, value, drawPeriod(random))];
  }
  return state.with(at, { ...old, value: old.value === null ? value : null });
}

test("withdrawn and typed again: of all that was ever given no two figures overlap, and none comes free", () => {
  const random = createRandom(21);
  let [given, withdrawn] = [0, 0];
  for (let run = 0; run < 200; run += 1) {
    const states: StandingTally[][] = [];
    for (let step = 0; step < 25; step += 1) states.push(drawStep(random, states.at(-1) ?? []));
    const seen = seenOver(states);
    given += seen.length;
    withdrawn += states.at(-1)?.filter(({ value }) => value === null).length ?? 0;
    expect(clashes(seen)).toEqual([]);
  }
  expect(given).toBeGreaterThan(1000);
  expect(withdrawn).toBeGreaterThan(300);
});

test("a stage or a breakdown that was held against one that is withdrawn does not come free", () => {
  const stages = [whole("course_places_offered", 60), whole("course_places_booked", 57)];
  const named = (tallies: readonly StandingTally[]) =>
    publicTallies({ tallies, rule: tenFiveRule, earlier: [] }).map(
      ({ measure, count }) => [measure, count] as const,
    );
  expect(named(stages)).toEqual([
    ["course_places_offered", 60],
    ["course_places_booked", null],
  ]);
  const [offered, booked] = stages;
  if (offered === undefined || booked === undefined) throw new Error("No stages");
  expect(named([{ ...offered, value: null }, booked])).toEqual([["course_places_booked", null]]);
  const part = (breakdown: "residence" | "known_before", name: string, value: number) => ({
    ...whole("kerb_crawlers_identified", value),
    breakdown,
    part: name,
  });
  const typed = [
    whole("kerb_crawlers_identified", 60),
    part("residence", "within_command", 30),
    part("residence", "elsewhere_london", 20),
    part("residence", "outside_london", 6),
    part("residence", "not_known", 4),
    part("known_before", "yes", 20),
    part("known_before", "no", 25),
    part("known_before", "not_recorded", 15),
  ];
  const hasKnown = (tallies: readonly StandingTally[]) =>
    named(tallies).some(([measure]) => measure.includes("known_before"));
  expect(hasKnown(typed)).toBe(false);
  expect(
    hasKnown(
      (typed as StandingTally[]).with(4, { ...part("residence", "not_known", 4), value: null }),
    ),
  ).toBe(false);
});
