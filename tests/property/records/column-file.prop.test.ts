import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { cellAt, disk } from "#core/geo/cell.ts";
import { decodeColumns, encodeColumns } from "#core/records/column-file.ts";
import { joinColumns, splitColumns } from "#core/records/column-parts.ts";
import { eventCategories, eventSources, type PoliceEvent } from "#core/records/event.ts";
import { eventKinds } from "#core/records/kinds.ts";
import { minuteMs } from "#core/time/zone.ts";
import { columnsFromEvents } from "#tests/support/columns.ts";
import { runsOf } from "#tests/support/runs.ts";

const cells = disk(cellAt([-0.06, 51.62], 10), 12);
const tries = { numRuns: runsOf(500, 60) };

/** From before 1970 to 2037, with gaps and spans of every width that a column may have. */
const event: fc.Arbitrary<PoliceEvent> = fc
  .record({
    cell: fc.constantFrom(...cells),
    minute: fc.oneof(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -3e7, max: 3.5e7 })),
    span: fc.oneof(fc.constant(0), fc.nat(60), fc.nat(70_000), fc.nat(2e7)),
    kind: fc.constantFrom(...eventKinds),
    source: fc.constantFrom(...eventSources),
    category: fc.constantFrom(...eventCategories),
    type: fc.option(fc.constantFrom("Burglary", "Drugs", "Tapage à vélo"), { nil: undefined }),
  })
  .map(({ minute, span, type, ...rest }) => ({
    ...rest,
    ...(type === undefined ? {} : { type }),
    startsAt: minute * minuteMs,
    endsAt: (minute + span) * minuteMs,
  }));
const someEvents = fc.array(event, { maxLength: 300 });

describe("a file of events", () => {
  test.prop([someEvents], tries)("holds what went in, to the minute", (events) => {
    const columns = columnsFromEvents(events);
    expect(decodeColumns(encodeColumns(columns).buffer)).toEqual(columns);
  });

  test.prop([someEvents, fc.nat(1e6)], tries)(
    "is refused where any of it is missing",
    (events, cut) => {
      const file = encodeColumns(columnsFromEvents(events));
      const short = file.slice(0, cut % file.length);
      expect(() => decodeColumns(short.buffer)).toThrow(short.length < 8 ? TypeError : Error);
    },
  );

  test("takes six or seven octets a row", () => {
    const usual = Array.from({ length: 5_000 }, (_, at) => ({
      cell: cells[(at * 7) % cells.length] as (typeof cells)[number],
      kind: eventKinds[at % 3] as (typeof eventKinds)[number],
      source: "resident" as const,
      category: "asb" as const,
      startsAt: (at * 37 + ((at * at) % 11)) * minuteMs,
      endsAt: (at * 37 + 20 + (at % 600)) * minuteMs,
    }));
    const perRow = encodeColumns(columnsFromEvents(usual)).length / usual.length;
    expect(perRow).toBeLessThan(8);
  });
});

describe("columns parted at a minute", () => {
  test.prop([someEvents, fc.integer({ min: -3e7, max: 3.5e7 })], tries)(
    "are the same once they are joined again, each part with its own cells and types alone",
    (events, minute) => {
      const columns = columnsFromEvents(events);
      const [older, recent] = splitColumns(columns, minute);
      expect(older.start.every((start) => start < minute)).toBe(true);
      expect(recent.start.every((start) => start >= minute)).toBe(true);
      for (const { cell, cells: own, type, types } of [older, recent]) {
        expect(new Set(cell).size).toBe(own.length);
        expect(new Set(type.filter((one) => one > 0)).size).toBe(types.length);
      }
      expect(joinColumns(older, recent)).toEqual(columns);
    },
  );
});
