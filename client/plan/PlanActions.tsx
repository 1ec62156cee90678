import { useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { agreePlan, withdrawPlan } from "#client/plan/plan-api.ts";
import { isStanding } from "#client/plan/plan-words.ts";
import type { PlanView } from "#client/plan/use-plan.ts";
import { address, navigate } from "#client/state/url.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { formatQuantity } from "#client/ui/format.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import type { PlanReply } from "#core/wire/plan.ts";

/** Agree; then the briefing, the calendar file and the way back. One of them is the next step. */
export function PlanActions({ view, plan }: { readonly view: PlanView; readonly plan: PlanReply }) {
  const [isBusy, setBusy] = useState(false);
  const [isAsking, setAsking] = useState(false);
  if (plan.id === null) return null;
  const planId = plan.id;
  const standing = plan.windows.filter(isStanding);
  const open = standing.filter((window) => window.status === "suggested").length;
  const agreed = standing.length - open;
  const act = async (send: (planId: string) => Promise<PlanReply>, done: string): Promise<void> => {
    setBusy(true);
    setAsking(false);
    try {
      await send(planId);
      showToast(done);
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      showToast(`${title}. ${detail}`);
    }
    setBusy(false);
    view.reload();
  };
  return (
    <div className="plan__actions">
      {view.canPlan && open > 0 ? (
        <Button
          look="filled"
          icon="check"
          disabled={isBusy}
          onClick={() => void act(agreePlan, "Agreed")}
        >
          Agree {formatQuantity(open, "window")}
        </Button>
      ) : null}
      {view.canPlan && agreed > 0 ? (
        <>
          <Button
            look={open === 0 ? "filled" : "plain"}
            icon="print"
            onClick={() =>
              navigate("plan", { ...address.get().params, view: "briefing", plan: planId })
            }
          >
            Briefing
          </Button>
          <a className="button button--plain" href={calendarPath(planId)} download>
            <Icon name="download" /> Calendar file
          </a>
        </>
      ) : null}
      {view.canPlan && standing.length > 0 ? (
        <Button
          look="quiet"
          disabled={isBusy}
          onClick={() =>
            agreed > 0 ? setAsking(true) : void act(withdrawPlan, "Suggestion discarded")
          }
        >
          {agreed > 0 ? "Withdraw" : "Discard"}
        </Button>
      ) : null}
      {isAsking ? (
        <Dialog
          title="Withdraw the whole plan?"
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>Keep it</Button>
              <Button look="filled" onClick={() => void act(withdrawPlan, "Plan withdrawn")}>
                Withdraw {formatQuantity(standing.length, "window")}
              </Button>
            </>
          }
        >
          <p>
            Its windows stop standing at once, and a briefing that was printed is no longer valid:
            its number says so when it is checked.
          </p>
        </Dialog>
      ) : null}
    </div>
  );
}

/** One week, at ward level; there is no standing feed. */
function calendarPath(planId: string): string {
  return `/api/plans/${planId}/calendar.ics`;
}
