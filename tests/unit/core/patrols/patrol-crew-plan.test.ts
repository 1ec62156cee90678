import { describe, expect, test } from "vitest";
import type { PlanOption } from "#core/patrols/candidates/option.ts";
import { createCrewPlan } from "#core/patrols/solve/crew-plan.ts";
import { createRandom } from "#core/random.ts";
import {
  candidateAt,
  canHave,
  crewOf,
  drawnOptions,
  places,
  subsets,
  travel,
} from "#tests/support/plan-options.ts";

const crews = [crewOf([1, 2]), crewOf([3], { mode: "vehicle" })];
const seeds = Array.from({ length: 16 }, (_, at) => at + 1);
const valuesOf = (options: readonly PlanOption[]) =>
  options.map(({ candidate }) => candidate.value);

function drawn(seed: number, count = 8) {
  const options = drawnOptions(createRandom(seed), { count, crews });
  const plan = createCrewPlan(options, valuesOf(options), travel);
  const hasUnits = (chosen: readonly number[]) =>
    crews.every((crew) =>
      canHave(
        chosen.flatMap((at) => options[at] ?? []).filter((option) => option.crew === crew),
        crew.units.length,
      ),
    );
  return { options, plan, hasUnits };
}

describe("what a crew's units can do between them", () => {
  test.each(seeds)(
    "there is a clash exactly where trying all ways finds none (seed %i)",
    (seed) => {
      const { options, plan, hasUnits } = drawn(seed);
      for (const chosen of subsets(options.length)) {
        const clash = plan.clash(chosen);
        expect(clash === null, chosen.join()).toBe(hasUnits(chosen));
        if (!clash) continue;
        const broken = clash.members.filter((member) => chosen.includes(member));
        expect(broken.length).toBeGreaterThan(clash.limit);
        const own = new Set(clash.members.map((member) => options[member]?.crew));
        expect(own.size).toBe(1);
        expect(clash.limit).toBe([...own][0]?.units.length);
      }
    },
  );

  test.each(seeds)(
    "of a clash no member may follow another, and no other could join it (seed %i)",
    (seed) => {
      const { options, plan } = drawn(seed, 14);
      const clash = plan.clash([...options.keys()]);
      if (!clash) return;
      const follows = (a: number, b: number) => {
        const [one, other] = [options[a], options[b]];
        return (
          one !== undefined &&
          other !== undefined &&
          travel.mayFollow(one.candidate, other.candidate, one.crew.mode)
        );
      };
      const isApart = (a: number, b: number) => !follows(a, b) && !follows(b, a);
      const { members } = clash;
      expect([...members].sort((a, b) => a - b)).toEqual(members);
      expect(members.every((a) => members.every((b) => a === b || isApart(a, b)))).toBe(true);
      const crew = options[members[0] ?? -1]?.crew;
      const others = [...options.keys()].filter(
        (at) => options[at]?.crew === crew && !members.includes(at),
      );
      for (const other of others) {
        expect(members.every((member) => isApart(member, other))).toBe(false);
      }
    },
  );

  test.each(seeds)(
    "what is possible is kept, and of the rest only what must go (seed %i)",
    (seed) => {
      const { options, plan, hasUnits } = drawn(seed);
      for (const chosen of subsets(options.length)) {
        const kept = plan.possible(chosen);
        expect(hasUnits(kept)).toBe(true);
        expect(kept.every((option) => chosen.includes(option))).toBe(true);
        expect([...kept].sort((a, b) => a - b)).toEqual(kept);
        if (hasUnits(chosen)) expect(kept).toEqual(chosen);
      }
    },
  );

  test("the least valuable goes first", () => {
    const crew = crewOf([1]);
    const cell = places[0] as (typeof places)[number];
    const options = [0.5, 0.2, 0.9].map((value, at) => ({
      candidate: candidateAt({ cell, from: 10 * at, value }),
      crew,
    }));
    const plan = createCrewPlan(options, valuesOf(options), travel);
    expect(plan.possible([0, 1, 2])).toEqual([2]);
    expect(plan.possible([0, 1])).toEqual([0]);
    expect(plan.possible([0, 1, 7])).toEqual([0]);
  });

  test.each(seeds)("one after the other is taken as long as a unit has room (seed %i)", (seed) => {
    const { options, plan, hasUnits } = drawn(seed);
    const start = plan.possible([0, 1, 2, 3]);
    const admission = plan.admission(start);
    const taken = [...start];
    for (const option of options.keys()) {
      if (taken.includes(option) || !admission.fits(option)) continue;
      admission.take(option);
      taken.push(option);
      expect(hasUnits(taken), taken.join()).toBe(true);
    }
    // With nothing at the start every first one fits, and a unit for itself is always found.
    const empty = plan.admission([]);
    for (const option of options.keys()) expect(empty.fits(option)).toBe(true);
    expect(empty.fits(99)).toBe(false);
  });

  test("an admission puts a window between two others where the ways allow it", () => {
    const crew = crewOf([1]);
    const cell = places[0] as (typeof places)[number];
    const far = places[7] as (typeof places)[number];
    const options = [
      { candidate: candidateAt({ cell, from: 0 }), crew },
      { candidate: candidateAt({ cell, from: 140 }), crew },
      { candidate: candidateAt({ cell, from: 70 }), crew },
      { candidate: candidateAt({ cell: far, from: 70 }), crew },
      { candidate: candidateAt({ cell, from: 71 }), crew },
    ];
    const admission = createCrewPlan(options, valuesOf(options), travel).admission([0, 1]);
    expect([2, 3, 4].map(admission.fits)).toEqual([true, false, false]);
    admission.take(2);
    expect(admission.fits(2)).toBe(false);
  });

  test.each(seeds)(
    "chosen in part, the worst clash around each hour is found (seed %i)",
    (seed) => {
      const random = createRandom(seed + 500);
      const { options, plan } = drawn(seed, 10);
      const shares = Float64Array.from(options, () => random.integer(100) / 100);
      const clashes = plan.clashesInPart(shares);
      const weightOf = (members: readonly number[]) =>
        members.reduce((all, member) => all + (shares[member] ?? 0), 0);
      for (const clash of clashes) expect(weightOf(clash.members)).toBeGreaterThan(clash.limit);
      // Within two hours, and so in one look, nothing heavier goes unseen.
      const follows = (a: number, b: number) => {
        const [one, other] = [options[a], options[b]];
        return (
          one !== undefined &&
          other !== undefined &&
          (travel.mayFollow(one.candidate, other.candidate, one.crew.mode) ||
            travel.mayFollow(other.candidate, one.candidate, one.crew.mode))
        );
      };
      const broken = [...subsets(options.length)].filter((set) => {
        const crew = options[set[0] ?? -1]?.crew;
        return (
          crew !== undefined &&
          set.every((at) => options[at]?.crew === crew) &&
          set.every((a) => set.every((b) => a >= b || !follows(a, b))) &&
          weightOf(set) > crew.units.length + 1e-3
        );
      });
      expect(clashes.length > 0).toBe(broken.length > 0);
      const whole = Float64Array.from(options, () => 1);
      for (const crew of crews) {
        const own = [...options.keys()].filter((at) => options[at]?.crew === crew);
        const isClash = plan.clash(own) !== null;
        const found = plan
          .clashesInPart(whole)
          .some(({ members }) => own.includes(members[0] ?? -1));
        expect(found).toBe(isClash);
      }
      expect(plan.clashesInPart(new Float64Array(options.length))).toEqual([]);
    },
  );
});
