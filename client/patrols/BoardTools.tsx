import { useSession } from "#client/accounts/session-context.ts";
import { nowOn } from "#client/patrols/board-now.ts";
import { DebriefLink } from "#client/patrols/debrief/DebriefLink.tsx";
import { PlanHistory } from "#client/patrols/PlanHistory.tsx";
import type { Board } from "#client/patrols/use-board.ts";
import type { PlanView } from "#client/patrols/use-plan.ts";
import { firstAsk } from "#client/patrols/window/AddWindow.tsx";
import { OtherStarts } from "#client/patrols/window/OtherStarts.tsx";
import { address, navigate } from "#client/state/url.ts";
import { zoneNamed } from "#client/state/zone.ts";
import { Button } from "#client/ui/Button.tsx";
import { Popover } from "#client/ui/Popover.tsx";

/** What can be done to the week as a whole: add to it, and see what was done. */
export function BoardTools({ view, board }: { readonly view: PlanView; readonly board: Board }) {
  const { asAt, timeZone } = useSession();
  const zone = zoneNamed(timeZone);
  const { plan } = view;
  if (!view.canPlan) return null;
  if (!plan?.id) {
    return (
      <div className="plan__tools no-print">
        <DebriefLink />
        <StaffingLink />
        <OtherStarts view={view} />
      </div>
    );
  }
  const planId = plan.id;
  return (
    <div className="plan__tools no-print">
      <DebriefLink />
      <StaffingLink />
      <Button
        icon="plus"
        disabled={!board.canChange || plan.status === "withdrawn"}
        onClick={() => board.startAdding(firstAsk(zone, plan, nowOn(zone, asAt)))}
      >
        Add a patrol
      </Button>
      <Popover name="History of this plan" label="History">
        {() => <PlanHistory key={plan.number} view={view} planId={planId} />}
      </Popover>
      <OtherStarts view={view} />
    </div>
  );
}

function StaffingLink() {
  return (
    <Button
      icon="person"
      onClick={() => navigate("plan", { ...address.get().params, view: "staffing" })}
    >
      Staffing
    </Button>
  );
}
