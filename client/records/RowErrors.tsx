import { useMemo, useState } from "react";
import { LongTable } from "#client/records/WideTable.tsx";
import type { TableColumn, TableSort } from "#client/ui/SortableTable.tsx";
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
  const [sort, setSort] = useState<TableSort>({ key: "row", down: false });
  const rows = useMemo(() => sorted(errors, sort), [errors, sort]);
  return (
    <LongTable
      caption="Refused rows"
      columns={columnsOf(unit)}
      rows={rows}
      rowKey={(row) => row.key}
      sort={sort}
      onSort={setSort}
    />
  );
}

type Numbered = ImportRowError & { readonly key: string };

function sorted(errors: readonly ImportRowError[], { key, down }: TableSort): readonly Numbered[] {
  const sign = down ? -1 : 1;
  const compare = (a: ImportRowError, b: ImportRowError) => {
    if (key === "column") return a.column.localeCompare(b.column, "en-GB");
    if (key === "reason") return a.reason.localeCompare(b.reason, "en-GB");
    return a.row - b.row;
  };
  return errors
    .map((error, index) => ({ ...error, key: `${index}` }))
    .sort((a, b) => sign * compare(a, b) || a.row - b.row);
}

const columnsOf = (unit: RowUnit): readonly TableColumn<Numbered>[] => [
  {
    key: "row",
    label: rowUnitWords[unit],
    isNumber: true,
    sortable: true,
    cell: (error) => error.row,
  },
  { key: "column", label: "Column", sortable: true, cell: (error) => error.column },
  { label: "Value", cell: (error) => <code>{error.value}</code> },
  { key: "reason", label: "Reason", sortable: true, cell: (error) => error.reason },
];

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
