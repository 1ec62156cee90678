import { formatMinutes } from "#client/patrols/plan-words.ts";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import type { DebriefsReply } from "#core/patrols/wire/debrief.ts";

type DoseRow = DebriefsReply["dose"][number];

const columns: readonly TableColumn<DoseRow>[] = [
  { key: "place", label: "Where", cell: ({ place }) => place },
  { key: "planned", label: "Planned, min", isNumber: true, cell: (row) => row.plannedMinutes },
  { key: "done", label: "Done, min", isNumber: true, cell: (row) => row.doneMinutes },
  { key: "other", label: "Other logged, min", isNumber: true, cell: (row) => row.otherMinutes },
];

/**
 * The dose by place, planned against done, where police were longest first: on screen alone. On paper it
 * is one total (SAFEGUARDS 6).
 */
export function DebriefDose({ reply }: { readonly reply: DebriefsReply }) {
  const { dose } = reply;
  if (dose.length === 0) return null;
  const minutes = dose.reduce((all, row) => all + row.doneMinutes + row.otherMinutes, 0);
  return (
    <section className="debrief__dose" aria-label="Where police were">
      <h2>Where police were in the last two weeks</h2>
      <p>
        {formatMinutes(minutes)} logged in all. It counts towards the visits that a place may have,
        and reports are set against it under Effort.
      </p>
      <div className="no-print">
        <SortableTable
          caption="Minutes by place"
          columns={columns}
          rows={dose}
          rowKey={({ cell }) => cell}
        />
      </div>
    </section>
  );
}
