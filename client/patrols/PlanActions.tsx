import { useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { AgreeBest } from "#client/patrols/AgreeBest.tsx";
import { agreePlan, restoreWindows, takeBackPlan, withdrawPlan } from "#client/patrols/plan-api.ts";
import { byWorth, isStanding } from "#client/patrols/plan-words.ts";
import type { PlanView } from "#client/patrols/use-plan.ts";
import { WithdrawPlan } from "#client/patrols/WithdrawPlan.tsx";
import { undoHistory } from "#client/state/undo.ts";
import { address, navigate } from "#client/state/url.ts";
import { Button } from "#client/ui/Button.tsx";
import { formatQuantity } from "#client/ui/format.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import type { PlanReply, WindowReply } from "#core/patrols/wire/plan.ts";

/** Agree; then the briefing, the calendar file and the way back. One of them is the next step. */
export function PlanActions({ view, plan }: { readonly view: PlanView; readonly plan: PlanReply }) {
  const [isBusy, setBusy] = useState(false);
  if (plan.id === null || !view.canPlan) return null;
  const planId = plan.id;
  const standing = plan.windows.filter(isStanding);
  const open = byWorth(standing.filter((window) => window.status === "suggested"));
  const agreed = standing.length - open.length;
  // What is being made takes the place of what is here: nothing is agreed meanwhile.
  const isHeld = isBusy || view.suggestion.status === "running";
  const act = async (send: () => Promise<unknown>, done: string): Promise<void> => {
    setBusy(true);
    try {
      await send();
      showToast(done);
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      showToast(`${title}. ${detail}`);
    }
    setBusy(false);
    view.reload();
  };
  const agree = (windowIds: readonly string[]) =>
    act(async () => {
      await agreePlan(planId, windowIds);
      rememberAgreed(view, planId, windowIds);
    }, "Approved");
  const withdraw = (done: string) =>
    act(async () => {
      const before = plan.windows;
      const left = await withdrawPlan(planId);
      // What stands for these days takes its place, or the beginning does.
      view.choosePlan(null);
      rememberWithdrawn(view, planId, gone(before, left.windows));
    }, done);
  return (
    <div className="plan__actions">
      {open.length > 0 ? (
        <>
          <Button
            look="filled"
            icon="check"
            disabled={isHeld}
            onClick={() => void agree(open.map(({ id }) => id))}
          >
            Approve {formatQuantity(open.length, "patrol")}
          </Button>
          {open.length > 1 ? (
            <AgreeBest open={open} isHeld={isHeld} onAgree={(ids) => void agree(ids)} />
          ) : null}
        </>
      ) : null}
      {agreed > 0 ? (
        <>
          <Button
            look={open.length === 0 ? "filled" : "plain"}
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
          <a className="button button--plain" href={tablePath(planId)} download>
            <Icon name="download" /> Table
          </a>
        </>
      ) : null}
      {standing.length > 0 ? (
        <WithdrawPlan plan={plan} isHeld={isHeld} onWithdraw={(done) => void withdraw(done)} />
      ) : null}
    </div>
  );
}

/** Undo makes them suggestions again; a sheet that was printed meanwhile stands no longer. */
export function rememberAgreed(view: PlanView, planId: string, windowIds: readonly string[]): void {
  undoHistory.remember({
    name: `approve ${formatQuantity(windowIds.length, "patrol")}`,
    undo: async () => {
      await takeBackPlan(planId, windowIds);
      view.reload();
    },
  });
}

/** What an act has withdrawn. */
function gone(
  before: readonly WindowReply[],
  after: readonly WindowReply[],
): readonly WindowReply[] {
  return before.filter(
    (window) =>
      isStanding(window) && after.find(({ id }) => id === window.id)?.status === "withdrawn",
  );
}

/** Undo puts back what still fits, and agrees again what was agreed. */
function rememberWithdrawn(view: PlanView, planId: string, windows: readonly WindowReply[]): void {
  const agreed = windows.filter(({ status }) => status === "agreed");
  undoHistory.remember({
    name: `withdraw ${formatQuantity(windows.length, "patrol")}`,
    undo: async () => {
      const ids = windows.map(({ id }) => id);
      await restoreWindows(planId, ids);
      if (agreed.length > 0) {
        await agreePlan(
          planId,
          agreed.map(({ id }) => id),
        );
      }
      view.choosePlan(planId);
      view.reload();
    },
  });
}

function tablePath(planId: string): string {
  return `/api/plans/${planId}/plan.csv`;
}

/** One week, at ward level; there is no standing feed. */
function calendarPath(planId: string): string {
  return `/api/plans/${planId}/calendar.ics`;
}
