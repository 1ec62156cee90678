import { useFetched } from "#client/api/use-resource.ts";
import { loadPlanHistory } from "#client/place-plans/place-plans-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { formatDate, formatTimeOfDay } from "#client/ui/format.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import type { PlacePlanReply, PlanHistoryReply } from "#core/place-plans/wire/place-plans.ts";

/** Who changed what, and when, newest first; for those who may not read the words, that it changed. */
export function PlanHistory(props: {
  readonly plan: PlacePlanReply;
  readonly onClose: () => void;
}) {
  const { id, name, revision } = props.plan;
  const { resource, reload } = useFetched(`plan history ${id} ${revision}`, (signal) =>
    loadPlanHistory(id, signal),
  );
  return (
    <Dialog
      title={`History of ${name}`}
      onClose={props.onClose}
      actions={<Button onClick={props.onClose}>Close</Button>}
    >
      <Loaded resource={resource} onRetry={reload}>
        {({ revisions }) => (
          <ol className="one-plan__history" reversed>
            {revisions.map((one) => (
              <OneRevision key={one.revision} one={one} />
            ))}
          </ol>
        )}
      </Loaded>
    </Dialog>
  );
}

function OneRevision({ one }: { readonly one: PlanHistoryReply["revisions"][number] }) {
  const { revision, act, at, by, changes } = one;
  return (
    <li>
      <p>
        <strong>Revision {revision}</strong>, {act} {formatDate(at.slice(0, 10))},{" "}
        {formatTimeOfDay(at)} by {by}
      </p>
      {changes && changes.length > 0 ? (
        <ul>
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      ) : null}
    </li>
  );
}
