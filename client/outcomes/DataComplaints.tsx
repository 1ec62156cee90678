import { useState } from "react";
import { useDemoMark, useSession } from "#client/accounts/session-context.ts";
import { ask, askThen } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { keptCall } from "#client/live/kept.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { downloadText } from "#client/ui/download.ts";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { fieldOf } from "#client/ui/field-of.ts";
import { Kept } from "#client/ui/Loaded.tsx";
import { Question } from "#client/ui/Question.tsx";
import { Select } from "#client/ui/Select.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { firstFaults } from "#client/ui/use-editor.ts";
import {
  type ComplaintDates,
  type ComplaintOutcome,
  checkComplaint,
  complaintOutcomes,
  complaintsCsv,
  complaintsFileName,
  overdueWords,
} from "#core/outcomes/data-complaints.ts";
import {
  complaintDates,
  type DataComplaint,
  type DataComplaintsReply,
  dataComplaintCalls,
} from "#core/outcomes/wire/data-complaints.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";

const complaints = keptCall(dataComplaintCalls.list);
const askAnew = askThen(complaints.reload);

/** How many are overdue, on the first screen that is not shown to residents; hidden for none. */
export function ComplaintsLine({ href }: { readonly href?: string }) {
  const shown = useShared(complaints);
  const words = hasValue(shown) ? overdueWords(overdue(shown.value)) : null;
  if (words === null) return null;
  return (
    <Banner kind="warning">
      {words} {href ? <a href={href}>Open Data complaints</a> : null}
    </Banner>
  );
}

const overdue = (reply: DataComplaintsReply) =>
  reply.complaints.filter(({ state }) => state === "overdue").length;

export function DataComplaints() {
  const { role } = useSession();
  const mayWrite = role !== "auditor";
  const [open, setOpen] = useState<number | "new" | null>(null);
  return (
    <section className="stack gap-3 shrinks" aria-labelledby="data-complaints">
      <header className="row wrap middle between gap-3">
        <h2 id="data-complaints">Data complaints</h2>
        {mayWrite ? (
          <Button icon="plus" onClick={() => setOpen("new")}>
            Add a complaint
          </Button>
        ) : null}
      </header>
      <Kept of={complaints}>
        {(reply) => (
          <>
            <ComplaintTable reply={reply} onOpen={mayWrite ? setOpen : null} />
            {open === null ? null : (
              <ComplaintForm
                key={open}
                complaint={reply.complaints.find(({ id }) => id === open) ?? null}
                asAt={reply.asAt}
                onClose={() => setOpen(null)}
              />
            )}
          </>
        )}
      </Kept>
    </section>
  );
}

interface ComplaintTableProps {
  readonly reply: DataComplaintsReply;
  /** Null: read-only. */
  readonly onOpen: ((id: number) => void) | null;
}

function ComplaintTable({ reply, onOpen }: ComplaintTableProps) {
  const mark = useDemoMark();
  const { fault, isPending, run } = useSubmit();
  const acknowledge = ({ id, revision, receivedOn }: DataComplaint) =>
    run(async () => {
      const dates = { receivedOn, acknowledgedOn: reply.asAt, outcome: null, toldOn: null };
      await askAnew(dataComplaintCalls.change, { id, body: { ...dates, revision } });
      showToast("Acknowledged today");
    });
  const download = () =>
    run(async () => {
      await ask(dataComplaintCalls.export, { body: {} });
      downloadText(complaintsFileName(reply.asAt, mark), complaintsCsv(reply.complaints, mark));
    });
  if (reply.complaints.length === 0) {
    return (
      <p className="quiet">
        No complaints yet. Each must be acknowledged within 30 days, and its outcome told.
      </p>
    );
  }
  return (
    <>
      <div className="row wrap middle between gap-3">
        <p>
          {formatQuantity(reply.complaints.length, "complaint")}, {overdue(reply)} overdue.
        </p>
        <Button icon="download" disabled={isPending} onClick={download}>
          Complaints (CSV)
        </Button>
      </div>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by key. */}
      <section className="scroll-x" tabIndex={0} aria-label="List of data complaints">
        <SortableTable
          caption="Data complaints, the overdue first"
          columns={columnsOf(onOpen, isPending ? null : acknowledge)}
          rows={reply.complaints}
          rowKey={({ id }) => String(id)}
        />
      </section>
    </>
  );
}

function columnsOf(
  onOpen: ComplaintTableProps["onOpen"],
  acknowledge: ((complaint: DataComplaint) => void) | null,
): readonly TableColumn<DataComplaint>[] {
  const columns: readonly TableColumn<DataComplaint>[] = [
    { label: "Reference", cell: ({ reference }) => reference },
    { label: "Received", cell: ({ receivedOn }) => formatDate(receivedOn) },
    { label: "Acknowledged", cell: acknowledgedCell },
    {
      label: "Outcome",
      cell: ({ outcome, toldOn }) =>
        outcome && toldOn ? `${complaintOutcomes[outcome]}, told ${formatDate(toldOn)}` : "Open",
    },
    { label: "Entered", cell: (complaint) => <History complaint={complaint} /> },
  ];
  if (onOpen === null) return columns;
  const cell = (complaint: DataComplaint) => {
    const { id, reference, acknowledgedOn, toldOn } = complaint;
    return (
      <span className="row wrap gap-2">
        {acknowledgedOn || toldOn ? null : (
          <Button
            disabled={acknowledge === null}
            aria-label={`Acknowledge ${reference} today`}
            onClick={() => acknowledge?.(complaint)}
          >
            Acknowledge today
          </Button>
        )}
        <Button look="quiet" aria-label={`Change ${reference}`} onClick={() => onOpen(id)}>
          Change
        </Button>
      </span>
    );
  };
  return [...columns, { label: "Change", screenOnly: true, cell }];
}

function acknowledgedCell({ state, acknowledgedOn, acknowledgeBy }: DataComplaint) {
  if (acknowledgedOn) return formatDate(acknowledgedOn);
  if (state === "closed") return <span className="quiet">With the outcome</span>;
  const due = `due ${formatDate(acknowledgeBy)}`;
  return state === "overdue" ? <strong>Overdue: {due}</strong> : due;
}

function History({ complaint: { changes } }: { readonly complaint: DataComplaint }) {
  const last = changes.at(-1);
  if (!last) return null;
  const line = ({ changedAt, changedBy }: typeof last) =>
    `${formatDate(changedAt.slice(0, 10))}, ${changedBy}`;
  if (changes.length === 1) return line(last);
  return (
    <details>
      <summary>{line(last)}</summary>
      <ol className="stack gap-1">
        {changes.map((change) => (
          <li key={change.revision}>
            {line(change)}: {stateWords(change)}
          </li>
        ))}
      </ol>
    </details>
  );
}

function stateWords({ receivedOn, acknowledgedOn, outcome, toldOn }: ComplaintDates): string {
  return [
    `received ${formatDate(receivedOn)}`,
    ...(acknowledgedOn ? [`acknowledged ${formatDate(acknowledgedOn)}`] : []),
    ...(outcome ? [complaintOutcomes[outcome].toLowerCase()] : []),
    ...(toldOn ? [`told ${formatDate(toldOn)}`] : []),
  ].join(", ");
}

interface Draft {
  readonly receivedOn: string;
  readonly acknowledgedOn: string;
  readonly outcome: ComplaintOutcome | "";
  readonly toldOn: string;
}

interface ComplaintFormProps {
  /** Null: a new one. */
  readonly complaint: DataComplaint | null;
  readonly asAt: string;
  readonly onClose: () => void;
}

function ComplaintForm({ complaint, asAt, onClose }: ComplaintFormProps) {
  // As read when it was opened: a change since then is refused, not overwritten.
  const [read] = useState(complaint);
  const [draft, setDraft] = useState<Draft>({
    receivedOn: read?.receivedOn ?? asAt,
    acknowledgedOn: read?.acknowledgedOn ?? "",
    outcome: read?.outcome ?? "",
    toldOn: read?.toldOn ?? "",
  });
  const [isAsked, setAsked] = useState(false);
  const { fault, isPending, run } = useSubmit();
  const { dates, faults } = judged(draft, asAt);
  const field = fieldOf(
    draft,
    (part) => setDraft((before) => ({ ...before, ...part })),
    isAsked ? faults : {},
  );
  const save = () => {
    setAsked(true);
    if (dates === null) return;
    run(async () => {
      const { add, change } = dataComplaintCalls;
      await (read
        ? askAnew(change, { id: read.id, body: { ...dates, revision: read.revision } })
        : askAnew(add, { body: { receivedOn: dates.receivedOn } }));
      showToast("Saved");
      onClose();
    });
  };
  const date = (name: "receivedOn" | "acknowledgedOn" | "toldOn", label: string) => (
    <TextField {...field(name)} label={label} type="date" max={asAt} />
  );
  return (
    <Question
      title={read ? `Change ${read.reference}` : "Add a complaint"}
      yes={read ? "Save" : "Add"}
      isDisabled={isPending}
      onYes={save}
      onNo={onClose}
    >
      {date("receivedOn", "Received")}
      {read ? (
        <>
          {date("acknowledgedOn", "Acknowledged")}
          <Select {...field("outcome")} label="Outcome" options={outcomeOptions} />
          {date("toldOn", "Outcome told")}
        </>
      ) : null}
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
    </Question>
  );
}

const outcomeOptions: readonly { readonly value: ComplaintOutcome | ""; readonly label: string }[] =
  [
    { value: "", label: "Open" },
    ...Object.entries(complaintOutcomes).map(([value, label]) => ({
      value: value as ComplaintOutcome,
      label,
    })),
  ];

/** What is sent, or null with a reason by field. */
function judged({ receivedOn, acknowledgedOn, outcome, toldOn }: Draft, asAt: string) {
  const read = complaintDates.safeParse({
    receivedOn,
    acknowledgedOn: acknowledgedOn || null,
    outcome: outcome || null,
    toldOn: toldOn || null,
  });
  if (!read.success) {
    const reasons = read.error.issues.map(({ path }) => [String(path[0]), "Enter a date."]);
    return { dates: null, faults: Object.fromEntries(reasons) as Record<string, string> };
  }
  const faults = checkComplaint(read.data, asAt);
  return { dates: faults.length > 0 ? null : read.data, faults: firstFaults(faults) };
}
