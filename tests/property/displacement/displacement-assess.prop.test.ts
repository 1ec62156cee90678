import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { expect } from "vitest";
import type { H3Cell } from "#core/geo/cell.ts";
import { cellAt, disk } from "#core/geo/cell.ts";
import type { PoliceEvent } from "#core/records/event.ts";
import {
  assess,
  brettenham,
  edgeZones,
  operation,
  study,
  windowsFor,
  zones,
} from "#tests/support/assessment.ts";
import { report } from "#tests/support/displacement.ts";
import { runsOf } from "#tests/support/runs.ts";

/** Few places, so that random events meet each other: one in every kind of zone, and one in none. */
const lea = zones.edges.find(({ neighbour }) => neighbour === "Waltham Forest");
const line = zones.edges.find(({ isInternal }) => isInternal);
const control = new Set(zones.control);
/** Two in the midst of the control, far from every edge and from each other. */
const midst = zones.control.filter((cell) => disk(cell, 4).every((near) => control.has(near)));
const [elsewhere, opposite] = [midst[0], midst.at(-1)] as [H3Cell, H3Cell];
const places = [
  brettenham,
  operation.cells[1],
  zones.rings[0],
  zones.rings[5],
  zones.control[0],
  elsewhere,
  opposite,
  lea?.inner[0],
  lea?.inner[7],
  lea?.outer[0],
  line?.inner[0],
  line?.outer[0],
  cellAt([2, 48], 10),
] as readonly H3Cell[];

const date = fc
  .integer({ min: 0, max: 700 })
  .map((day) => new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10));
const event = fc
  .record({
    cell: fc.constantFrom(...places),
    date,
    hour: fc.integer({ min: 0, max: 23 }),
    hours: fc.integer({ min: 0, max: 60 }),
    source: fc.constantFrom("resident", "partner", "police"),
    kind: fc.constantFrom("complaint", "sighting"),
  })
  .map(({ cell, date: on, hour, hours, ...more }): PoliceEvent => {
    const start = report(cell, `${on}T${String(hour).padStart(2, "0")}:30`, more);
    return { ...start, endsAt: start.startsAt + hours * 3_600_000 };
  });
const events = fc.array(event, { maxLength: 400 });
const windows = windowsFor(operation, { recorded: { from: "2020-01-01", to: "2021-11-26" } });

const tries = { numRuns: runsOf(20, 8) };

property.prop([events], tries)(
  "the two sides of every border add up, in counts, differences and months",
  (given) => {
    for (const edge of assess(given, { windows }).edges) {
      const outer = edge.outer ?? [0, 0];
      expect(edge.treated).toEqual([edge.inner[0] + outer[0], edge.inner[1] + outer[1]]);
      const within = edge.series.filter(({ isAfter }) => isAfter);
      expect(within.reduce((sum, { treated }) => sum + treated, 0)).toBe(edge.treated[1]);
      const last = edge.running.at(-1);
      expect(last?.wdd).toBe(edge.wdd);
      if (edge.controlScale === null) continue;
      expect(edge.running.at(-1)?.high).toBeCloseTo(edge.high ?? Number.NaN, 9);
    }
  },
);

property.prop([events], tries)(
  "the treated area and its rings add up to both together, as disjoint cells do",
  (given) => {
    const { overall, treatedArea, rings } = assess(given, { windows });
    for (const at of [0, 1] as const) {
      expect(treatedArea.treated[at] + rings.treated[at]).toBe(overall.treated[at]);
    }
    if (treatedArea.wdd === null || rings.wdd === null) return;
    expect(treatedArea.wdd + rings.wdd).toBeCloseTo(overall.wdd ?? Number.NaN, 6);
  },
);

property.prop([events], tries)(
  "every report by residents and partners of a period is counted in one zone or none",
  (given) => {
    const { overall, edges } = assess(given, { windows });
    const counted = (at: 0 | 1) =>
      overall.treated[at] +
      overall.control[at] +
      edges.reduce((sum, edge) => sum + edge.treated[at], 0);
    const { before, after } = windows;
    [before, after].forEach((period, at) => {
      const inside = given.filter(({ source, startsAt, endsAt, cell }) => {
        const middle = (startsAt + endsAt) / 2;
        return (
          source !== "police" &&
          study.indexOf.has(cell) &&
          middle >= period.startsAt &&
          middle < period.endsAt
        );
      });
      const beyond = edges.reduce((sum, edge) => {
        const zone = edgeZones.find(({ neighbour }) => neighbour === edge.neighbour);
        return sum + (zone?.isInternal ? 0 : (edge.outer?.[at] ?? 0));
      }, 0);
      expect(counted(at as 0 | 1) - beyond).toBe(inside.length);
    });
  },
);

property.prop([events], tries)(
  "treated and control swapped: the same finding with the sign turned",
  (given) => {
    // Two areas far from each other and from every edge; without earlier months nothing is widened.
    const [there, here] = [disk(elsewhere, 1), disk(opposite, 1)];
    const plain = windowsFor(operation);
    const forth = assess(given, {
      operation: { ...operation, cells: here, control: there },
      windows: plain,
    }).treatedArea;
    const back = assess(given, {
      operation: { ...operation, cells: there, control: here },
      windows: plain,
    }).treatedArea;
    expect(back.treated).toEqual(forth.control);
    expect(back.control).toEqual(forth.treated);
    if (forth.wdd === null || back.wdd === null) return;
    expect(back.wdd / (back.controlScale ?? Number.NaN)).toBeCloseTo(-forth.wdd, 6);
    expect(back.z ?? 0).toBeCloseTo(-(forth.z ?? 0), 6);
  },
);

property.prop([events], tries)("the order of the records changes nothing", (given) => {
  expect(assess([...given].reverse(), { windows })).toEqual(assess(given, { windows }));
});

property.prop([events], tries)(
  "scatter widens every interval about the same estimate and never narrows one",
  (given) => {
    const found = assess(given, { windows });
    const plain = assess(given, { windows: { ...windows, historyFrom: windows.before.from } });
    const rows = [found.overall, found.treatedArea, ...found.edges];
    [plain.overall, plain.treatedArea, ...plain.edges].forEach((row, at) => {
      const wide = rows[at];
      expect(wide?.wdd).toBe(row.wdd);
      if (row.se === null) return;
      expect(wide?.se).toBeGreaterThanOrEqual(row.se - 1e-12);
    });
  },
);
