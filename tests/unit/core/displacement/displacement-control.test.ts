import { describe, expect, test } from "vitest";
import type { Operation } from "#core/displacement/operation.ts";
import { cellAt, disk, type H3Cell } from "#core/geo/cell.ts";
import {
  assess,
  brettenham,
  controlCell,
  edgeTo,
  edgeZones,
  many,
  operation,
  ringCell,
  study,
  windowsFor,
  zones,
} from "#tests/support/assessment.ts";
import { report } from "#tests/support/displacement.ts";

const [before, after] = ["2021-06-10T22:00", "2021-10-10T22:00"] as const;
const far = cellAt([-0.14, 51.66], 10);

describe("a control chosen by hand", () => {
  const withControl = (control: readonly H3Cell[] | null): Operation => ({ ...operation, control });
  const events = [
    ...many(100, report(brettenham, before)),
    ...many(60, report(brettenham, after)),
    ...many(40, report(controlCell, before)),
    ...many(90, report(controlCell, after)),
    ...many(200, report(far, before)),
    ...many(200, report(far, after)),
  ];

  test("is what is compared with, and nothing else of the command", () => {
    const chosen = assess(events, { operation: withControl([controlCell]) });
    expect(chosen.treatedArea.control).toEqual([40, 90]);
    expect(chosen.controlCheck).toMatchObject({ chosenByHand: true, cells: 1 });
    expect(chosen.notes).toEqual([]);
    const rest = assess(events, { operation: withControl(null) });
    expect(rest.treatedArea.control).toEqual([240, 290]);
    expect(rest.controlCheck).toMatchObject({ chosenByHand: false, cells: zones.control.length });
    expect(rest).toEqual(assess(events));
  });

  test("never takes a treated cell, a ring, an edge or a cell outside; and says so", () => {
    const edge = edgeTo("Barnet").inner[0] as H3Cell;
    const outside = edgeTo("Barnet").outer[0] as H3Cell;
    const control = [brettenham, ringCell, edge, outside, far, far];
    const found = assess(events, { operation: withControl(control) });
    expect(found.zones.control).toEqual([far]);
    expect(found.zones.rings).toContain(ringCell);
    expect(found.treatedArea.control).toEqual([200, 200]);
    expect(found.notes).toEqual([
      "1 of 5 cells chosen for comparison can be used. The others lie in the treated area, its rings, a boundary zone, another operation or outside the area.",
    ]);
  });

  test("of which nothing is left gives no number, with the reason", () => {
    const found = assess(events, { operation: withControl([brettenham]) });
    expect(found.overall).toMatchObject({ verdict: "cannot_tell", wdd: null, p: null });
    expect(found.overall.sentence).toContain(
      "cannot be compared, because none of the chosen comparison cells can be used.",
    );
    expect(found.controlCheck.result).toBe("too_few_months");
    expect(found.notes[0]).toMatch(/^None of \d+ cells/);
  });
});

describe("operations in the same time", () => {
  const other = (more: Partial<Operation>): Operation => ({
    name: "other",
    cells: [controlCell, ringCell, far],
    control: null,
    phases: [],
    startsOn: "2021-09-01",
    endsOn: null,
    ...more,
  });
  const events = [
    ...many(100, report(brettenham, before)),
    ...many(60, report(brettenham, after)),
    ...many(50, report(controlCell, before)),
    ...many(10, report(controlCell, after)),
    ...many(30, report(ringCell, before)),
    ...many(5, report(ringCell, after)),
    ...many(100, report(zones.control[9] as H3Cell, before)),
    ...many(100, report(zones.control[9] as H3Cell, after)),
  ];

  test("are left out of rings and control, which is said", () => {
    const found = assess(events, { others: [other({}), operation] });
    expect(found.treatedArea.control).toEqual([100, 100]);
    expect(found.rings.treated).toEqual([0, 0]);
    expect(found.zones.control).not.toContain(controlCell);
    expect(found.notes).toEqual([
      'Another operation at the same time, "other" (from 1 September 2021), treats 3 cells around or in the comparison area. They are excluded from all comparisons.',
    ]);
  });

  test("are left out of an edge as well", () => {
    const { inner } = edgeTo("Hackney");
    const lea = inner[0] as H3Cell;
    const seen = [...events, ...many(40, report(lea, before)), ...many(90, report(lea, after))];
    const edge = (others: readonly Operation[]) =>
      assess(seen, { others }).edges.find(({ neighbour }) => neighbour === "Hackney");
    expect(edge([])?.treated).toEqual([40, 90]);
    expect(edge([other({ cells: [lea] })])?.treated).toEqual([0, 0]);
    const whole = edgeZones.find(({ neighbour }) => neighbour === "Hackney");
    const all = [...(whole?.inner ?? []), ...(whole?.outer ?? [])];
    expect(edge([other({ cells: all })])?.sentence).toContain(
      "cannot be compared, because all its cells are counted elsewhere or lie outside the area.",
    );
  });

  test("that ended before or begin after the periods compared change nothing", () => {
    const none = assess(events);
    for (const times of [
      { startsOn: "2020-01-01", endsOn: "2021-04-04" },
      { startsOn: "2021-11-27", endsOn: null },
    ]) {
      expect(assess(events, { others: [other(times)] })).toEqual(none);
    }
    const touching = other({ startsOn: "2020-01-01", endsOn: "2021-04-05" });
    expect(assess(events, { others: [touching] }).notes.length).toBe(1);
  });

  test("on the same cells cannot be told apart, and that is said; the cells stay treated", () => {
    const found = assess(events, { others: [other({ cells: disk(brettenham, 1) })] });
    expect(found.treatedArea.treated).toEqual([100, 60]);
    expect(found.notes).toEqual([
      'Another operation at the same time, "other" (from 1 September 2021), treats 7 cells of the same area. Their effects cannot be separated.',
    ]);
  });
});

describe("the check of the control", () => {
  const recorded = { from: "2020-08-01", to: "2021-11-26" };
  const windows = windowsFor(operation, { recorded });
  const monthly = (cell: H3Cell, counts: readonly number[]) =>
    counts.flatMap((count, month) =>
      many(count, report(cell, `${month < 5 ? 2020 : 2021}-${monthNumber(month)}-15T12:00`)),
    );
  /** August 2020 on. */
  const monthNumber = (month: number) => String(((month + 7) % 12) + 1).padStart(2, "0");
  const flat = new Array(16).fill(20);

  test("passes one that goes the same way, over the whole months before the start", () => {
    const events = [...monthly(brettenham, flat), ...monthly(controlCell, flat)];
    const { controlCheck } = assess(events, { windows });
    expect(controlCheck).toMatchObject({
      result: "passes",
      months: 12,
      firstMonth: "2020-08",
      lastMonth: "2021-07",
      dispersion: 1,
      sentence: "Comparison area: passes all 4 checks over 12 months before the start.",
    });
    expect(controlCheck.checks.map(({ label }) => label)).toEqual([
      "month by month",
      "by half-year",
      "overall",
      "trend",
    ]);
  });

  test("fails one that goes another way, with what and by how much", () => {
    const climbing = flat.map((_, month) => 5 + 3 * month);
    const events = [...monthly(brettenham, climbing), ...monthly(controlCell, flat)];
    const { controlCheck } = assess(events, { windows });
    expect(controlCheck.result).toBe("fails");
    expect(controlCheck.sentence).toMatch(
      /^Comparison area is weak: fails 3 of 4 checks .*: month by month difference 108 reports, limit \d+; .*trend difference \d+ report-months, limit/,
    );
  });

  test("looks at three years at most, however long the period before", () => {
    const long = windowsFor(operation, {
      beforeDays: 1_700,
      recorded: { from: "2016-01-01", to: "2021-11-26" },
    });
    const events = [...monthly(brettenham, flat), ...monthly(controlCell, flat)];
    const { controlCheck } = assess(events, { windows: long });
    expect(controlCheck).toMatchObject({
      months: 36,
      firstMonth: "2018-08",
      lastMonth: "2021-07",
    });
  });

  test("a month in which the control has none cannot be expected", () => {
    const some = flat.with(13, 0);
    const events = [...monthly(brettenham, flat), ...monthly(controlCell, some)];
    const { series } = assess(events, { windows }).treatedArea;
    expect(series.find(({ month }) => month === "2021-09")).toMatchObject({
      treated: 20,
      control: 0,
      expected: null,
      low: null,
      high: null,
    });
    expect(series.find(({ month }) => month === "2021-10")?.expected).toBeGreaterThan(0);
  });

  test("needs twelve whole months, and says how many there are", () => {
    const later = windowsFor(operation, { recorded: { from: "2020-09-01", to: "2021-11-26" } });
    const events = [...monthly(brettenham, flat), ...monthly(controlCell, flat)];
    const { controlCheck, treatedArea } = assess(events, { windows: later });
    expect(controlCheck.result).toBe("too_few_months");
    expect(controlCheck.sentence).toBe(
      "Comparison area: not enough months to check it before the start. 11 whole months known, 12 needed.",
    );
    expect(treatedArea.dispersion).toBe(1);
    // Without knowing since when there are records the period before is all there is: too short for the check.
    const alone = assess(events);
    expect(alone.controlCheck.months).toBe(3);
    expect(alone.controlCheck.dispersion).toBeNull();
  });

  test("of a control or an area without a report has nothing to say", () => {
    const { controlCheck } = assess(monthly(brettenham, flat), { windows });
    expect(controlCheck.result).toBe("no_reports");
    expect(controlCheck.sentence).toContain("cannot be checked");
  });

  test("names parts that hold more than a fifth of the treated area's reports, and keeps them", () => {
    const events = [
      ...many(100, report(brettenham, before)),
      ...many(15, report(controlCell, before)),
      ...many(21, report(far, before)),
      ...many(500, report(far, after)),
      ...many(19, report(cellAt([-0.1, 51.67], 10), before)),
    ];
    const found = assess(events);
    expect(found.controlCheck.heavy).toMatchObject([{ reports: 21, share: 0.21 }]);
    expect(found.treatedArea.control).toEqual([55, 500]);
    expect(found.controlCheck.heavy.every(({ cell }) => cell.length === 15)).toBe(true);
  });
});

test("every study cell is still counted in exactly one place with others about", () => {
  const other = {
    name: "other",
    cells: [controlCell, far],
    startsOn: "2021-09-01",
    endsOn: null,
    control: null,
    phases: [],
  };
  const found = assess([], { others: [other] });
  const inside = (cells: readonly H3Cell[]) => cells.filter((cell) => study.indexOf.has(cell));
  const all = [
    ...found.zones.treated,
    ...found.zones.rings,
    ...found.zones.control,
    ...found.zones.edges.flatMap((edge) => [...edge.inner, ...inside(edge.outer)]),
  ];
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBe(study.cells.length - 2);
});
