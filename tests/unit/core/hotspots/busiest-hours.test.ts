import fc from "fast-check";
import { expect, test } from "vitest";
import { cellClocks } from "#core/hotspots/busiest-hours.ts";
import { createSummary } from "#core/hotspots/counts.ts";
import { prepareEvents, studyIndexOfCells } from "#core/hotspots/prepare.ts";
import { busiestBlock, busiestShort } from "#core/hotspots/sentence.ts";
import { summarise } from "#core/hotspots/summary.ts";
import type { PoliceEvent } from "#core/records/event.ts";
import { minuteMs } from "#core/time/zone.ts";
import { columnsFromEvents } from "#tests/support/columns.ts";
import { disc, london } from "#tests/support/hotspot-events.ts";
import { complaintAt } from "#tests/support/reports.ts";

const from = Date.parse("2021-10-01T00:00+01:00") / minuteMs;
const filter = {
  from,
  to: Date.parse("2021-12-01T00:00Z") / minuteMs,
  kinds: ["complaint"],
  sources: ["resident"],
  categories: null,
  hours: null,
} as const;

/** Some before the dates, over an end of them, without a length, longer than a day, of another kind. */
const anyEvent = fc
  .record({
    at: fc.integer({ min: -3000, max: 90_000 }),
    length: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 2000 })),
    cell: fc.integer({ min: 0, max: 2 }),
    kind: fc.constantFrom("complaint" as const, "sighting" as const),
  })
  .map(({ at, length, cell, kind }) =>
    complaintAt(disc.cells[cell] as PoliceEvent["cell"], (from + at) * minuteMs, {
      kind,
      endsAt: (from + at + length) * minuteMs,
    }),
  );

test("the clock of a place is the one that the summary of that place alone has", () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { minLength: 1, maxLength: 40 }), (given) => {
      const sorted = given.toSorted((a, b) => a.startsAt - b.startsAt);
      const events = prepareEvents(columnsFromEvents(sorted), london);
      const indexOfCell = studyIndexOfCells(events.columns, disc);
      const clocks = cellClocks({ events, indexOfCell, cells: [2, 0], filter });
      for (const [at, cell] of [2, 0].entries()) {
        const alone = indexOfCell.map((index) => (index === cell ? 0 : -1));
        const { clock } = summarise(events, alone, filter, createSummary(1));
        for (const [hour, weight] of clock.entries()) {
          expect(clocks[at]?.[hour]).toBeCloseTo(weight, 9);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test("a column names the same hours as the sentence, in fewer letters", () => {
  const clock = new Float64Array(168);
  clock[4 * 24 + 23] = 3;
  clock[5 * 24] = 2;
  expect(busiestBlock(clock)).toBe("Friday 22:00 to 02:00");
  expect(busiestShort(clock)).toBe("Fri 22:00-02:00");
  expect(busiestShort(new Float64Array(168))).toBe(null);
});
