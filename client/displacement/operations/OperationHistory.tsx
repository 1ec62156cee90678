import { ask } from "#client/api/ask.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { HistoryDialog } from "#client/ui/HistoryDialog.tsx";
import { type OperationReply, operationCalls } from "#core/displacement/wire/operations.ts";
import { formatQuantity } from "#core/text/numbers.ts";

interface OperationHistoryProps {
  readonly operation: OperationReply;
  readonly onClose: () => void;
}

/** Who changed what of an operation, and how often each revision was printed. */
export function OperationHistory({ operation, onClose }: OperationHistoryProps) {
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
