import { useSession } from "#client/accounts/session-context.ts";
import { ApiError } from "#client/api/api-error.ts";
import { ask } from "#client/api/ask.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { nowOn } from "#client/patrols/now.ts";
import { usePlanParts } from "#client/patrols/plan-parts.ts";
import { useToldAct } from "#client/patrols/use-told-act.ts";
import { useUnitTitle } from "#client/patrols/wardens/patrol-partners.ts";
import { undoHistory } from "#client/state/undo.ts";
import { Button } from "#client/ui/Button.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import { formatMoment } from "#client/ui/moment.ts";
import {
  type ChangedWindow,
  type ChangesReply,
  planCalls,
  type WindowState,
} from "#core/patrols/wire/board.ts";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import { unitNumber } from "#core/patrols/wire/unit.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDay } from "#core/time/words.ts";
import { createZone } from "#core/time/zone.ts";

/** Newest first, from before this page too; acts whose windows are unchanged can be undone. */
export function PlanHistory({ planId }: { readonly planId: string }) {
  const { view } = usePlanParts();
  const { asAt, timeZone } = useSession();
  const now = nowOn(createZone(timeZone), asAt);
  const { resource, reload } = useFetched(`changes ${planId}`, (signal) =>
    ask(planCalls.changes, { planId }, { signal }),
  );
  const { isBusy, run } = useToldAct(() => {
    view.reload();
    reload();
  });
  const { plan } = view;
  const titleOf = useUnitTitle();
  const placeOf = (id: string) => {
    const window = plan?.windows.find((one) => one.id === id);
    if (!window) return id;
    return window.patrolPartner === null ? window.place : `${window.place} (${titleOf(window)})`;
  };
  const undo = (change: PlanChange) =>
    run(async () => {
      await takeBackChange(planId, change);
      undoHistory.end();
      return "Undone";
    });
  return (
    <Loaded resource={resource} onRetry={reload}>
      {({ changes }) =>
        changes.length === 0 ? (
          <p>No changes yet.</p>
        ) : (
          <ol className="plan-history stack gap-2">
            {changes.map((change) => (
              <li key={change.id} className="row start between gap-3">
                <span>
                  {changeSentence(change, placeOf)}
                  <span className="quiet small">
                    {" "}
                    {formatMoment(change.at)}, {change.by}
                  </span>
                </span>
                {plan && canTakeBack(change, plan, now) ? (
                  <Button
                    look="quiet"
                    icon="undo"
                    disabled={isBusy}
                    onClick={() => void undo(change)}
                  >
                    Undo
                  </Button>
                ) : null}
              </li>
            ))}
          </ol>
        )
      }
    </Loaded>
  );
}

type PlanChange = ChangesReply["changes"][number];

/** "Moved Alpha Road: Fri 3 Dec, 21:00 to 22:30, was 20:30 to 22:00" */
function changeSentence(change: PlanChange, placeOf: (id: string) => string): string {
  const [first] = change.windows;
  const many = formatQuantity(change.windows.length, "patrol");
  const one = first && change.windows.length === 1 ? placeOf(first.id) : many;
  switch (change.act) {
    case "add":
      return `Added ${one}${first?.after ? `, ${spanOf(first.after)}` : ""}`;
    case "change":
      return first?.before && first.after
        ? `Changed ${placeOf(first.id)}: ${differences(first.before, first.after)}`
        : `Changed ${one}`;
    case "split":
      return `Split ${placeOf(first?.id ?? "")}`;
    case "remove":
      return `${removedWord(change.windows)} ${one}`;
    case "restore":
      return `Restored ${one}`;
    case "agree":
      return `Approved ${one}`;
    case "take_back":
      return `Undid the approval of ${one}`;
  }
}

function removedWord(windows: readonly ChangedWindow[]): string {
  if (windows.some(({ before }) => before?.status === "agreed")) return "Withdrew";
  return windows.length > 1 ? "Discarded" : "Removed";
}

function differences(before: WindowState, after: WindowState): string {
  const parts: string[] = [];
  if (before.start !== after.start || before.end !== after.end) {
    parts.push(`${spanOf(after)}, was ${spanOf(before)}`);
  }
  if (before.unit !== after.unit) {
    parts.push(`unit ${unitNumber(after.unit)}, was ${unitNumber(before.unit)}`);
  }
  if (before.stops.join() !== after.stops.join()) {
    parts.push(`${formatQuantity(after.stops.length, "stop")}, was ${before.stops.length}`);
  }
  return parts.join("; ");
}

function spanOf({ start, end }: WindowState): string {
  return `${formatDay(start.slice(0, 10))}, ${formatTimeOfDay(start)} to ${formatTimeOfDay(end)}`;
}

/** Only while its windows are as it left them. */
function canTakeBack({ windows }: PlanChange, plan: PlanReply, now: number): boolean {
  return windows.every(({ id, after, before }) => {
    const window = plan.windows.find((one) => one.id === id);
    if (!window || !after) return false;
    const isSame =
      Date.parse(window.start) === Date.parse(after.start) &&
      Date.parse(window.end) === Date.parse(after.end) &&
      window.unit === after.unit &&
      window.status === after.status &&
      window.stops.map(({ cell }) => cell).join() === after.stops.join();
    const starts = [after.start, ...(before ? [before.start] : [])].map((at) => Date.parse(at));
    return isSame && starts.every((at) => at > now);
  });
}

/** The same acts as by hand, the other way round: each is checked again. */
async function takeBackChange(planId: string, change: PlanChange): Promise<void> {
  const of = (some: readonly ChangedWindow[]) => ({
    planId,
    body: { windowIds: some.map(({ id }) => id) },
  });
  const { agree, restore, takeBack, withdraw } = planCalls;
  const { windows } = change;
  const added = windows.filter(({ before }) => before === null);
  switch (change.act) {
    case "add":
    case "restore":
      await ask(withdraw, of(windows));
      return;
    case "agree":
      await ask(takeBack, of(windows));
      return;
    case "take_back":
      await ask(agree, of(windows));
      return;
    case "remove": {
      await ask(restore, of(windows));
      const agreed = windows.filter(({ before }) => before?.status === "agreed");
      if (agreed.length > 0) await ask(agree, of(agreed));
      return;
    }
    case "change":
    case "split":
      if (added.length > 0) await ask(withdraw, of(added));
      for (const { id: windowId, before } of windows) {
        if (!before) continue;
        const { status: _, ...body } = before;
        const reply = await ask(planCalls.changeWindow, { planId, windowId, body });
        if (!reply.ok) throw new ApiError({ status: 0, title: "Not undone", detail: reply.reason });
      }
  }
}
