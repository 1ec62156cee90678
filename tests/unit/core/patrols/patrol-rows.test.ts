import { describe, expect, test } from "vitest";
import type { PlanOption } from "#core/patrols/candidates/option.ts";
import { createDoseLedger } from "#core/patrols/ground/dose.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import type { Visit } from "#core/patrols/ground/window.ts";
import { mostOf, priceOf, type Row } from "#core/patrols/solve/packing.ts";
import { planRows } from "#core/patrols/solve/rows.ts";
import { createRandom } from "#core/random.ts";
import { hourMs, minuteMs } from "#core/time/zone.ts";
import {
  candidateAt,
  crewOf,
  drawnOptions,
  london,
  places,
  shift,
  subsets,
} from "#tests/support/plan-options.ts";

/** In every shift 8 reports an hour in each cell: a visit reaches 16 there on average. */
const credit = {
  reachedFrom: () => 16,
  expectedIn: (_: string, from: number, to: number) => (8 * (to - from)) / hourMs,
};
const here = places[0] as string as (typeof places)[number];

function rowsOf(options: readonly PlanOption[], counted: readonly Visit[] = []): Row[] {
  const dose = createDoseLedger(counted, london, patrolDefaults);
  return planRows(options, { zone: london, credit, dose, settings: patrolDefaults });
}

/** The rules said plainly: units out or at rest, two hours between visits, four a day. */
function mayBe(options: readonly PlanOption[], counted: readonly Visit[] = []): boolean {
  const atRest = 10 * minuteMs;
  const hasUnits = options.every(({ candidate, crew }) => {
    const out = options.filter(
      (other) =>
        other.crew === crew &&
        other.candidate.start <= candidate.start &&
        candidate.start < other.candidate.end + atRest,
    );
    return out.length <= crew.units.length;
  });
  const visits = options.flatMap(({ candidate }) => candidate.stops);
  const isApart = visits.every((visit, at) =>
    visits
      .slice(at + 1)
      .every(
        (other) =>
          other.cell !== visit.cell || Math.abs(other.arrive - visit.arrive) >= 135 * minuteMs,
      ),
  );
  const perDay = new Map<string, number>();
  for (const { cell, arrive } of [...visits, ...counted]) {
    const key = `${cell} ${london.dateOf(arrive)}`;
    perDay.set(key, (perDay.get(key) ?? 0) + 1);
  }
  const isOver = visits.some(
    ({ cell, arrive }) => (perDay.get(`${cell} ${london.dateOf(arrive)}`) ?? 0) > 4,
  );
  return hasUnits && isApart && !isOver;
}

function holds(rows: readonly Row[], chosen: readonly number[]): boolean {
  return rows.every(
    (row) => row.members.filter((member) => chosen.includes(member)).length <= mostOf(row),
  );
}

function priceIn(rows: readonly Row[], chosen: readonly number[]): number {
  return rows.reduce(
    (all, row) =>
      all +
      priceOf(row, row.steps ? row.members.filter((member) => chosen.includes(member)).length : 0),
    0,
  );
}

describe("the rows of a plan", () => {
  test.each(Array.from({ length: 20 }, (_, at) => at + 1))(
    "hold for the very sets of windows that the rules allow (seed %i)",
    (seed) => {
      const random = createRandom(seed);
      const crews = [crewOf([1, 2]), crewOf([3], { mode: "vehicle" })];
      const options = drawnOptions(random, { count: 9, crews });
      const rows = rowsOf(options);
      for (const set of subsets(options.length)) {
        const chosen = set.flatMap((at) => options[at] ?? []);
        expect(holds(rows, set), set.join()).toBe(mayBe(chosen));
      }
    },
  );

  test("one unit rests for ten minutes before it is out again", () => {
    const crew = crewOf([1]);
    const two = (from: number) => [
      { candidate: candidateAt({ cell: here, from: 0 }), crew },
      { candidate: candidateAt({ cell: places[5] ?? here, from }), crew },
    ];
    expect(holds(rowsOf(two(69)), [0, 1])).toBe(false);
    expect(holds(rowsOf(two(70)), [0, 1])).toBe(true);
  });

  test("what is counted already leaves so much less, on that day and in that week alone", () => {
    const visit = (daysBefore: number, hour: number): Visit => {
      const arrive = shift.start - daysBefore * 24 * hourMs + hour * hourMs;
      return { cell: here, arrive, depart: arrive + 15 * minuteMs };
    };
    const crew = crewOf([1, 2, 3, 4]);
    const options = [0, 140, 280].map((from) => ({
      candidate: candidateAt({ cell: here, from }),
      crew,
    }));
    const all = [0, 1, 2];
    expect(holds(rowsOf(options), all)).toBe(true);
    // Two in the morning of the same Wednesday: two more of four may come.
    const morning = [visit(0, -8), visit(0, -5)];
    expect(holds(rowsOf(options, morning), all)).toBe(false);
    expect(holds(rowsOf(options, morning), [0, 2])).toBe(true);
    expect(holds(rowsOf(options, [visit(1, 0), visit(1, 3), visit(1, 5)]), all)).toBe(true);
    // Fourteen of sixteen since Monday: two more, though none of them on that day.
    const sinceMonday = [1, 2].flatMap((day) =>
      [0, 1, 2, 3, 4, 5, 6].map((at) => visit(day, at - 9)),
    );
    expect(holds(rowsOf(options, sinceMonday), all)).toBe(false);
    expect(holds(rowsOf(options, sinceMonday), [1, 2])).toBe(true);
    const lastWeek = sinceMonday.map((one) => ({ ...one, arrive: one.arrive - 7 * 24 * hourMs }));
    expect(holds(rowsOf(options, lastWeek), all)).toBe(true);
  });

  test("a second visit in one shift loses a quarter of a usual one, a third a half", () => {
    const crew = crewOf([1, 2, 3, 4]);
    const options = [0, 140, 280, 420].map((from) => ({
      candidate: candidateAt({ cell: here, from, minutes: 60 }),
      crew,
    }));
    const rows = rowsOf(options);
    expect(priceIn(rows, [0])).toBe(0);
    expect(priceIn(rows, [1, 3])).toBeCloseTo(4, 9);
    expect(priceIn(rows, [0, 1, 2])).toBeCloseTo(4 + 8, 9);
    expect(priceIn(rows, [0, 1, 2, 3])).toBeCloseTo(4 + 8 + 12, 9);
    // One of that day stands: the first of the plan is the second there; after two it is the third.
    const counted = (hours: readonly number[]) =>
      hours.map((hour) => {
        const arrive = shift.start - hour * hourMs;
        return { cell: here, arrive, depart: arrive + 15 * minuteMs };
      });
    expect(priceIn(rowsOf(options, counted([6])), [0])).toBeCloseTo(4, 9);
    expect(priceIn(rowsOf(options, counted([6])), [0, 1])).toBeCloseTo(4 + 8, 9);
    expect(priceIn(rowsOf(options, counted([6, 9])), [0])).toBeCloseTo(8, 9);
  });

  test("in another shift a visit is the first again", () => {
    const crew = crewOf([1, 2]);
    const early = candidateAt({ cell: here, from: 0 });
    const late = candidateAt({ cell: here, from: 300 });
    const night = { ...shift, start: shift.start + 5 * hourMs };
    const options = [
      { candidate: early, crew },
      { candidate: { ...late, shift: night }, crew },
    ];
    expect(priceIn(rowsOf(options), [0, 1])).toBe(0);
    expect(priceIn(rowsOf([options[0], { candidate: late, crew }] as PlanOption[]), [0, 1])).toBe(
      4,
    );
  });

  test("where nothing is expected a further visit costs nothing", () => {
    const crew = crewOf([1, 2]);
    const options = [0, 140].map((from) => ({
      candidate: candidateAt({ cell: here, from }),
      crew,
    }));
    const dose = createDoseLedger([], london, patrolDefaults);
    const none = { reachedFrom: () => 0, expectedIn: () => 0 };
    const rows = planRows(options, {
      zone: london,
      credit: none,
      dose,
      settings: patrolDefaults,
    });
    expect(rows.filter(({ steps }) => steps)).toEqual([]);
  });

  test("no row says what another one says, nor what nothing could break", () => {
    const random = createRandom(4);
    const options = drawnOptions(random, { count: 40, crews: [crewOf([1, 2])] });
    const rows = rowsOf(options);
    for (const row of rows) {
      expect(row.members.length).toBeGreaterThan(row.limit);
      expect([...row.members].sort((a, b) => a - b)).toEqual(row.members);
    }
    const units = rows.filter(({ limit }) => limit === 2);
    for (const row of units) {
      const wider = units.filter(
        (other) => other !== row && row.members.every((member) => other.members.includes(member)),
      );
      expect(wider).toEqual([]);
    }
  });
});
