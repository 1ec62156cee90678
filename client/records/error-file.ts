import { type RowUnit, rowUnitWords } from "#core/import/row-unit.ts";
import { csvRow, defuse } from "#core/import/write-csv.ts";
import type { ImportRowError } from "#core/wire/import.ts";

/** The row errors as a file that a spreadsheet opens without running anything in it. */
export function errorFile(errors: readonly ImportRowError[], unit: RowUnit = "line"): string {
  const rows = errors.map(({ row, column, value, reason }) =>
    csvRow([String(row), column, value, reason].map(defuse)),
  );
  return `${[csvRow([rowUnitWords[unit].toLowerCase(), "column", "value", "reason"]), ...rows].join("\r\n")}\r\n`;
}
