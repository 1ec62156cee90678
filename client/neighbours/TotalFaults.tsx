import type { RowError } from "#client/api/api-error.ts";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";

const columns: readonly TableColumn<RowError>[] = [
  { key: "row", label: "Row", isNumber: true, cell: ({ row }) => row ?? "" },
  { key: "field", label: "Column", cell: ({ field }) => field ?? "" },
  {
    key: "value",
    label: "Value",
    cell: ({ value }) => value || <span className="quiet">empty</span>,
  },
  { key: "reason", label: "Reason, and what to do", cell: ({ reason }) => reason },
];

/** What is wrong with totals that were not taken. */
export function TotalFaults({ faults }: { readonly faults: readonly RowError[] }) {
  return (
    <div className="neighbours__scroll neighbours__faults">
      <SortableTable
        caption="What is wrong"
        columns={columns}
        rows={faults}
        rowKey={({ row, field, reason }) => `${row} ${field} ${reason}`}
      />
    </div>
  );
}
