import { Button } from "#client/ui/Button.tsx";
import { formatCount, formatDate, formatDateRange } from "#client/ui/format.ts";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import {
  type StoredTallyReply,
  type TallyReason,
  tallyReasons,
} from "#core/outcomes/wire/tallies.ts";

export interface TallyTableProps {
  readonly rows: readonly StoredTallyReply[];
  /** Absent for those who only read. */
  readonly onCorrect?: (tally: StoredTallyReply) => void;
}

/** The latest period first; each row with every value that it ever had. */
export function TallyTable({ rows, onCorrect }: TallyTableProps) {
  const columns: readonly TableColumn<StoredTallyReply>[] = [
    { key: "period", label: "Period", cell: ({ from, to }) => formatDateRange(from, to) },
    { key: "label", label: "What was counted", cell: ({ label }) => label },
    {
      key: "value",
      label: "Total",
      isNumber: true,
      cell: ({ value }) =>
        value === null ? <span className="quiet">withdrawn</span> : formatCount(value),
    },
    { key: "takenFrom", label: "Taken from", cell: ({ takenFrom }) => takenFrom ?? "" },
    { key: "history", label: "Typed", cell: (tally) => <History tally={tally} /> },
    ...(onCorrect
      ? [
          {
            key: "correct",
            label: "Correct",
            cell: (tally: StoredTallyReply) => (
              <Button
                look="quiet"
                aria-label={`Correct ${tally.label}, ${formatDateRange(tally.from, tally.to)}`}
                onClick={() => onCorrect(tally)}
              >
                Correct
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by key.
    <section className="outcomes__scroll" tabIndex={0} aria-label="Totals typed">
      <SortableTable
        caption="Totals typed"
        columns={columns}
        rows={rows}
        rowKey={({ id }) => String(id)}
      />
    </section>
  );
}

function History({ tally }: { readonly tally: StoredTallyReply }) {
  const last = tally.changes.at(-1);
  if (!last) return null;
  const line = ({ at, by }: typeof last) => `${formatDate(at.slice(0, 10))}, ${by}`;
  if (tally.changes.length === 1) return <span>{line(last)}</span>;
  return (
    <details>
      <summary>{line(last)}, corrected</summary>
      <ol className="outcomes__history">
        {tally.changes.map((change, at) => (
          <li key={change.at}>
            {line(change)}:{" "}
            {at === 0 ? "" : `from ${valueWords(tally.changes[at - 1]?.value ?? null)} `}
            to {valueWords(change.value)}
            {reasonWords(change.reason, at)}
          </li>
        ))}
      </ol>
    </details>
  );
}

/** Only what follows a withdrawal has no reason after the first. */
function reasonWords(reason: TallyReason | null, at: number): string {
  if (reason !== null) return `. ${tallyReasons[reason]}`;
  return at === 0 ? "" : ". Typed anew";
}

function valueWords(value: number | null): string {
  return value === null ? "withdrawn" : formatCount(value);
}
