import { bodyOf } from "#client/place-plans/place-plans-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { planChanges } from "#core/place-plans/plan.ts";
import type { PlacePlanBody, PlacePlanReply } from "#core/place-plans/wire/place-plans.ts";
import { formatDate } from "#core/time/words.ts";

/** Somebody else was first: who, when and what, and the two ways on. What was typed stands below, as it was. */
export function PlanConflict(props: {
  readonly plan: PlacePlanReply;
  readonly read: PlacePlanBody;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
}) {
  const { changedBy, changedAt, revision } = props.plan;
  const now = bodyOf(props.plan);
  const changes = now ? planChanges(props.read, now) : [];
  const what = changes.length > 0 ? ` ${changes.join("; ")}.` : "";
  return (
    <section className="plan-editor__conflict" role="alert">
      <h3>Changed meanwhile</h3>
      <p>
        {changedBy} changed it on {formatDate(changedAt.slice(0, 10))}, {formatTimeOfDay(changedAt)}
        : it is at revision {revision} now.{what}
      </p>
      <p>What you typed is still below.</p>
      <div className="plan-editor__acts">
        <Button onClick={props.onTakeTheirs}>Show what is stored, leave mine</Button>
        <Button onClick={props.onKeepMine}>Save mine over it</Button>
      </div>
    </section>
  );
}
