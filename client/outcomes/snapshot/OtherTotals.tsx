import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import type { OutcomesReply } from "#core/outcomes/wire/outcomes.ts";

type Other = OutcomesReply["others"][number];

const columns: readonly TableColumn<Other>[] = [
  { key: "label", label: "Total", cell: ({ label }) => label },
  { key: "count", label: "In this period", isNumber: true, cell: ({ words }) => words },
];

/** What else was typed for exactly this period: notices after outreach, courses, what women reported. */
export function OtherTotals({ others }: { readonly others: readonly Other[] }) {
  if (others.length === 0) return null;
  return (
    <section className="outcomes__others" aria-labelledby="other-totals">
      <h2 id="other-totals">Other totals of this period</h2>
      <div className="outcomes__scroll">
        <SortableTable
          caption="Other totals of this period"
          columns={columns}
          rows={others}
          rowKey={({ measure }) => measure}
        />
      </div>
    </section>
  );
}
