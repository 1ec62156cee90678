import { useShared } from "#client/api/use-resource.ts";
import { BesidePlan } from "#client/patrols/BesidePlan.tsx";
import type { BoardDesk } from "#client/patrols/board-desk.ts";
import { LastWeek } from "#client/patrols/monday/LastWeek.tsx";
import { NextDraft } from "#client/patrols/monday/NextDraft.tsx";
import { PlanMap } from "#client/patrols/PlanMap.tsx";
import type { Board } from "#client/patrols/use-board.ts";
import type { KeepClear } from "#client/patrols/use-keep-clear.ts";
import type { PlanView } from "#client/patrols/use-plan.ts";
import { AddWindow } from "#client/patrols/window/AddWindow.tsx";
import { WindowPanel } from "#client/patrols/window/WindowPanel.tsx";
import { places } from "#client/places/places.ts";
import { classNames } from "#client/ui/class-names.ts";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Sheet } from "#client/ui/Sheet.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import "#client/patrols/monday/monday.css";

export interface PlanSideProps {
  readonly view: PlanView;
  readonly keepClear: KeepClear;
  readonly board: Board;
  readonly desk: BoardDesk | null;
}

/** The map, and below it the chosen window, the one that is being added, or what there is to do first. */
export function PlanSide({ view, keepClear, board, desk }: PlanSideProps) {
  const map = useShared(places);
  const { plan } = view;
  const isBeginning = view.canPlan && view.isLoaded && plan === null;
  const isAsked = isBeginning || view.window !== null || board.adding !== null;
  return (
    <Sheet label="Chosen patrol" rest={isAsked ? "half" : "peek"}>
      <div className={classNames("plan__side", isBeginning && "plan__side--begin")}>
        <Loaded resource={map} onRetry={places.reload} skeleton={<Skeleton fill />}>
          {(base) => (
            <PlanMap places={base} view={view} keepClear={keepClear} board={board} desk={desk} />
          )}
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
  );
}

/** Nothing is chosen: what was done and what is next; or what a choice would show. */
function NoWindow({ view }: { readonly view: PlanView }) {
  if (!view.isLoaded || Object.keys(view.faults).length > 0) return null;
  if (view.plan) {
    return (
      <>
        <EmptyState title="Choose a patrol">
          Click one in the week, or move to it with Tab and the arrow keys. You will see why here,
          why now, and the stops in order.
        </EmptyState>
        {view.canPlan ? <LastWeek view={view} onlyWaiting /> : null}
      </>
    );
  }
  if (view.canPlan) {
    return (
      <>
        <LastWeek view={view} onlyWaiting={false} />
        <NextDraft view={view} />
      </>
    );
  }
  return (
    <EmptyState title="No patrol of these days is over yet">
      Approved patrols are shown here once they are over.
    </EmptyState>
  );
}
