import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { operationEditor } from "#client/displacement/operations/operation-draft.ts";
import { askOperations } from "#client/displacement/operations/operations-api.ts";
import { formatFragment } from "#client/state/url.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { HistoryDialog } from "#client/ui/HistoryDialog.tsx";
import { Question } from "#client/ui/Question.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { areaWords } from "#core/displacement/operation-area.ts";
import {
  type OperationReply,
  type OperationsReply,
  operationCalls,
} from "#core/displacement/wire/operations.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";

const dialogs = { end: EndDialog, delete: DeleteDialog, history: OperationHistory } as const;
type Asked = { readonly what: keyof typeof dialogs; readonly operation: OperationReply };

export function OperationList({ operations, released }: OperationsReply) {
  const { asAt } = useSession();
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  const Dialog = asked && dialogs[asked.what];
  const columns: readonly TableColumn<OperationReply>[] = [
    {
      label: "Operation",
      cell: ({ id, name }) => (
        <a
          href={formatFragment({
            screen: "displacement",
            params: { part: "operations", edit: `${id}` },
          })}
        >
          {name}
        </a>
      ),
    },
    { label: "Days", cell: (operation) => <Days operation={operation} asAt={asAt} /> },
    {
      label: "Public",
      cell: ({ name }) => (released.includes(name) ? "Named in a release" : "Not yet"),
    },
    {
      label: "Treated area",
      cell: ({ treatedArea, cells }) => (
        <>
          {areaWords(treatedArea)}{" "}
          <span className="quiet">({formatQuantity(cells.length, "cell")})</span>
        </>
      ),
    },
    { label: "Comparison", cell: controlWords },
    {
      label: "Actions",
      screenOnly: true,
      cell: (operation) => (
        <div className="row wrap middle gap-2">
          {operation.hasStarted ? (
            <a
              href={formatFragment({
                screen: "displacement",
                params: { part: "report", operation: operation.name },
              })}
            >
              Report
            </a>
          ) : null}
          <Button
            aria-label={`History of ${operation.name}`}
            onClick={() => setAsked({ what: "history", operation })}
          >
            History
          </Button>
          {operation.endsOn === null ? (
            <Button
              aria-label={`End ${operation.name}`}
              onClick={() => setAsked({ what: "end", operation })}
            >
              End
            </Button>
          ) : null}
          <Button
            aria-label={`Delete ${operation.name}`}
            onClick={() => setAsked({ what: "delete", operation })}
          >
            Delete
          </Button>
        </div>
      ),
    },
  ];
  return (
    <>
      <div className="operations__table scroll-x">
        <SortableTable
          caption="Operations, the latest start first"
          columns={columns}
          rows={operations}
          rowKey={({ id }) => String(id)}
        />
      </div>
      {Dialog ? <Dialog operation={asked.operation} onClose={close} /> : null}
    </>
  );
}

function Days({ operation, asAt }: { readonly operation: OperationReply; readonly asAt: string }) {
  const { startsOn, endsOn, hasStarted, phases } = operation;
  return (
    <>
      {endsOn === null ? "From " : ""}
      <span className="nowrap">{formatDate(startsOn)}</span>
      {endsOn === null ? null : ` to ${formatDate(endsOn)}`}
      <br />
      <span className="quiet small">
        {stateWords(hasStarted, endsOn, asAt)}
        {phases.length > 0 ? `, ${formatQuantity(phases.length, "phase")}` : ""}
      </span>
    </>
  );
}

function stateWords(hasStarted: boolean, endsOn: string | null, asAt: string): string {
  if (!hasStarted) return "Not started";
  return endsOn !== null && endsOn < asAt ? "Ended" : "Ongoing";
}

function controlWords({ controlArea, control }: OperationReply): string {
  if (!controlArea || !control) return "The rest of the area";
  return `${areaWords(controlArea)} (${formatQuantity(control.length, "cell")})`;
}

interface DialogProps {
  readonly operation: OperationReply;
  readonly onClose: () => void;
}

/** Refused while something refers to it: says what, and what to do instead. */
function DeleteDialog({ operation, onClose }: DialogProps) {
  const { fault, isPending, run } = useSubmit();
  const remove = () =>
    run(async () => {
      const { id, revision } = operation;
      await askOperations(operationCalls.remove, { id, query: { revision } });
      operationEditor.forget(operation.id);
      showToast(`${operation.name} deleted`);
      onClose();
    });
  return (
    <Question
      title={`Delete ${operation.name}?`}
      yes="Delete operation"
      isDisabled={isPending}
      onYes={remove}
      onNo={onClose}
    >
      <p>
        This also deletes its history. Only delete an operation added by mistake. End one that took
        place.
      </p>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
    </Question>
  );
}

function EndDialog({ operation, onClose }: DialogProps) {
  const { asAt } = useSession();
  const [endsOn, setEndsOn] = useState(asAt < operation.startsOn ? operation.startsOn : asAt);
  const { fault, isPending, run } = useSubmit();
  const end = () =>
    run(async () => {
      const { id, revision } = operation;
      await askOperations(operationCalls.end, { id, body: { endsOn, revision } });
      showToast(`${operation.name} ends on ${formatDate(endsOn)}`);
      onClose();
    });
  return (
    <Question
      title={`End ${operation.name}`}
      yes="End operation"
      isDisabled={isPending || endsOn === ""}
      onYes={end}
      onNo={onClose}
    >
      <TextField
        label="Last day"
        type="date"
        value={endsOn}
        min={operation.startsOn}
        hint="Any open phase ends with it. Earlier versions stay in its history."
        onChange={setEndsOn}
      />
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
    </Question>
  );
}

function OperationHistory({ operation, onClose }: DialogProps) {
  const { id, name, revision } = operation;
  const { resource, reload } = useFetched(`history ${id} ${revision}`, (signal) =>
    ask(operationCalls.history, { id }, { signal }),
  );
  return (
    <HistoryDialog
      name={name}
      resource={resource}
      onRetry={reload}
      onClose={onClose}
      more={({ act, changes, reports }) => (
        <>
          {act !== "added" && changes.length === 0 ? (
            <p className="quiet">Saved without changes.</p>
          ) : null}
          {reports > 0 ? (
            <p className="quiet">
              {formatQuantity(reports, "report")} of it printed or downloaded.
            </p>
          ) : null}
        </>
      )}
    />
  );
}
