import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { errorFromFailure } from "#client/api/api-error.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { nowOn } from "#client/patrols/board-now.ts";
import { loadChanges } from "#client/patrols/plan-api.ts";
import {
  canTakeBack,
  changeSentence,
  type PlanChange,
  takeBackChange,
} from "#client/patrols/plan-history.ts";
import type { PlanView } from "#client/patrols/use-plan.ts";
import { zoneNamed } from "#client/state/zone.ts";
import { Button } from "#client/ui/Button.tsx";
import { formatDay, formatTimeOfDay } from "#client/ui/format.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import { showToast } from "#client/ui/toast-store.ts";

/** What sergeants did to the plan, newest first, also before this page was opened; what still stands as it was left can be undone. */
export function PlanHistory({
  view,
  planId,
}: {
  readonly view: PlanView;
  readonly planId: string;
}) {
  const { asAt, timeZone } = useSession();
  const now = nowOn(zoneNamed(timeZone), asAt);
  const { resource, reload } = useFetched(`changes ${planId}`, (signal) =>
    loadChanges(planId, signal),
  );
  const [isBusy, setBusy] = useState(false);
  const { plan } = view;
  const placeOf = (id: string) => plan?.windows.find((window) => window.id === id)?.place ?? id;
  const undo = async (change: PlanChange) => {
    setBusy(true);
    try {
      await takeBackChange(planId, change);
      showToast("Undone");
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      showToast(`${title}. ${detail}`);
    }
    setBusy(false);
    view.reload();
    reload();
  };
  return (
    <Loaded resource={resource} onRetry={reload}>
      {({ changes }) =>
        changes.length === 0 ? (
          <p>Nothing was changed since it was made.</p>
        ) : (
          <ol className="plan-history">
            {changes.map((change) => (
              <li key={change.id}>
                <span>
                  {changeSentence(change, placeOf)}
                  <span className="quiet small">
                    {" "}
                    {formatDay(change.at.slice(0, 10))} {formatTimeOfDay(change.at)}, {change.by}
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
