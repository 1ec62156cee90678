import { type FormEvent, useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { agreePlan, restoreWindows, takeBackPlan, withdrawPlan } from "#client/patrols/plan-api.ts";
import { openBriefing } from "#client/patrols/plan-pages.ts";
import {
  bestCount,
  byWorth,
  expectedOf,
  isStanding,
  standingWords,
} from "#client/patrols/plan-words.ts";
import type { PlanView } from "#client/patrols/use-plan.ts";
import { undoHistory } from "#client/state/undo.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { formatDecimal } from "#client/ui/format.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { Popover } from "#client/ui/Popover.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import type { PlanReply, WindowReply } from "#core/patrols/wire/plan.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import "#client/patrols/agree-best.css";

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
            onClick={() => openBriefing(planId)}
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

/** The best so many of the suggested windows: for a week with fewer officers than it was planned for. */
function AgreeBest({
  open,
  isHeld,
  onAgree,
}: {
  /** Most worth first. */
  readonly open: readonly WindowReply[];
  readonly isHeld: boolean;
  readonly onAgree: (windowIds: readonly string[]) => void;
}) {
  const [typed, setTyped] = useState(String(Math.min(bestCount, open.length - 1)));
  const count = /^\d{1,3}$/.test(typed.trim()) ? Number(typed) : 0;
  const isCount = count >= 1 && count <= open.length;
  const best = isCount ? open.slice(0, count) : [];
  return (
    <Popover name="Approve top patrols" label="Approve top patrols" align="end">
      {(close) => (
        <form
          className="agree-best"
          noValidate
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            if (!isCount || isHeld) return;
            close();
            onAgree(best.map(({ id }) => id));
          }}
        >
          <TextField
            label="How many, best first"
            type="number"
            min={1}
            max={open.length}
            value={typed}
            error={isCount ? undefined : `1 to ${open.length}`}
            onChange={setTyped}
          />
          <p>
            {isCount
              ? `They cover ${formatDecimal(expectedOf(best))} forecast reports. All ${open.length} cover ${formatDecimal(expectedOf(open))}.`
              : null}
          </p>
          <Button type="submit" disabled={!isCount || isHeld}>
            Approve top {isCount ? formatQuantity(count, "patrol") : ""}
          </Button>
        </form>
      )}
    </Popover>
  );
}

/** Takes the whole plan back: at once where it is only suggested, else after saying what goes. */
function WithdrawPlan({
  plan,
  isHeld,
  onWithdraw,
}: {
  readonly plan: PlanReply;
  readonly isHeld: boolean;
  /** With the words to say when it is done. */
  readonly onWithdraw: (done: string) => void;
}) {
  const [isAsking, setAsking] = useState(false);
  const standing = plan.windows.filter(isStanding);
  const agreed = standing.filter((window) => window.status === "agreed").length;
  if (agreed === 0) {
    return (
      <Button look="quiet" disabled={isHeld} onClick={() => onWithdraw("Suggestion discarded")}>
        Discard
      </Button>
    );
  }
  return (
    <>
      <Button look="quiet" disabled={isHeld} onClick={() => setAsking(true)}>
        Withdraw
      </Button>
      {isAsking ? (
        <Dialog
          title="Withdraw the whole plan?"
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>Cancel</Button>
              <Button
                look="filled"
                onClick={() => {
                  setAsking(false);
                  onWithdraw("Plan withdrawn");
                }}
              >
                Withdraw {standingWords(plan)}
              </Button>
            </>
          }
        >
          <p>
            {agreed === 1 ? "The approved patrol is" : "The approved patrols are"} cancelled at
            once. Printed briefings are no longer valid.
            {standing.length > agreed ? " Suggested patrols are discarded too." : null}
          </p>
        </Dialog>
      ) : null}
    </>
  );
}
