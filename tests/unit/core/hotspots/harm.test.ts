import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSummary } from "#core/hotspots/counts.ts";
import { type EventFilter, hourMask } from "#core/hotspots/filter.ts";
import { describeHarm, formatHarm, harmClasses, noWeight, sumHarm } from "#core/hotspots/harm.ts";
import { prepareEvents, studyIndexOfCells } from "#core/hotspots/prepare.ts";
import { summarise } from "#core/hotspots/summary.ts";
import { eventSources, isReported, type PoliceEvent } from "#core/records/event.ts";
import { harmByClass, harmNames } from "#core/records/harm.ts";
import { eventKinds } from "#core/records/kinds.ts";
import { minuteMs } from "#core/time/zone.ts";
import { columnsFromEvents } from "#tests/support/columns.ts";
import { disc, london, someEvents } from "#tests/support/hotspot-events.ts";

const from = Date.parse("2021-10-20T00:00Z") / minuteMs;
const all: EventFilter = {
  from,
  to: from + 20 * 1440,
  kinds: eventKinds,
  sources: eventSources,
  categories: null,
  hours: null,
};
const cells = disc.cells.length;

function sums(list: readonly PoliceEvent[], filter: EventFilter, byClass: Float64Array) {
  const events = prepareEvents(columnsFromEvents(list), london);
  const indexOfCell = studyIndexOfCells(events.columns, disc);
  return {
    sums: sumHarm(events, indexOfCell, cells, filter, byClass),
    summary: (sources: EventFilter["sources"]) =>
      summarise(events, indexOfCell, { ...filter, sources }, createSummary(cells)),
  };
}

const event = (part: Partial<PoliceEvent>): PoliceEvent => ({
  cell: disc.cells[0] as PoliceEvent["cell"],
  kind: "complaint",
  source: "resident",
  category: "asb",
  startsAt: (from + 60) * minuteMs,
  endsAt: (from + 60) * minuteMs,
  ...part,
});

describe("harm of reports", () => {
  test("is the sum of weights: a category goes before a kind, and without either there is none", () => {
    const byClass = harmByClass([
      { name: "complaint", weight: 2 },
      { name: "traffic", weight: 10 },
    ]);
    const list = [
      event({}),
      event({ category: "traffic" }),
      event({ kind: "sighting", category: "traffic" }),
      event({ kind: "sighting" }),
    ];
    const { sums: found } = sums(list, all, byClass);
    expect(found.harm[0]).toBe(22);
    expect([found.weighed, found.unweighed]).toEqual([3, 1]);
  });

  test("SAFEGUARDS 9: harm never has what police discovered, whatever sources are asked for", () => {
    const byClass = harmByClass([{ name: "asb", weight: 5 }]);
    const list = [
      event({}),
      event({ source: "police" }),
      event({ kind: "arrest", source: "police" }),
    ];
    const { harm, weighed } = sums(list, all, byClass).sums;
    expect([harm[0], weighed]).toEqual([5, 1]);
    expect(sums(list, { ...all, sources: ["police"] }, byClass).sums.weighed).toBe(0);
  });

  test("with a weight of one for everything is the count of the reports, under any filter", () => {
    const ones = harmByClass(harmNames.map((name) => ({ name, weight: 1 })));
    const evening = hourMask(["fri", "sat"], { from: 20, to: 2 });
    fc.assert(
      fc.property(someEvents, fc.boolean(), fc.nat(10), (list, isEvening, day) => {
        const hours = isEvening ? evening : null;
        const filter = { ...all, hours, from: from + day * 1440 };
        const found = sums(list, filter, ones);
        const { counts } = found.summary(["resident", "partner"]);
        expect([...found.sums.harm]).toEqual([...counts]);
        expect(found.sums.weighed).toBeLessThanOrEqual(list.filter(isReported).length);
      }),
      { numRuns: 60 },
    );
  });
});

describe("classes of harm", () => {
  test("follow the share that places with more harm hold together, equal places alike", () => {
    const harm = Float64Array.of(50, 25, 10, 10, 5, 0, 0);
    const classes = [...harmClasses(harm, [1, 1, 1, 1, 1, 3, 0])];
    expect(classes).toEqual([1, 3, 4, 4, 4, noWeight, 0]);
    expect([...harmClasses(Float64Array.of(3, 3, 3, 3), [1, 1, 1, 1])]).toEqual([1, 1, 1, 1]);
  });

  test("do not depend on the unit of the weights", () => {
    const harm = Float64Array.of(40, 30, 20, 10, 1);
    const reports = [1, 1, 1, 1, 1];
    expect(
      harmClasses(
        harm.map((value) => value * 64),
        reports,
      ),
    ).toEqual(harmClasses(harm, reports));
  });
});

test("the sentence says units, places that hold half, and reports without a weight", () => {
  const noun = { one: "report", many: "reports" };
  const harm = Float64Array.of(1000, 500, 500);
  const told = { weeks: 8, noun };
  expect(describeHarm({ ...told, sums: { harm, weighed: 40, unweighed: 1 } })).toBe(
    "40 reports in 8 weeks: 2,000 units of harm, half of it in 1 place. 1 report has no weight.",
  );
  expect(describeHarm({ ...told, sums: { harm, weighed: 0, unweighed: 3 } })).toBe(
    "No reports with a harm weight in 8 weeks. 3 reports have no weight.",
  );
  expect([1234.5, 12.34, 0.01, 0].map(formatHarm)).toEqual(["1,235", "12.3", "under 0.1", "0"]);
});
