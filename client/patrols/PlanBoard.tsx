import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { CostPanel } from "#client/patrols/CostPanel.tsx";
import { demandRecords } from "#client/patrols/demand-records.ts";
import { PlanActions } from "#client/patrols/PlanActions.tsx";
import { PlanControls } from "#client/patrols/PlanControls.tsx";
import type { PictureKind } from "#client/patrols/PlanPicture.tsx";
import { PlanPicture } from "#client/patrols/PlanPicture.tsx";
import { PlanSide } from "#client/patrols/PlanSide.tsx";
import { planSentence, planTitle } from "#client/patrols/plan-words.ts";
import { SuggestionState } from "#client/patrols/SuggestionState.tsx";
import { useBoard } from "#client/patrols/use-board.ts";
import { useDesk } from "#client/patrols/use-desk.ts";
import { useKeepClear } from "#client/patrols/use-keep-clear.ts";
import { useNotices } from "#client/patrols/use-notices.ts";
import { usePlan } from "#client/patrols/use-plan.ts";
import { QualityNote } from "#client/records/quality-note/QualityNote.tsx";
import { Banner } from "#client/ui/Banner.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import "#client/patrols/plan.css";

/** Left the week, right the chosen window on its map, below what the plan costs. */
export function PlanBoard() {
  const { asAt } = useSession();
  const view = usePlan();
  const keepClear = useKeepClear(view);
  useNotices(view.reload);
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
      <PlanSide view={view} keepClear={keepClear} board={board} desk={desk} />
      {plan ? <CostPanel plan={plan} heard={view.heard} board={board} desk={desk} /> : null}
      <div className="plan__paper">
        <Banner kind="note">A plan is printed from its briefing, one page a shift.</Banner>
      </div>
    </div>
  );
}
