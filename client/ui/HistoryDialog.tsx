import type { ReactNode } from "react";
import type { Resource } from "#client/api/resource.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import { formatDate } from "#core/time/words.ts";
import "#client/ui/editor.css";

interface Revision {
  readonly revision: number;
  readonly act: string;
  readonly at: string;
  readonly by: string;
  /** Null for roles that may read only that it changed. */
  readonly changes: readonly string[] | null;
}

interface HistoryDialogProps<One extends Revision> {
  readonly name: string;
  readonly resource: Resource<{ readonly revisions: readonly One[] }>;
  readonly onRetry: () => void;
  readonly onClose: () => void;
  readonly more?: (one: One) => ReactNode;
}

/** Newest first. */
export function HistoryDialog<One extends Revision>(props: HistoryDialogProps<One>) {
  const { name, resource, onRetry, onClose, more } = props;
  return (
    <Dialog
      title={`History of ${name}`}
      onClose={onClose}
      actions={<Button onClick={onClose}>Close</Button>}
    >
      <Loaded resource={resource} onRetry={onRetry}>
        {({ revisions }) => (
          <ol className="stack gap-3" reversed>
            {revisions.map((one) => (
              <li key={one.revision}>
                <p>
                  <strong>Revision {one.revision}</strong>, {one.act}{" "}
                  {formatDate(one.at.slice(0, 10))}, {formatTimeOfDay(one.at)} by {one.by}
                </p>
                {one.changes && one.changes.length > 0 ? (
                  <ul className="bullets">
                    {one.changes.map((change) => (
                      <li key={change}>{change}</li>
                    ))}
                  </ul>
                ) : null}
                {more?.(one)}
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </Dialog>
  );
}
