import { describe, expect, test } from "vitest";
import type { Operation, OperationPhase } from "#core/displacement/operation.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import {
  assess,
  brettenham,
  controlCell,
  edgeTo,
  many,
  operation,
  ringCell,
  windowsFor,
} from "#tests/support/assessment.ts";
import { report } from "#tests/support/displacement.ts";
import { isCalled, simulateAssessment } from "#tests/support/simulated-command.ts";

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

  test("too short or too new: it says so, and gives no figure", () => {
    const [short, fit] = phasesOf(
      { name: "short", startsOn: "2021-08-01", endsOn: "2021-08-13" },
      { name: "fit", startsOn: "2021-08-01", endsOn: "2021-08-14" },
    );
    expect(short?.sentence).toContain("because it has 13 days, and 14 are needed.");
    expect(short?.treatedArea.sentence).toContain("because it has 13 days, and 14 are needed.");
    expect(short?.edges[0]?.sentence).toContain("because it has 13 days, and 14 are needed.");
    expect(short).toMatchObject({ wdd: null, low: null, high: null, p: null });
    expect(fit?.wdd).not.toBeNull();
    const [recent] = phasesOf({ name: "new", startsOn: "2021-11-14", endsOn: "2022-01-31" });
    expect(recent?.sentence).toContain("because it has had 13 of the 14 days needed.");
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

describe("places of a phase", () => {
  test("a phase of the whole time has the operation's own figures everywhere, to the last digit", () => {
    const moved = { fall: 50, to: "Waltham Forest", gain: 20 };
    const command = { months: 12, scatter: 1, drift: 0, neighbourhoods: null, moved };
    const { overall, treatedArea, rings, edges, banner, phases } = simulateAssessment(
      { ...command, phases: [0] },
      3,
    );
    const [phase] = phases;
    const figures = ({
      name,
      running,
      series,
      changedFrom,
      tips,
      sentence,
      ...own
    }: typeof overall) => own;
    const told = ({ sentence }: { readonly sentence: string }) =>
      sentence.replace(/^[^,]*, [^,]*/, "");
    expect(phase).toMatchObject({ ...figures(overall), banner });
    expect(phase?.treatedArea).toMatchObject(figures(treatedArea));
    expect(phase?.rings).toMatchObject(figures(rings));
    expect(phase?.edges.map(({ name, sentence, ...own }) => own)).toEqual(
      edges.map(({ evidence, restsBeyond, ...edge }) => figures(edge)),
    );
    expect(edges.filter(isCalled)).not.toEqual([]);
    for (const [at, edge] of edges.entries()) {
      const own = phase?.edges[at]?.sentence ?? "";
      expect(own.slice(own.indexOf("with "))).toBe(
        edge.sentence.slice(edge.sentence.indexOf("with ")),
      );
    }
    expect(told(phase ?? { sentence: "" })).toContain("fewer reports than expected");
  });

  const line = edgeTo("Waltham Forest");
  const inner = line.inner[0] as H3Cell;
  const edgeIn = (afterwards: readonly [august: number, september: number]) => {
    const [inAugust, inSeptember] = afterwards;
    return assess(
      [
        ...events,
        ...many(40, report(inner, "2021-06-10T22:00")),
        ...many(inAugust, report(inner, "2021-08-10T22:00")),
        ...many(inSeptember, report(inner, "2021-09-10T22:00")),
      ],
      { operation: phased(august, september) },
    ).phases.map(({ edges, banner }) => {
      const edge = edges.find(({ neighbour }) => neighbour === "Waltham Forest");
      return { ...edge, banner };
    });
  };

  test("a boundary in one phase, worked by hand", () => {
    // 40 before, in the control 236, and 62 of these in August: 10.5 expected.
    const [first] = edgeIn([30, 10]);
    expect(first).toMatchObject({ inner: [40, 30], treated: [40, 30], control: [236, 62] });
    expect(first?.wdd).toBeCloseTo(30 - (40 * 62) / 236, 9);
    expect(first?.sentence).toMatch(
      /^In phase "visible", along the boundary with Waltham Forest, between .*: a rise\. /,
    );
  });

  test("boundaries are judged over all boundaries and phases together", () => {
    // Two questions are asked, so the smaller p of .03 is no change; alone it would be one.
    const [first, second] = edgeIn([21, 10]);
    expect(first?.p).toBeLessThan(0.05);
    expect(first?.p).toBeGreaterThan(0.025);
    expect(second?.p).not.toBeNull();
    expect(first?.verdict).toBe("no_clear_change");
    expect(first?.sentence).toContain("no significant change after adjusting for 2 comparisons");
  });

  test("SAFEGUARDS 11: a fall with a rise at a boundary in one phase has its banner, and no other phase", () => {
    const [first, second] = edgeIn([10, 40]);
    expect(first?.banner).toBeNull();
    expect(second?.banner).toBe(
      "Reports fell in the treated area and rose at the boundary: Waltham Forest. The problem may have moved.",
    );
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
