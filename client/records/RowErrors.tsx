import { LongTable } from "#client/records/WideTable.tsx";
import type { ImportRowError } from "#core/records/wire/import.ts";
import { type RowUnit, rowUnitWords } from "#core/table/row-unit.ts";
import { csvRow, defuse } from "#core/table/write-csv.ts";

export function RowErrors({
  errors,
  unit,
}: {
  readonly errors: readonly ImportRowError[];
  readonly unit: RowUnit;
}) {
  const rows = errors.map((error, index) => ({ ...error, key: `${index}` }));
  return (
    <LongTable
      caption="Refused rows"
      columns={[
        { label: rowUnitWords[unit], isNumber: true, cell: ({ row }) => row },
        { label: "Column", cell: ({ column }) => column },
        { label: "Value", cell: ({ value }) => <code>{value}</code> },
        { label: "Reason", cell: ({ reason }) => reason },
      ]}
      rows={rows}
      rowKey={({ key }) => key}
    />
  );
}

/** CSV, safe from spreadsheet formulas. */
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
