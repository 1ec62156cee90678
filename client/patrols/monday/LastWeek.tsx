import { useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { hasValue } from "#client/api/resource.ts";
import { saveDebrief } from "#client/patrols/debrief/debrief-api.ts";
import { debriefBodyOf } from "#client/patrols/debrief/debrief-draft.ts";
import { debriefSentence } from "#client/patrols/debrief/debrief-words.ts";
import { noteDebriefSaved, useDebriefs } from "#client/patrols/debrief/use-debriefs.ts";
import type { PlanView } from "#client/patrols/use-plan.ts";
import { address, navigate } from "#client/state/url.ts";
import { Button } from "#client/ui/Button.tsx";
import { formatQuantity } from "#client/ui/format.ts";
import { showToast } from "#client/ui/toast-store.ts";
import type { DebriefShift } from "#core/patrols/wire/debrief.ts";
import { addDays } from "#core/time/zone.ts";

/** What was done, before what is next: each shift that waits is one press, or opened to say what was not done. */
export function LastWeek({
  view,
  onlyWaiting,
}: {
  readonly view: PlanView;
  readonly onlyWaiting: boolean;
}) {
  const { resource } = useDebriefs();
  if (!hasValue(resource)) return null;
  const { shifts, totals } = resource.value;
  // The oldest first: it is the first to be forgotten.
  const waiting = shifts.filter(({ isOver, loggedAt }) => isOver && loggedAt === null).toReversed();
  if (onlyWaiting && waiting.length === 0) return null;
  const wasNone = waiting.length === 0 && totals.plannedStops === 0;
  return (
    <section className="monday no-print" aria-label="What was done">
      <h3>What was done</h3>
      <p>
        {wasNone
          ? "No approved patrol of the last two weeks is over."
          : debriefSentence(resource.value)}
      </p>
      <ul className="monday__shifts">
        {waiting.map((shift) => (
          <WaitingShift key={shift.start} shift={shift} />
        ))}
      </ul>
      {onlyWaiting || wasNone ? null : (
        <Button
          look="quiet"
          onClick={() => view.setRequest({ from: addDays(view.request.from, -7) })}
        >
          Show the week before
        </Button>
      )}
    </section>
  );
}

function WaitingShift({ shift }: { readonly shift: DebriefShift }) {
  const [isBusy, setBusy] = useState(false);
  const { title, windows } = shift;
  const stops = windows.reduce((all, window) => all + window.stops.length, 0);
  const saveAll = async () => {
    setBusy(true);
    try {
      await saveDebrief(debriefBodyOf(shift, new Map()));
      showToast(`Debriefed: ${stops} of ${formatQuantity(stops, "stop")} done`);
      // It stays as it is until the list without it is here: pressed again it would be saved again.
      noteDebriefSaved();
    } catch (cause) {
      const fault = errorFromFailure(cause);
      showToast(`${fault.title}. ${fault.detail}`);
      setBusy(false);
    }
  };
  return (
    <li>
      <p>
        <strong>{title}</strong>
        <span className="quiet">
          {" "}
          {formatQuantity(windows.length, "patrol")}, {formatQuantity(stops, "stop")}
        </span>
      </p>
      <span className="monday__acts">
        <Button icon="check" disabled={isBusy} onClick={() => void saveAll()}>
          All done
        </Button>
        <Button look="quiet" onClick={openDebrief}>
          All done, except...
        </Button>
      </span>
    </li>
  );
}

function openDebrief(): void {
  navigate("plan", { ...address.get().params, view: "debrief" });
}
