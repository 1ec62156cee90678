import type { Conflict } from "#client/displacement/operations/use-operation-editor.ts";
import { Button } from "#client/ui/Button.tsx";
import { formatDate, formatTimeOfDay } from "#client/ui/format.ts";

/** Somebody else was first: who and when, and the two ways on. What was typed stands below, as it was. */
export function ConflictNote(props: {
  readonly conflict: Conflict;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
}) {
  const { by, at, revision, detail } = props.conflict;
  return (
    <section className="operation-conflict" role="alert">
      <h3>Changed meanwhile</h3>
      <p>
        {detail ??
          `${by} changed it on ${formatDate(at.slice(0, 10))}, ${formatTimeOfDay(at)}: it is at revision ${revision} now.`}
      </p>
      <p>What you typed is still below.</p>
      <div className="operation-editor__acts">
        <Button onClick={props.onTakeTheirs}>Show what is stored, leave mine</Button>
        <Button onClick={props.onKeepMine}>Save mine over it</Button>
      </div>
    </section>
  );
}
