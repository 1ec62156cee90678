import { Suspense, useEffect } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { ActionList } from "#client/place-plans/ActionList.tsx";
import { OnePlan } from "#client/place-plans/OnePlan.tsx";
import { PlanCard, plansSentence } from "#client/place-plans/PlanCard.tsx";
import { openPlan, placeActions, placePlans } from "#client/place-plans/place-plans-api.ts";
import { places } from "#client/places/places.ts";
import { address } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Kept, Loaded } from "#client/ui/Loaded.tsx";
import { lazily } from "#client/ui/lazily.ts";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import type { PlaceActionsReply, PlacePlansReply } from "#core/place-plans/wire/place-plans.ts";
import "#client/place-plans/place-plans.css";

// Includes a map the cards need not wait for.
const PlanEditor = lazily(
  async () => (await import("#client/place-plans/PlanEditor.tsx")).PlanEditor,
);

export function PlacePlans() {
  const asked = useStore(address, ({ params }) => params["plan"] ?? null);
  const edit = useStore(address, ({ params }) => params["edit"] ?? null);
  const plans = useShared(placePlans);
  const actions = useShared(placeActions);
  const { role } = useSession();
  const mayWrite = role === "sergeant" || role === "analyst";
  // On return to the list, load others' changes.
  useEffect(() => {
    if (asked !== null || !hasValue(placePlans.store.get())) return;
    placePlans.reload();
    placeActions.reload();
  }, [asked]);
  return (
    <Loaded resource={plans} onRetry={placePlans.reload} skeleton={<Skeleton fill />}>
      {(reply) => {
        const plan = reply.plans.find(({ id }) => String(id) === asked) ?? null;
        if (mayWrite && edit !== null && (plan !== null || edit === "new")) {
          return <Editor plan={plan} plans={reply} />;
        }
        return (
          <Loaded resource={actions} onRetry={placeActions.reload} skeleton={<Skeleton fill />}>
            {(all) =>
              plan ? (
                <OnePlan plan={plan} plans={reply} actions={all} />
              ) : (
                <Cards plans={reply} actions={all} isMissing={asked !== null} />
              )
            }
          </Loaded>
        );
      }}
    </Loaded>
  );
}

function Editor({
  plan,
  plans,
}: {
  readonly plan: PlacePlansReply["plans"][number] | null;
  readonly plans: PlacePlansReply;
}) {
  return (
    <Kept of={places} skeleton={<Skeleton fill />}>
      {(base) => (
        <Suspense fallback={<Skeleton fill />}>
          <PlanEditor key={plan?.id ?? "new"} plan={plan} asAt={plans.asAt} places={base} />
        </Suspense>
      )}
    </Kept>
  );
}

interface CardsProps {
  readonly plans: PlacePlansReply;
  readonly actions: PlaceActionsReply;
  readonly isMissing: boolean;
}

function Cards({ plans, actions, isMissing }: CardsProps) {
  const { role } = useSession();
  const mayWrite = role === "sergeant" || role === "analyst";
  const add = mayWrite ? (
    <Button look="filled" icon="plus" onClick={() => openPlan(null, "new")}>
      Add a place plan
    </Button>
  ) : null;
  return (
    <div className="place-plans stack gap-4 pad-4">
      <header className="row wrap middle between gap-3">
        <h2 className="visually-hidden">Place plans</h2>
        <p className="place-plans__sentence lead">{plansSentence(plans, actions)}</p>
        {add}
      </header>
      {isMissing ? <p role="status">This place plan no longer exists.</p> : null}
      {plans.plans.length === 0 ? (
        <EmptyState title="No place plans yet">
          A plan covers one place: what is seen, why there, what is done (partners first) and
          whether it helped.
        </EmptyState>
      ) : (
        <ul className="place-plans__cards tiles" aria-label="Place plans by review date">
          {plans.plans.map((plan) => (
            <li key={plan.id} className="row">
              <PlanCard plan={plan} asAt={plans.asAt} actions={actions.actions} />
            </li>
          ))}
        </ul>
      )}
      <ActionList actions={actions} plans={plans.plans} planId={null} />
    </div>
  );
}
