import { describe, expect, test } from "vitest";
import type { Operation, OperationPhase } from "#core/displacement/operation.ts";
import {
  assess,
  brettenham,
  controlCell,
  many,
  operation,
  ringCell,
  windowsFor,
} from "#tests/support/assessment.ts";
import { report } from "#tests/support/displacement.ts";

const events = [
  ...many(118, report(brettenham, "2021-06-10T22:00")),
  ...many(31, report(brettenham, "2021-08-10T22:00")),
  ...many(12, report(brettenham, "2021-09-10T22:00")),
  ...many(236, report(controlCell, "2021-06-10T22:00")),
  ...many(62, report(controlCell, "2021-08-10T22:00")),
  ...many(60, report(controlCell, "2021-09-10T22:00")),
];
const phased = (...phases: readonly OperationPhase[]): Operation => ({ ...operation, phases });
const phasesOf = (...phases: readonly OperationPhase[]) =>
  assess(events, { operation: phased(...phases) }).phases;
const august = { name: "visible", startsOn: "2021-08-01", endsOn: "2021-08-31" };
const september = { name: "partners", startsOn: "2021-09-01", endsOn: "2021-09-30" };

describe("phases", () => {
  test("are each compared with the same period before, per day", () => {
    const [first, second] = phasesOf(august, september);
    // A report a day before and in August, in both: as expected.
    expect(first).toMatchObject({
      name: "visible",
      days: 31,
      treated: [118, 31],
      control: [236, 62],
    });
    expect(first?.wdd).toBeCloseTo(0, 9);
    expect(first?.verdict).toBe("no_clear_change");
    // 12 against 30, in the control 60 against 60.
    expect(second).toMatchObject({ days: 30, treated: [118, 12], control: [236, 60] });
    expect(second?.wdd).toBeCloseTo(-18, 9);
    expect(second?.se).toBeCloseTo(
      Math.sqrt(118 * (30 / 118) ** 2 + 12 + (236 * (30 / 118) ** 2 + 60) / 4),
      9,
    );
    expect(second?.verdict).toBe("fall");
    expect(second?.sentence).toMatch(
      /^In phase "partners", treated area and rings together, between .* a fall\.$/,
    );
  });

  test("count the rings, as the answer for the whole does", () => {
    const more = [...events, ...many(7, report(ringCell, "2021-09-20T10:00"))];
    const [phase] = assess(more, { operation: phased(september) }).phases;
    expect(phase?.treated).toEqual([118, 19]);
  });

  test("are judged together by Holm", () => {
    const judged = (before: number, phases: readonly OperationPhase[]) =>
      assess(
        [
          ...many(before, report(brettenham, "2021-06-10T22:00")),
          ...many(48, report(brettenham, "2021-09-10T22:00")),
          ...many(236, report(controlCell, "2021-06-10T22:00")),
          ...many(62, report(controlCell, "2021-08-10T22:00")),
          ...many(60, report(controlCell, "2021-09-10T22:00")),
          ...many(31, report(brettenham, "2021-08-10T22:00")),
        ],
        { operation: phased(...phases) },
      ).phases.find(({ name }) => name === "partners");
    const alone = judged(118, [september]);
    expect(alone?.p).toBeLessThan(0.05);
    expect(alone?.p).toBeGreaterThan(0.025);
    expect(alone?.verdict).toBe("rise");
    const together = judged(118, [august, september]);
    expect(together?.p).toBe(alone?.p);
    expect(together?.verdict).toBe("no_clear_change");
    expect(together?.sentence).toContain("no significant change after adjusting for 2 phases");
  });

  test("that cover the whole time add up to the whole", () => {
    const rest = { name: "rest", startsOn: "2021-10-01", endsOn: null };
    const { phases, overall } = assess(events, { operation: phased(august, september, rest) });
    const total = phases.reduce((sum, { wdd }) => sum + (wdd ?? Number.NaN), 0);
    expect(total).toBeCloseTo(overall.wdd ?? Number.NaN, 6);
    expect(phases.reduce((sum, { days }) => sum + days, 0)).toBe(118);
  });

  test("are cut to what is known of them", () => {
    const [early, open] = phasesOf(
      { name: "early", startsOn: "2021-07-01", endsOn: "2021-08-10" },
      { name: "open", startsOn: "2021-11-20", endsOn: null },
    );
    expect(early).toMatchObject({ from: "2021-08-01", to: "2021-08-10", days: 10 });
    expect(open).toMatchObject({ from: "2021-11-20", to: "2021-11-26", days: 7 });
    expect(open?.verdict).toBe("cannot_tell");
  });

  test("of which nothing is known have no number, with the reason", () => {
    const [future, past] = phasesOf(
      { name: "winter", startsOn: "2021-12-01", endsOn: null },
      { name: "spring", startsOn: "2021-03-01", endsOn: "2021-04-30" },
    );
    expect(future).toMatchObject({ verdict: "cannot_tell", days: 0, p: null });
    expect(future?.sentence).toContain(
      "cannot be compared, because there are no records yet for its time.",
    );
    expect(past?.sentence).toContain("it is outside the period after the start.");
  });

  test("of an operation without any are none", () => {
    expect(assess(events).phases).toEqual([]);
  });
});

test("the scatter of the months widens phases as it does the whole", () => {
  const windows = windowsFor(operation, { recorded: { from: "2020-08-01", to: "2021-11-26" } });
  const restless = Array.from({ length: 12 }, (_, month) => month).flatMap((month) =>
    many(
      month % 2 === 0 ? 30 : 4,
      report(
        brettenham,
        `${month < 5 ? 2020 : 2021}-${String(((month + 7) % 12) + 1).padStart(2, "0")}-15T12:00`,
      ),
    ),
  );
  const given = { operation: phased(september), windows };
  const found = assess([...restless, ...events], given);
  const phi = found.overall.dispersion ?? Number.NaN;
  expect(phi).toBeGreaterThan(5);
  const [phase] = found.phases;
  const [before = 0, after = 0] = phase?.treated ?? [];
  const [controlBefore = 0, controlAfter = 0] = phase?.control ?? [];
  const [w, k] = [30 / 118, before / controlBefore];
  const plain = before * w ** 2 + after + (controlBefore * w ** 2 + controlAfter) * k ** 2;
  expect(phase?.se).toBeCloseTo(Math.sqrt(phi * plain), 6);
});
