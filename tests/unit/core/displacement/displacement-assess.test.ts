import { describe, expect, test } from "vitest";
import { assessDisplacement } from "#core/displacement/assess.ts";
import { assessmentZones } from "#core/displacement/zones.ts";
import { cellAt, disk, type H3Cell } from "#core/geo/cell.ts";
import type { PoliceEvent } from "#core/records/event.ts";
import { unknownMonthsOf } from "#core/records/unknown-months.ts";
import { bundledStudy, bundledZones } from "#tests/support/bundled-places.ts";
import { columnsFromEvents } from "#tests/support/columns.ts";
import { london, report, windowsFrom } from "#tests/support/displacement.ts";

const study = bundledStudy();
const edges = bundledZones();
const brettenham = cellAt([-0.0631, 51.6179], 10);
const windows = windowsFrom("2021-08-01", "2021-11-26");

function zonesFor(treated: readonly H3Cell[]) {
  return assessmentZones({ treated, study, edgeZones: edges });
}

describe("zones", () => {
  const zones = zonesFor(disk(brettenham, 3));

  test("the rings are the cells within two steps of the treated ones", () => {
    expect(zones.treated.length).toBe(37);
    expect(new Set(zones.rings)).toEqual(
      new Set(disk(brettenham, 5).filter((cell) => !disk(brettenham, 3).includes(cell))),
    );
    expect(zones.areRingsCut).toBe(false);
  });

  test("rings that reach over the command's line are cut there, and that is said", () => {
    const inner = edges.find((edge) => edge.neighbour === "Waltham Forest")?.inner ?? [];
    const atLine = inner.find((cell) => !disk(cell, 1).every((other) => study.indexOf.has(other)));
    const cut = zonesFor([atLine as H3Cell]);
    expect(cut.areRingsCut).toBe(true);
    expect(cut.rings.every((cell) => study.indexOf.has(cell))).toBe(true);
  });
});

describe("an assessment", () => {
  const treated = disk(brettenham, 1);
  const zones = zonesFor(treated);
  const somewhere = zones.control[0] as H3Cell;
  const ring = zones.rings[0] as H3Cell;
  const lea = zones.edges.find((edge) => edge.neighbour === "Waltham Forest")?.inner[0] as H3Cell;
  const many = (count: number, event: PoliceEvent) => Array.from({ length: count }, () => event);

  function assess(events: readonly PoliceEvent[], unknown: readonly string[] = []) {
    return assessDisplacement({
      unknown: unknownMonthsOf(london, unknown),
      operation: {
        name: "test",
        cells: treated,
        startsOn: "2021-08-01",
        endsOn: null,
        control: null,
        phases: [],
      },
      windows,
      study,
      edgeZones: edges,
      events: columnsFromEvents(events),
      zone: london,
    });
  }

  const moved = [
    ...many(120, report(brettenham, "2021-06-10T22:00")),
    ...many(40, report(brettenham, "2021-09-10T22:00")),
    ...many(30, report(ring, "2021-06-10T22:00")),
    ...many(30, report(ring, "2021-10-10T22:00")),
    ...many(200, report(somewhere, "2021-06-10T22:00")),
    ...many(200, report(somewhere, "2021-11-10T22:00")),
    ...many(20, report(lea, "2021-05-10T22:00")),
    ...many(70, report(lea, "2021-10-10T22:00")),
  ];

  test("an unknown month is compared on neither side, and that is said", () => {
    const steady = ["05", "06", "07", "08", "09", "10"].flatMap((month) => [
      ...many(30, report(brettenham, `2021-${month}-10T22:00`)),
      ...(month === "09" ? [] : many(100, report(somewhere, `2021-${month}-10T22:00`))),
    ]);
    expect(assess(steady).treatedArea).toMatchObject({ treated: [90, 90], control: [300, 200] });
    const { treatedArea, notes } = assess(steady, ["2019-09", "2021-09"]);
    expect(treatedArea).toMatchObject({ treated: [90, 60], control: [300, 200], wdd: 0 });
    expect(treatedArea.series.map(({ month }) => month)).not.toContain("2021-09");
    expect(notes).toEqual(["Sep 2021 is left out: most of its reports had no place."]);
  });

  test("unknown months one after the other are left out too", () => {
    const { treatedArea, notes } = assess(moved, ["2021-09", "2021-10"]);
    expect(treatedArea.running.map(({ month }) => month)).toEqual([
      "2021-08",
      "2021-09",
      "2021-10",
      "2021-11",
    ]);
    expect(treatedArea.series.map(({ month }) => month)).not.toContain("2021-10");
    expect(notes).toEqual([
      "Sep 2021 and Oct 2021 are left out: most of their reports had no place.",
    ]);
  });

  test("counts by place and period, judges, and says that it moved", () => {
    const found = assess(moved);
    expect(found.treatedArea).toMatchObject({
      treated: [120, 40],
      control: [200, 200],
      verdict: "fall",
    });
    expect(found.rings).toMatchObject({ treated: [30, 30], verdict: "no_clear_change" });
    expect(found.overall).toMatchObject({ treated: [150, 70], wdd: -80, verdict: "fall" });
    const edge = found.edges.find((row) => row.neighbour === "Waltham Forest");
    expect(edge).toMatchObject({
      treated: [20, 70],
      inner: [20, 70],
      outer: null,
      wdd: 50,
      verdict: "rise",
      oneSided: true,
    });
    expect(edge?.sentence).toMatch(
      /^Along the boundary with Waltham Forest, between .* a rise\. Only this side/,
    );
    expect(found.edges.filter((row) => row.verdict === "cannot_tell").length).toBe(9);
    expect(found.banner).toContain("rose at the boundary: Waltham Forest");
  });

  test("the running figure ends at the estimate and starts at the first month", () => {
    const { overall } = assess(moved);
    expect(overall.running.map((figure) => figure.month)).toEqual([
      "2021-08",
      "2021-09",
      "2021-10",
      "2021-11",
    ]);
    const last = overall.running.at(-1);
    expect(last?.wdd).toBeCloseTo(overall.wdd ?? Number.NaN, 9);
    expect(last?.low).toBeCloseTo(overall.low ?? Number.NaN, 9);
    // Nothing was reported anywhere in August: 0 against 0, with the baseline's own spread alone.
    expect(overall.running[0]).toMatchObject({ canTell: false });
    expect(overall.running[0]?.wdd).toBeCloseTo(0, 9);
  });

  test("what police discovered changes nothing (SAFEGUARDS 9)", () => {
    const arrests = many(
      500,
      report(brettenham, "2021-09-10T22:00", { kind: "arrest", source: "police" }),
    );
    expect(assess([...moved, ...arrests])).toEqual(assess(moved));
  });

  test("an uncertain span counts where its middle lies", () => {
    const span = (from: string, to: string) =>
      report(brettenham, from, { endsAt: report(brettenham, to).startsAt });
    const spans = [
      ...many(11, span("2021-07-25T00:00", "2021-08-09T00:00")),
      ...many(13, span("2021-07-20T00:00", "2021-08-06T00:00")),
      ...many(5, span("2021-04-01T00:00", "2021-04-07T00:00")),
    ];
    expect(assess(spans).treatedArea.treated).toEqual([13, 11]);
  });

  test("events outside both periods and outside every zone are not counted", () => {
    const elsewhere = cellAt([-1.5, 53.5], 10);
    const outside = [
      report(brettenham, "2021-04-04T23:59"),
      report(brettenham, "2021-11-27T00:00"),
      report(elsewhere, "2021-09-10T22:00"),
    ];
    expect(assess(outside).treatedArea.treated).toEqual([0, 0]);
    expect(assess([]).edges.every((row) => row.verdict === "cannot_tell")).toBe(true);
  });

  test("a treated area without a cell in the command is refused", () => {
    expect(() =>
      assessDisplacement({
        operation: {
          name: "far",
          cells: [cellAt([2, 48], 10)],
          startsOn: "2021-08-01",
          endsOn: null,
          control: null,
          phases: [],
        },
        windows,
        study,
        edgeZones: edges,
        events: columnsFromEvents([]),
        zone: london,
      }),
    ).toThrow('"far" has no treated cell');
  });
});
