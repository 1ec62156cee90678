import {
  detailWords,
  momentOf,
  purposeWords,
  roleName,
  verbWords,
} from "#client/accounts/audit/audit-words.ts";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import type { AuditRow } from "#core/accounts/wire/audit.ts";

const columns: readonly TableColumn<AuditRow>[] = [
  { key: "id", label: "Row", isNumber: true, cell: (row) => row.id },
  {
    key: "at",
    label: "When",
    cell: (row) => <span className="acts__when">{momentOf(row.at)}</span>,
  },
  {
    key: "person",
    label: "Who",
    cell: (row) => (
      <>
        {row.person}
        <span className="acts__quiet">{roleName(row.role)}</span>
      </>
    ),
  },
  {
    key: "act",
    label: "Act",
    cell: (row) => (
      <>
        {row.act}
        <span className="acts__quiet">{verbWords[row.verb]}</span>
      </>
    ),
  },
  { key: "purpose", label: "Purpose", cell: (row) => purposeWords[row.purpose] },
  {
    key: "outcome",
    label: "Outcome",
    cell: (row) =>
      row.outcome === "refused" ? <strong className="acts__refused">Refused</strong> : "Done",
  },
  { key: "detail", label: "About", cell: (row) => detailWords(row.detail) },
];

export interface ActTableProps {
  readonly rows: readonly AuditRow[];
  readonly chosen: AuditRow | null;
  readonly onChoose: (row: AuditRow | null) => void;
}

/** Who did what, as a table; a row can be chosen to ask for all acts of its person. */
export function ActTable({ rows, chosen, onChoose }: ActTableProps) {
  return (
    <div className="acts__scroll">
      <SortableTable
        caption="Acts, newest first"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        selectedKey={chosen?.id ?? null}
        onSelect={onChoose}
      />
    </div>
  );
}
