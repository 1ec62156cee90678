import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { keptCall } from "#client/live/kept.ts";
import { TallyForm } from "#client/outcomes/tallies/TallyForm.tsx";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Kept } from "#client/ui/Loaded.tsx";
import { Select } from "#client/ui/Select.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { readTallyValue } from "#core/outcomes/tally-value.ts";
import {
  type StoredTallyReply,
  type TallyReason,
  tallyCalls,
  tallyReasons,
} from "#core/outcomes/wire/tallies.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { formatDate, formatDateRange } from "#core/time/words.ts";

const tallies = keptCall(tallyCalls.list, "tallies");

export function Tallies() {
  const { role } = useSession();
  const mayWrite = role === "analyst";
  const [open, setOpen] = useState<StoredTallyReply | null>(null);
  return (
    <Kept of={tallies} skeleton={<Skeleton fill />}>
      {(reply) => (
        <div className="outcomes parts outcomes--exact">
          <p className="outcomes__paper-note">Exact figures cannot be printed.</p>
          <p className="outcomes__sentence broad lead">
            {formatQuantity(reply.tallies.length, "total")} entered. Each is shown only for its
            exact period, never split or added up. It is not linked to any person, place or record.
          </p>
          {mayWrite ? <TallyForm bases={reply.bases} onSaved={tallies.reload} /> : null}
          {reply.tallies.length === 0 ? (
            <EmptyState title="No manual totals yet">
              {mayWrite
                ? "Enter the first one above: what was counted, the days and the number."
                : "Analysts enter totals here. They then appear with the figures of their period."}
            </EmptyState>
          ) : (
            <TallyTable rows={reply.tallies} {...(mayWrite ? { onCorrect: setOpen } : {})} />
          )}
          {open === null ? null : <CorrectDialog tally={open} onClose={() => setOpen(null)} />}
        </div>
      )}
    </Kept>
  );
}

interface TallyTableProps {
  readonly rows: readonly StoredTallyReply[];
  readonly onCorrect?: (tally: StoredTallyReply) => void;
}

/** The latest period first; each row with every value that it ever had. */
function TallyTable({ rows, onCorrect }: TallyTableProps) {
  const columns: readonly TableColumn<StoredTallyReply>[] = [
    {
      label: "Period",
      cell: ({ from, to }) => <span className="nowrap">{formatDateRange(from, to)}</span>,
    },
    { label: "What was counted", cell: ({ label }) => label },
    {
      label: "Total",
      isNumber: true,
      cell: ({ value }) =>
        value === null ? <span className="quiet">withdrawn</span> : formatCount(value),
    },
    { label: "Source", cell: ({ takenFrom }) => takenFrom ?? "" },
    { label: "Entered", cell: (tally) => <History tally={tally} /> },
    ...(onCorrect
      ? [
          {
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
    <section className="scroll-x" tabIndex={0} aria-label="Manual totals">
      <SortableTable
        caption="Manual totals"
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
      <ol className="outcomes__history stack gap-1">
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

function valueWords(value: number | null): string {
  return value === null ? "withdrawn" : formatCount(value);
}

/** After the first value, only one that follows a withdrawal has no reason. */
function reasonWords(reason: TallyReason | null, at: number): string {
  if (reason !== null) return `. ${tallyReasons[reason]}`;
  return at === 0 ? "" : ". Entered again";
}

const reasons = Object.entries(tallyReasons).map(([value, label]) => ({
  value: value as TallyReason,
  label,
}));

/** Another value with a reason, or none any more; what it was stays in its history. */
function CorrectDialog(props: { readonly tally: StoredTallyReply; readonly onClose: () => void }) {
  const { tally, onClose } = props;
  const [text, setText] = useState(tally.value === null ? "" : String(tally.value));
  const [reason, setReason] = useState<TallyReason>("mistyped");
  const { fault, isPending, run } = useSubmit();
  const read = text.trim() === "" ? null : readTallyValue(text);
  const send = (value: string | null) =>
    run(async () => {
      const body = { revision: tally.revision, value, reason };
      tallies.accept(await ask(tallyCalls.correct, { id: tally.id, body }));
      showToast(value === null ? "Withdrawn; history kept" : "Corrected; history kept");
      onClose();
    });
  return (
    <Dialog
      title="Correct a total"
      onClose={onClose}
      actions={
        <>
          {tally.value === null ? null : (
            <Button disabled={isPending} onClick={() => send(null)}>
              Withdraw this total
            </Button>
          )}
          <Button
            look="filled"
            disabled={isPending || read?.ok !== true}
            onClick={() => send(text)}
          >
            Save
          </Button>
        </>
      }
    >
      <p>
        {tally.label}, {formatDateRange(tally.from, tally.to)}
      </p>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <TextField
        label="Total"
        value={text}
        onChange={setText}
        error={read?.ok === false ? read.reason : undefined}
      />
      <Select label="Reason" value={reason} options={reasons} onChange={setReason} />
      {tally.value === null ? null : (
        <p className="quiet small">
          A withdrawn total still blocks its days in shared figures. No other total of the same kind
          over those days is shared, so that differences reveal nothing. Enter it again to restore
          it.
        </p>
      )}
    </Dialog>
  );
}
