import { ask } from "#client/api/ask.ts";
import type { Patrol } from "#client/patrols/living-week.ts";
import { openBriefing } from "#client/patrols/plan-pages.tsx";
import { usePlanParts } from "#client/patrols/plan-parts.ts";
import { isStanding, standingWords, waitingWords } from "#client/patrols/plan-words.ts";
import type { PlanView } from "#client/patrols/use-plan.ts";
import { useToldAct } from "#client/patrols/use-told-act.ts";
import { agreeOwn } from "#client/patrols/wardens/warden-plans.ts";
import { undoHistory } from "#client/state/undo.ts";
import { AskedButton } from "#client/ui/AskedButton.tsx";
import { Button } from "#client/ui/Button.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { Popover } from "#client/ui/Popover.tsx";
import { planCalls } from "#core/patrols/wire/board.ts";
import type { PlanReply, WindowReply } from "#core/patrols/wire/plan.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";

export function PlanActions() {
  const { view } = usePlanParts();
  const acts = usePlanActs(view);
  const { open, approved } = view.week;
  // The server refuses those that wait; the others need not.
  const free = open.filter(({ window }) => waitingWords(view.rises, window) === null);
  if (!view.canPlan) return null;
  return (
    <div className="plan__actions row wrap gap-2">
      {byPlan(open).length > 0 ? (
        <>
          <Button
            look="filled"
            icon="check"
            disabled={acts.isHeld || free.length === 0}
            onClick={() => void acts.agree(free)}
          >
            Approve {formatQuantity(free.length, "patrol")}
          </Button>
          {free.length < open.length ? (
            <span>{formatCount(open.length - free.length)} wait</span>
          ) : null}
          {view.canSuggest ? (
            <Button look="quiet" disabled={acts.isHeld} onClick={() => void acts.discard(open)}>
              Discard
            </Button>
          ) : null}
        </>
      ) : null}
      <ApprovedActions
        approved={view.isOwn ? approved.slice(0, 1) : approved.filter(hasPapers)}
        hasOpen={open.length > 0}
        acts={acts}
      />
    </div>
  );
}

/** A patrol partner prints its own. */
function hasPapers({ windows }: PlanReply): boolean {
  return windows.some(({ status, patrolPartner }) => status === "agreed" && patrolPartner === null);
}

function ApprovedActions({
  approved,
  hasOpen,
  acts,
}: {
  readonly approved: readonly PlanReply[];
  readonly hasOpen: boolean;
  readonly acts: PlanActs;
}) {
  const [first, ...others] = approved;
  if (!first) return null;
  const isAlone = others.length === 0;
  const agreed = approved.flatMap(({ windows }) =>
    windows.filter(({ status }) => status === "agreed"),
  );
  const unstaffed = agreed.filter((window) => window.unstaffed).length;
  return (
    <>
      {unstaffed > 0 ? (
        <span className="plan__unstaffed fault">
          <Icon name="warning" /> {unstaffed} of {agreed.length} cannot be staffed
        </span>
      ) : null}
      <Button
        look={hasOpen ? "plain" : "filled"}
        icon="print"
        onClick={() => openBriefing(first.id ?? "")}
      >
        {isAlone ? "Briefing" : `Briefing ${first.number}`}
      </Button>
      {first.number === null ? null : isAlone && !hasOpen ? (
        <PlanPapers plan={first} acts={acts} />
      ) : (
        <Popover name="More about approved patrols" label="More" align="end">
          {() => (
            <ul className="plan-papers stack gap-3">
              {approved.map((plan) => (
                <li
                  key={plan.id}
                  className="row wrap middle gap-2"
                  aria-label={`Plan ${plan.number}`}
                >
                  <p>{approvedWords(plan)}</p>
                  {plan === first ? null : (
                    <Button icon="print" onClick={() => openBriefing(plan.id ?? "")}>
                      Briefing {plan.number}
                    </Button>
                  )}
                  <PlanPapers plan={plan} acts={acts} />
                </li>
              ))}
            </ul>
          )}
        </Popover>
      )}
    </>
  );
}

function approvedWords({ number, windows }: PlanReply): string {
  const count = windows.filter(({ status }) => status === "agreed").length;
  return `${number}: ${formatQuantity(count, "approved patrol")}`;
}

type PlanActs = ReturnType<typeof usePlanActs>;

function usePlanActs(view: PlanView) {
  const { isBusy, run } = useToldAct(view.reload);
  const withdraw = async (plan: PlanReply, windowIds?: string[]) => {
    if (plan.id === null) return;
    const left = await ask(planCalls.withdraw, { planId: plan.id, body: { windowIds } });
    // Shows the plan that stands for these days, else the start.
    if (!windowIds) view.choosePlan(null);
    rememberWithdrawn(
      view,
      plan.id,
      gone(plan.windows, left.windows),
      plan.agreedAt === null || windowIds ? "discard" : "withdraw",
    );
  };
  return {
    // A running suggestion will replace this plan: no approving.
    isHeld: isBusy || view.suggestion.status === "running",
    agree: (patrols: readonly Patrol[]) =>
      run(async () => {
        for (const { plan, windowIds } of byPlan(patrols)) {
          await agreePatrols(view, plan.id, windowIds);
        }
        return "Approved";
      }),
    discard: (patrols: readonly Patrol[]) =>
      run(async () => {
        // A partly approved plan keeps its approved patrols.
        for (const { plan, windowIds } of byPlan(patrols)) {
          const isWhole = plan.agreedAt === null && view.kind === null;
          await withdraw(plan, isWhole ? undefined : windowIds);
        }
        return "Suggestion discarded";
      }),
    withdraw: (plan: PlanReply) =>
      run(async () => {
        await withdraw(plan);
        return "Plan withdrawn";
      }),
  };
}

/** Grouped by stored plan; patrols of an unsaved first plan are skipped. */
function byPlan(patrols: readonly Patrol[]) {
  return [...new Set(patrols.map(({ plan }) => plan))].flatMap((plan) => {
    const { id } = plan;
    const windowIds = patrols.filter((one) => one.plan === plan).map(({ window }) => window.id);
    return id === null ? [] : [{ plan: { ...plan, id }, windowIds }];
  });
}

function PlanPapers({ plan, acts }: { readonly plan: PlanReply; readonly acts: PlanActs }) {
  if (plan.id === null) return null;
  return (
    <>
      <a className="button button--plain" href={`/api/plans/${plan.id}/calendar.ics`} download>
        <Icon name="download" /> Calendar file
      </a>
      <a className="button button--plain" href={`/api/plans/${plan.id}/plan.csv`} download>
        <Icon name="download" /> Table
      </a>
      <WithdrawPlan plan={plan} acts={acts} />
    </>
  );
}

/** Undo makes them suggestions again; sheets printed meanwhile become void. */
export async function agreePatrols(
  view: PlanView,
  planId: string,
  windowIds: string[],
): Promise<void> {
  if (view.isOwn) {
    await agreeOwn(planId, windowIds);
    undoHistory.end();
    return;
  }
  await ask(planCalls.agree, { planId, body: { windowIds } });
  undoHistory.remember({
    name: `approve ${formatQuantity(windowIds.length, "patrol")}`,
    undo: async () => {
      await ask(planCalls.takeBack, { planId, body: { windowIds } });
      view.reload();
    },
  });
}

function gone(
  before: readonly WindowReply[],
  after: readonly WindowReply[],
): readonly WindowReply[] {
  return before.filter(
    (window) =>
      isStanding(window) && after.find(({ id }) => id === window.id)?.status === "withdrawn",
  );
}

/** Undo restores what still fits, and approves again what was approved. */
function rememberWithdrawn(
  view: PlanView,
  planId: string,
  windows: readonly WindowReply[],
  word: "discard" | "withdraw",
): void {
  const agreed = windows.filter(({ status }) => status === "agreed");
  undoHistory.remember({
    name: `${word} ${formatQuantity(windows.length, "patrol")}`,
    undo: async () => {
      await ask(planCalls.restore, { planId, body: { windowIds: windows.map(({ id }) => id) } });
      if (agreed.length > 0) {
        const windowIds = agreed.map(({ id }) => id);
        await ask(planCalls.agree, { planId, body: { windowIds } });
      }
      view.choosePlan(planId);
      view.reload();
    },
  });
}

function WithdrawPlan({ plan, acts }: { readonly plan: PlanReply; readonly acts: PlanActs }) {
  const standing = plan.windows.filter(isStanding);
  const agreed = standing.filter((window) => window.status === "agreed").length;
  return (
    <AskedButton
      button={{ look: "quiet", disabled: acts.isHeld, children: "Withdraw" }}
      title="Withdraw the whole plan?"
      yes={`Withdraw ${standingWords(plan)}`}
      onYes={() => void acts.withdraw(plan)}
    >
      {agreed === 1 ? "The approved patrol is" : "The approved patrols are"} cancelled at once.
      Printed briefings are no longer valid.
      {standing.length > agreed ? " Suggested patrols are discarded too." : null}
    </AskedButton>
  );
}
