import type { ImportRowError } from "#core/records/wire/import.ts";
import { type RowUnit, rowUnitWords } from "#core/table/row-unit.ts";
import { csvRow, defuse } from "#core/table/write-csv.ts";

/** The row errors as a file that a spreadsheet opens without running anything in it. */
export function errorFile(
  errors: readonly ImportRowError[],
  {
    unit = "line",
    all = errors.length,
  }: { readonly unit?: RowUnit | undefined; readonly all?: number } = {},
): string {
  const rows = errors.map(({ row, column, value, reason }) =>
    csvRow([String(row), column, value, reason].map(defuse)),
  );
  const rest = all - errors.length;
  const more = rest > 0 ? [csvRow(["", "", "", `and ${rest} more refused rows, not listed`])] : [];
  const head = csvRow([rowUnitWords[unit].toLowerCase(), "column", "value", "reason"]);
  return `${[head, ...rows, ...more].join("\r\n")}\r\n`;
}
