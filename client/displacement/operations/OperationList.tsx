import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { operationEditor } from "#client/displacement/operations/operation-draft.ts";
import { askOperations } from "#client/displacement/operations/operations-api.ts";
import { formatFragment } from "#client/state/url.ts";
import { Button } from "#client/ui/Button.tsx";
import { HistoryDialog } from "#client/ui/HistoryDialog.tsx";
import { SentQuestion } from "#client/ui/SentQuestion.tsx";
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

const acts = [
  { label: "History", of: "History of", Dialog: OperationHistory },
  { label: "End", of: "End", Dialog: EndDialog },
  { label: "Delete", of: "Delete", Dialog: DeleteDialog },
] as const;
type Asked = Pick<(typeof acts)[number], "Dialog"> & Pick<DialogProps, "operation">;

export function OperationList({ operations, released }: OperationsReply) {
  const { asAt } = useSession();
  const [asked, setAsked] = useState<Asked | null>(null);
  const columns: readonly TableColumn<OperationReply>[] = [
    {
      label: "Operation",
      cell: ({ id, name }) => <a href={linkOf({ part: "operations", edit: `${id}` })}>{name}</a>,
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
            <a href={linkOf({ part: "report", operation: operation.name })}>Report</a>
          ) : null}
          {acts.map(({ label, of, Dialog }) =>
            Dialog === EndDialog && operation.endsOn !== null ? null : (
              <Button
                key={label}
                aria-label={`${of} ${operation.name}`}
                onClick={() => setAsked({ Dialog, operation })}
              >
                {label}
              </Button>
            ),
          )}
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
      {asked ? <asked.Dialog operation={asked.operation} onClose={() => setAsked(null)} /> : null}
    </>
  );
}

const linkOf = (params: Readonly<Record<string, string>>) =>
  formatFragment({ screen: "displacement", params });

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
  const { id, name, revision } = operation;
  const remove = async () => {
    await askOperations(operationCalls.remove, { id, query: { revision } });
    operationEditor.forget(id);
    showToast(`${name} deleted`);
    onClose();
  };
  return (
    <SentQuestion title={`Delete ${name}?`} yes="Delete operation" send={remove} onNo={onClose}>
      <p>
        This also deletes its history. Only delete an operation added by mistake. End one that took
        place.
      </p>
    </SentQuestion>
  );
}

function EndDialog({ operation, onClose }: DialogProps) {
  const { asAt } = useSession();
  const [endsOn, setEndsOn] = useState(asAt < operation.startsOn ? operation.startsOn : asAt);
  const end = async () => {
    const { id, revision } = operation;
    await askOperations(operationCalls.end, { id, body: { endsOn, revision } });
    showToast(`${operation.name} ends on ${formatDate(endsOn)}`);
    onClose();
  };
  return (
    <SentQuestion
      title={`End ${operation.name}`}
      yes="End operation"
      isDisabled={endsOn === ""}
      send={end}
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
    </SentQuestion>
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
