import { useState } from "react";
import { places } from "#client/api/places.ts";
import { useShared } from "#client/api/use-resource.ts";
import { useSession } from "#client/app/session-context.ts";
import { AddWindow } from "#client/plan/AddWindow.tsx";
import { BesidePlan } from "#client/plan/BesidePlan.tsx";
import { CostPanel } from "#client/plan/CostPanel.tsx";
import { demandRecords } from "#client/plan/demand-records.ts";
import { PlanActions } from "#client/plan/PlanActions.tsx";
import { PlanControls } from "#client/plan/PlanControls.tsx";
import { PlanMap } from "#client/plan/PlanMap.tsx";
import { PlanPicture } from "#client/plan/PlanPicture.tsx";
import { planSentence, planTitle } from "#client/plan/plan-words.ts";
import { SuggestionState } from "#client/plan/SuggestionState.tsx";
import { useBoard } from "#client/plan/use-board.ts";
import { useDesk } from "#client/plan/use-desk.ts";
import { useKeepClear } from "#client/plan/use-keep-clear.ts";
import { useNotices } from "#client/plan/use-notices.ts";
import { type PlanView, usePlan } from "#client/plan/use-plan.ts";
import { WindowPanel } from "#client/plan/WindowPanel.tsx";
import { QualityNote } from "#client/quality/QualityNote.tsx";
import { Banner } from "#client/ui/Banner.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Sheet } from "#client/ui/Sheet.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import "#client/plan/plan.css";

export type PictureKind = "week" | "list";

/** Left the week, right the chosen window on its map, below what the plan costs. */
export function PlanBoard() {
  const { asAt } = useSession();
  const view = usePlan();
  const keepClear = useKeepClear(view);
  useNotices(view.reload);
  const map = useShared(places);
  const board = useBoard(view);
  const desk = useDesk(view, keepClear);
  const [picture, setPicture] = useState<PictureKind>("week");
  const { plan } = view;
  const isReadable = Object.keys(view.faults).length === 0;
  return (
    <div className="plan">
      <section className="plan__week" aria-label="The week">
        <div className="plan__head">
          <PlanControls view={view} />
          <SuggestionState view={view} />
          <div className="plan__lead">
            {plan ? (
              <p className="plan__sentence">
                {view.isOfDaysAsked ? null : `${planTitle(plan)}. `}
                {planSentence(plan)}
              </p>
            ) : null}
            <QualityNote shown={demandRecords(asAt)} />
            {plan ? <PlanActions key={plan.id} view={view} plan={plan} /> : null}
          </div>
        </div>
        <Loaded resource={view.plans} onRetry={view.reload} skeleton={<Skeleton fill />}>
          {() =>
            !isReadable ? (
              <EmptyState title="These days cannot be shown yet">
                Mend what is marked above. Nothing is shown or offered before that.
              </EmptyState>
            ) : (
              <PlanPicture
                view={view}
                keepClear={keepClear}
                board={board}
                desk={desk}
                picture={picture}
                onPicture={setPicture}
              />
            )
          }
        </Loaded>
      </section>
      <Sheet label="Chosen window" rest={view.window || board.adding ? "half" : "peek"}>
        <div className="plan__side">
          <Loaded resource={map} onRetry={places.reload} skeleton={<Skeleton fill />}>
            {(base) => <PlanMap places={base} view={view} keepClear={keepClear} board={board} />}
          </Loaded>
          {board.adding && plan ? (
            <AddWindow board={board} plan={plan} ask={board.adding} />
          ) : view.window && plan ? (
            <WindowPanel
              key={view.window.id}
              view={view}
              board={board}
              plan={plan}
              window={view.window}
            />
          ) : (
            <div className="plan__choose">
              <NoWindow view={view} />
              {view.canPlan ? <BesidePlan /> : null}
            </div>
          )}
        </div>
      </Sheet>
      {plan ? <CostPanel plan={plan} board={board} desk={desk} /> : null}
      <div className="plan__paper">
        <Banner kind="note">A plan is printed from its briefing, one page a shift.</Banner>
      </div>
    </div>
  );
}

function NoWindow({ view }: { readonly view: PlanView }) {
  if (!view.isLoaded || Object.keys(view.faults).length > 0) return null;
  if (view.plan) {
    return (
      <EmptyState title="Choose a window">
        Click one in the week, or move to it with Tab and the arrow keys. You will see why here, why
        now, and the stops in order.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={view.canPlan ? "No plan for these days yet" : "No patrol of these days is over yet"}
    >
      {view.canPlan
        ? "Choose the days, units and shifts, then Suggest. Every window that is suggested keeps clear of protected time."
        : "Agreed patrols are shown here once they are over."}
    </EmptyState>
  );
}
