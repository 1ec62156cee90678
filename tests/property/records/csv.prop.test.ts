import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { createRowReader } from "#core/table/row-reader.ts";
import { csvRow } from "#core/table/write-csv.ts";
import { isPersonalColumn } from "#core/text/personal-columns.ts";
import { createTextKeeper } from "#tests/support/keep-text.ts";

/** Cells of the characters that a table can go wrong over, and of any others. */
const cell = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", ",", ";", '"', "\n", "\r", " ", "\t", "é", "=", "0") }),
  fc.string({ unit: "grapheme" }).map((text) => text.replaceAll("\0", "")),
);
const isBlank = (row: readonly string[]) => row.every((text) => text.trim() === "");
const table = fc
  .integer({ min: 1, max: 6 })
  .chain((width) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 12 }),
  )
  .map((rows) => rows.filter((row) => !isBlank(row)));
const delimiter = fc.constantFrom(",", ";", "\t", "|");
const lineEnd = fc.constantFrom("\n", "\r\n", "\r");

/** `="07700"` is how spreadsheets keep a text from being read as a number: the text is what was meant. */
function withoutMark(text: string): string {
  return /^="[^"]+"$/.test(text) ? text.slice(2, -1).trim() : text;
}

function readInPieces(text: string, pieces: readonly number[], by: string) {
  const reader = createRowReader(by);
  const rows = [];
  let at = 0;
  for (const length of pieces) {
    rows.push(...reader.push(text.slice(at, at + length)));
    at += length;
  }
  rows.push(...reader.push(text.slice(at)), ...reader.finish());
  return rows;
}

test.prop([table, delimiter, lineEnd])("any table written as CSV is read back", (rows, by, end) => {
  const marked = rows.map((row) =>
    row.map((text, at) => (at === 0 ? text.replace(/^\uFEFF/, "") : text)),
  );
  const text = marked.map((row) => csvRow(row, by) + end).join("");
  expect(readInPieces(text, [], by).map((row) => row.cells)).toEqual(
    marked.map((row) => row.map(withoutMark)).filter((row) => !isBlank(row)),
  );
});

test.prop([
  fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "\r", " ", "b") }),
  fc.array(fc.integer({ min: 0, max: 4 })),
])(
  "where the pieces of a text part makes no difference, not even to its errors",
  (text, pieces) => {
    const attempt = (lengths: readonly number[]) => {
      try {
        return readInPieces(text, lengths, ",");
      } catch (error) {
        return String(error);
      }
    };
    expect(attempt(pieces)).toEqual(attempt([]));
  },
);

test.prop([
  table,
  fc.uniqueArray(fc.constantFrom("Name", "Notes", "Date", "Kind", "Phone", "Lat")),
])("no cell of a personal column is left in what the browser sends", (rows, headers) => {
  if (headers.length === 0) return;
  const width = headers.length;
  const secret = (line: number, at: number) => `secret${line}x${at}`;
  const body = rows.map((row, line) =>
    headers.map((header, at) => (isPersonalColumn(header) ? secret(line, at) : (row[at] ?? "x"))),
  );
  const text = [headers, ...body].map((row) => `${csvRow(row)}\n`).join("");
  const keeper = createTextKeeper();
  const sent = keeper.push(text) + keeper.finish();
  expect(sent).not.toContain("secret");
  expect(keeper.blocked()).toEqual(headers.filter(isPersonalColumn));
  expect(width).toBeGreaterThan(0);
});
