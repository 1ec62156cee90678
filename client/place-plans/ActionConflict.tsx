import { Button } from "#client/ui/Button.tsx";
import { formatDate } from "#client/ui/format.ts";
import { actionStateWords, ownerWords } from "#core/place-plans/action.ts";
import type { PlaceActionReply } from "#core/place-plans/wire/place-plans.ts";

export interface ActionConflictProps {
  /** As it is stored now, and as it was read; null for a new one. */
  readonly action: PlaceActionReply | null;
  readonly read: PlaceActionReply | null;
  /** Saves what is typed over this revision. */
  readonly onKeepMine: (revision: number) => void;
  readonly onTakeTheirs: (stored: PlaceActionReply) => void;
}

/** Somebody else was first: what is stored now, and the two ways on. What was typed stands below, as it was. */
export function ActionConflict({ action, read, onKeepMine, onTakeTheirs }: ActionConflictProps) {
  if (!action || action.revision === read?.revision) return null;
  const { words, owner, dueOn, state, revision } = action;
  return (
    <section className="plan-editor__conflict" role="alert">
      <h3>Changed meanwhile</h3>
      <p>
        Somebody changed this action. It is now: “{words}” {ownerWords[owner]}, due{" "}
        {formatDate(dueOn)}, {actionStateWords[state].toLowerCase()}.
      </p>
      <p>What you typed is still below.</p>
      <div className="plan-editor__acts">
        <Button onClick={() => onTakeTheirs(action)}>Show what is stored, leave mine</Button>
        <Button onClick={() => onKeepMine(revision)}>Save mine over it</Button>
      </div>
    </section>
  );
}
