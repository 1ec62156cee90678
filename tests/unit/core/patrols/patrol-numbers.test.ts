import { describe, expect, test } from "vitest";
import { type PlanOption, planOptions } from "#core/patrols/candidates/option.ts";
import { unitNumbers } from "#core/patrols/solve/roster.ts";
import { createRandom } from "#core/random.ts";
import { hourMs, minuteMs } from "#core/time/zone.ts";
import {
  candidateAt,
  canHave,
  crewOf,
  drawnOptions,
  places,
  shift,
  travel,
} from "#tests/support/plan-options.ts";

type Cell = (typeof places)[number];
const [here, beside, , , , far] = places as readonly [Cell, Cell, Cell, Cell, Cell, Cell];
const option = (of: Parameters<typeof candidateAt>[0], crew: PlanOption["crew"]): PlanOption => ({
  candidate: candidateAt(of),
  crew,
});

describe("who may have a candidate", () => {
  test("every crew of its mode that is there for all of it and can get there", () => {
    const candidate = candidateAt({ cell: here, from: 60 });
    const at = (minutes: number) => shift.start + minutes * minuteMs;
    const exact = crewOf([1], { from: at(60), to: at(120) });
    const late = crewOf([2], { from: at(61) });
    const short = crewOf([3], { to: at(119) });
    const driving = crewOf([4], { mode: "vehicle" });
    const window = { ...candidateAt({ cell: here, from: -10 }), unit: 5 };
    const rested = crewOf([5], { busy: [window] });
    const tired = crewOf([6], {
      busy: [{ ...candidateAt({ cell: here, from: -9 }), unit: 6 }],
    });
    const ahead = crewOf([7], {
      busy: [{ ...candidateAt({ cell: here, from: 129 }), unit: 7 }],
    });
    const crews = [exact, late, short, driving, rested, tired, ahead];
    const found = planOptions([candidate, candidate], crews, travel);
    expect(found.map(({ crew }) => crew.units[0])).toEqual([1, 5, 1, 5]);
    expect(found.every((one) => one.candidate === candidate)).toBe(true);
  });
});

describe("unit numbers", () => {
  test("a window goes to the unit that is nearest to it, and first of all to one that has none", () => {
    const crew = crewOf([4, 9]);
    const near = option({ cell: here, from: 0 }, crew);
    const away = option({ cell: far, from: 30 }, crew);
    const next = option({ cell: beside, from: 180 }, crew);
    const back = option({ cell: far, from: 190 }, crew);
    const { numbers, dropped } = unitNumbers([back, next, away, near], travel);
    expect(dropped).toEqual([]);
    expect([...numbers.values()].sort((a, b) => a - b)).toEqual([4, 4, 9, 9]);
    expect(numbers.get(next)).toBe(numbers.get(near));
    expect(numbers.get(back)).toBe(numbers.get(away));
  });

  test("from shift to shift a unit goes on from where it was last", () => {
    const first = crewOf([1, 2], { to: shift.start + 4 * hourMs });
    const second = crewOf([1, 2], { from: shift.start + 4 * hourMs });
    const one = option({ cell: here, from: 120 }, first);
    const other = option({ cell: far, from: 120 }, first);
    const after = option({ cell: far, from: 240 }, second);
    const { numbers } = unitNumbers([after, other, one], travel);
    expect(numbers.get(after)).toBe(numbers.get(other));
    expect(numbers.get(one)).not.toBe(numbers.get(other));
  });

  test("a window at the change of shift for which nobody is back is dropped, the least valuable", () => {
    const first = crewOf([1], { to: shift.start + 4 * hourMs });
    const second = crewOf([1], { from: shift.start + 4 * hourMs });
    const last = option({ cell: here, from: 180 }, first);
    const tooSoon = option({ cell: far, from: 245, value: 0.9 }, second);
    const later = option({ cell: far, from: 400, value: 0.1 }, second);
    const { numbers, dropped } = unitNumbers([last, tooSoon, later], travel);
    // Both of the second are in one unit's hands, and the later could have been had: the least goes first.
    expect(dropped).toEqual([later, tooSoon]);
    expect([...numbers.keys()]).toEqual([last]);
  });

  test.each(Array.from({ length: 30 }, (_, at) => at + 1))(
    "are of the crew, each unit gets from window to window, nothing possible is dropped (seed %i)",
    (seed) => {
      const crew = crewOf([2, 5, 7]);
      const drawn = drawnOptions(createRandom(seed), { count: 7, crews: [crew], hours: 7 });
      const chosen = drawn.filter((_, at) => canHave(drawn.slice(0, at + 1), 3));
      if (!canHave(chosen, 3)) return;
      const { numbers, dropped } = unitNumbers(chosen, travel);
      expect(dropped).toEqual([]);
      for (const unit of crew.units) {
        const own = chosen.filter((one) => numbers.get(one) === unit);
        own.slice(1).forEach(({ candidate }, at) => {
          const before = own[at]?.candidate;
          expect(before && travel.mayFollow(before, candidate, "foot")).toBe(true);
        });
      }
      expect([...numbers.values()].every((unit) => crew.units.includes(unit))).toBe(true);
      expect(numbers.size).toBe(chosen.length);
    },
  );

  test("crews of one time do not mix", () => {
    const walking = crewOf([1]);
    const driving = crewOf([2], { mode: "vehicle" });
    const one = option({ cell: here, from: 0 }, walking);
    const other = option({ cell: here, from: 0 }, driving);
    const { numbers } = unitNumbers([other, one], travel);
    expect([numbers.get(one), numbers.get(other)]).toEqual([1, 2]);
  });
});
