import { useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { startPlan } from "#client/patrols/plan-api.ts";
import { readRequest } from "#client/patrols/plan-request.ts";
import type { PlanView } from "#client/patrols/use-plan.ts";
import { Button } from "#client/ui/Button.tsx";
import { formatQuantity } from "#client/ui/format.ts";
import { Popover } from "#client/ui/Popover.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import type { NewPlanBody } from "#core/patrols/wire/board.ts";
import type { PlanReply } from "#core/patrols/wire/plan.ts";

/** A plan without the planner: last week's once more, or empty to be filled by hand. */
export function OtherStarts({ view }: { readonly view: PlanView }) {
  const read = readRequest(view.request);
  const isAskable = Object.keys({ ...view.faults, ...view.outOfReach }).length === 0;
  const body = read.ok && isAskable ? read.value : null;
  const [isBusy, setBusy] = useState(false);
  const isHeld = isBusy || body === null || view.suggestion.status === "running";
  const start = async (origin: NewPlanBody["origin"]) => {
    if (!body) return;
    setBusy(true);
    try {
      const { from, days, units, shifts } = body;
      const plan = await startPlan({ from, days, units, ...(shifts ? { shifts } : {}), origin });
      view.choosePlan(plan.id);
      showToast(startedWords(plan));
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      showToast(`${title}. ${detail}`);
    }
    setBusy(false);
    view.reload();
  };
  return (
    <Popover name="Other ways to start" label="Other ways to start">
      {(close) => (
        <div className="plan__starts">
          <Button
            disabled={isHeld}
            onClick={() => {
              close();
              void start("last_week");
            }}
          >
            Copy last week
          </Button>
          <p className="quiet small">
            The approved patrols of seven days before, at the same hours with the same units, as far
            as they fit.
          </p>
          <Button
            disabled={isHeld}
            onClick={() => {
              close();
              void start("by_hand");
            }}
          >
            Start by hand
          </Button>
          <p className="quiet small">
            An empty plan. Both replace the suggestions for these days; approved patrols stay.
          </p>
        </div>
      )}
    </Popover>
  );
}

function startedWords({ origin, windows, refused }: PlanReply): string {
  if (origin === "by_hand") return "An empty plan: add patrols to it";
  const left =
    refused.length === 0 ? "" : `; ${formatQuantity(refused.length, "other")} did not fit`;
  return windows.length === 0 && refused.length === 0
    ? "Nothing was approved seven days before"
    : `Copied ${formatQuantity(windows.length, "patrol")}${left}`;
}
