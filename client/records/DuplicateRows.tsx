import { useState } from "react";
import { Button } from "#client/ui/Button.tsx";
import { formatCount, formatQuantity } from "#client/ui/format.ts";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import type { ImportDuplicate } from "#core/records/wire/import.ts";
import { type RowUnit, rowUnitWords } from "#core/table/row-unit.ts";

export interface DuplicateRowsProps {
  /** Those that the server lists. */
  readonly rows: readonly ImportDuplicate[];
  /** All of them. */
  readonly count: number;
  readonly unit: RowUnit;
}

const pageRows = 50;

/** Which rows were left out because an earlier import brought them; shut, as most are no surprise. */
export function DuplicateRows({ rows, count, unit }: DuplicateRowsProps) {
  const [shown, setShown] = useState(pageRows);
  if (rows.length === 0) return null;
  const all = formatQuantity(count, "row");
  return (
    <details className="outcome__duplicates">
      <summary>
        {count > rows.length ? `The first ${formatCount(rows.length)} of ${all}` : all} that{" "}
        {count === 1 ? "was" : "were"} there before
      </summary>
      <SortableTable
        caption="Rows that were there before"
        columns={columnsOf(unit)}
        rows={rows.slice(0, shown)}
        rowKey={({ row }) => String(row)}
      />
      {rows.length > shown ? (
        <Button look="quiet" onClick={() => setShown(shown + pageRows)}>
          Show more of {formatQuantity(rows.length, "row")}
        </Button>
      ) : null}
    </details>
  );
}

const columnsOf = (unit: RowUnit): readonly TableColumn<ImportDuplicate>[] => [
  { key: "line", label: rowUnitWords[unit], isNumber: true, cell: ({ row }) => row },
  { key: "batch", label: "Came in with", cell: ({ fileName }) => fileName },
  { key: "number", label: "Batch", isNumber: true, cell: ({ batch }) => batch },
  { key: "why", label: "Known by", cell: whyKnown },
];

function whyKnown({ by, differs }: ImportDuplicate): string {
  if (by === "content") return "the same content";
  return differs ? "its reference; the content differs" : "its reference";
}
