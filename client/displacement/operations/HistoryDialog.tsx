import { useFetched } from "#client/api/use-resource.ts";
import { loadHistory } from "#client/displacement/operations/operations-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import type { OperationHistoryReply, OperationReply } from "#core/displacement/wire/operations.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";

type Revision = OperationHistoryReply["revisions"][number];

/** Who changed what, and when, newest first. */
export function HistoryDialog({
  operation,
  onClose,
}: {
  readonly operation: OperationReply;
  readonly onClose: () => void;
}) {
  const { id, name, revision } = operation;
  const { resource, reload } = useFetched(`history ${id} ${revision}`, (signal) =>
    loadHistory(id, signal),
  );
  return (
    <Dialog
      title={`History of ${name}`}
      onClose={onClose}
      actions={<Button onClick={onClose}>Close</Button>}
    >
      <Loaded resource={resource} onRetry={reload}>
        {({ revisions }) => (
          <ol className="operation-history" reversed>
            {revisions.map((one) => (
              <OneRevision key={one.revision} revision={one} />
            ))}
          </ol>
        )}
      </Loaded>
    </Dialog>
  );
}

function OneRevision({ revision }: { readonly revision: Revision }) {
  const { act, at, by, changes, reports } = revision;
  return (
    <li>
      <p>
        <strong>Revision {revision.revision}</strong>, {act} {formatDate(at.slice(0, 10))},{" "}
        {formatTimeOfDay(at)} by {by}
      </p>
      {changes.length > 0 ? (
        <ul>
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      ) : null}
      {act !== "added" && changes.length === 0 ? (
        <p className="quiet">Saved without changes.</p>
      ) : null}
      {reports > 0 ? (
        <p className="quiet">{formatQuantity(reports, "report")} of it printed or downloaded.</p>
      ) : null}
    </li>
  );
}
