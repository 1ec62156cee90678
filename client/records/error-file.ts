import { csvRow, defuse } from "#core/import/write-csv.ts";
import type { ImportRowError } from "#core/wire/import.ts";

/** The row errors as a file that a spreadsheet opens without running anything in it. */
export function errorFile(errors: readonly ImportRowError[]): string {
  const rows = errors.map(({ row, column, value, reason }) =>
    csvRow([String(row), column, value, reason].map(defuse)),
  );
  return `${[csvRow(["line", "column", "value", "reason"]), ...rows].join("\r\n")}\r\n`;
}
