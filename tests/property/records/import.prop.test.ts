import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { cellAt, eventResolution } from "#core/geo/cell.ts";
import { eventCategories } from "#core/records/event.ts";
import { eventKinds } from "#core/records/kinds.ts";
import { csvRow } from "#core/table/write-csv.ts";
import { certainKind } from "#core/text/personal-value.ts";
import { formatLocal, minuteMs } from "#core/time/zone.ts";
import { readText } from "#tests/support/import.ts";
import { london } from "#tests/support/outreach.ts";
import { someTries } from "#tests/support/runs.ts";

const minute = fc.integer({
  min: Date.UTC(2020, 0, 1) / minuteMs,
  max: Date.UTC(2025, 11, 1) / minuteMs,
});
const goodRow = fc.record({
  at: minute,
  lat: fc.integer({ min: 51_560_000, max: 51_700_000 }).map((value) => (value / 1e6).toFixed(6)),
  lng: fc.integer({ min: -180_000, max: 40_000 }).map((value) => (value / 1e6).toFixed(6)),
  kind: fc.constantFrom(...eventKinds),
  category: fc.constantFrom(...eventCategories),
});
/** But for what looks personal: in a table of two rows one such value is half of its column, which is then not read at all. */
const anyCell = fc
  .oneof(
    fc.constantFrom("", "NaN", "91", "1e308", "31/02/2021", "24:00", "=1+1", "-", "\u202E", "0"),
    fc.string({ maxLength: 12 }).map((text) => text.replaceAll("\0", "")),
  )
  .filter((text) => certainKind(text) === null);
const header = "When,Lat,Lng,Kind,Category";

test.prop([fc.array(goodRow, { minLength: 1, maxLength: 30 })], someTries)(
  "what is written in UTC is read back to the minute, the cell and the words",
  (rows) => {
    const body = rows.map((row) =>
      csvRow([new Date(row.at * minuteMs).toISOString(), row.lat, row.lng, row.kind, row.category]),
    );
    const { drafts, faults } = readText([header, ...body].join("\n"));
    expect(faults).toEqual([]);
    expect(
      drafts.map(({ startsAt, endsAt, cell, kind, category }) => [
        startsAt,
        endsAt,
        cell,
        kind,
        category,
      ]),
    ).toEqual(
      rows.map((row) => [
        row.at * minuteMs,
        row.at * minuteMs,
        cellAt([Number(row.lng), Number(row.lat)], eventResolution),
        row.kind,
        row.category,
      ]),
    );
  },
);

test.prop([minute], someTries)(
  "London wall-clock time is read back: one instant, or both of a doubled hour",
  (at) => {
    const instant = at * minuteMs;
    const local = london.toLocal(instant);
    const { drafts } = readText(`${header}\n${formatLocal(local)},51.62,-0.06,complaint,asb`);
    const instants = london.instantsOf(local);
    expect(drafts).toMatchObject([{ startsAt: instants[0], endsAt: instants.at(-1) }]);
    expect(instants).toContain(instant);
  },
);

test.prop(
  [
    fc.array(fc.oneof(goodRow, fc.array(anyCell, { minLength: 1, maxLength: 7 })), {
      minLength: 1,
      maxLength: 40,
    }),
    fc.integer({ min: 1, max: 50 }),
  ],
  someTries,
)("every row of any table is read or refused, once, wherever the pieces part", (rows, length) => {
  const cells = rows.map((row) =>
    Array.isArray(row)
      ? ["x", ...row]
      : [new Date(row.at * minuteMs).toISOString(), row.lat, row.lng, row.kind, row.category],
  );
  const text = [header, ...cells.map((row) => csvRow(row))].join("\n");
  const choices = { dates: "day-first" } as const;
  const whole = readText(text, choices);
  expect(whole.drafts.length + whole.faults.length).toBe(rows.length);
  expect(whole.drafts.length).toBeGreaterThanOrEqual(
    rows.filter((row) => !Array.isArray(row)).length,
  );
  expect(readText(text, choices, length)).toEqual(whole);
  for (const fault of whole.faults) expect(fault.reason.length).toBeGreaterThan(5);
});
