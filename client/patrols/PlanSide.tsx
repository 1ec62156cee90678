import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useFetched, useShared } from "#client/api/use-resource.ts";
import { noteDebriefSaved, useDebriefs } from "#client/patrols/debrief/debrief-api.ts";
import {
  debriefBodyOf,
  debriefSentence,
  doneStops,
  draftOf,
  openStays,
} from "#client/patrols/debrief/debrief-draft.ts";
import { NextDraft } from "#client/patrols/NextDraft.tsx";
import { PlanMap } from "#client/patrols/PlanMap.tsx";
import { openPage } from "#client/patrols/plan-pages.tsx";
import { usePlanParts } from "#client/patrols/plan-parts.ts";
import { failureWords } from "#client/patrols/use-told-act.ts";
import { AddWindow } from "#client/patrols/window/AddWindow.tsx";
import { WindowPanel } from "#client/patrols/window/WindowPanel.tsx";
import { places } from "#client/places/places.ts";
import { undoHistory } from "#client/state/undo.ts";
import { Button } from "#client/ui/Button.tsx";
import { classNames } from "#client/ui/class-names.ts";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Sheet } from "#client/ui/Sheet.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { type DebriefShift, debriefCalls } from "#core/patrols/wire/debrief.ts";
import { type BesideReply, staffingCalls } from "#core/patrols/wire/staffing.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { addDays } from "#core/time/zone.ts";

export function PlanSide() {
  const { view, board } = usePlanParts();
  const map = useShared(places);
  const { plan } = view;
  const isBeginning = view.canSuggest && view.isLoaded && plan === null;
  const isAsked = isBeginning || view.window !== null || board.adding !== null;
  return (
    <Sheet label="Chosen patrol" rest={isAsked ? "half" : "peek"}>
      <div className={classNames("plan__side tall stack", isBeginning && "plan__side--begin")}>
        <Loaded resource={map} onRetry={places.reload} skeleton={<Skeleton fill />}>
          {(base) => <PlanMap places={base} />}
        </Loaded>
        {board.adding && plan ? (
          <AddWindow plan={plan} request={board.adding} />
        ) : view.window && view.windowPlan ? (
          <WindowPanel
            key={`${view.windowPlan.id} ${view.window.id}`}
            plan={view.windowPlan}
            window={view.window}
          />
        ) : (
          <div className="plan__choose grow gives scrolls">
            <NoWindow />
            {view.canSuggest ? <BesidePlan /> : null}
          </div>
        )}
      </div>
    </Sheet>
  );
}

function NoWindow() {
  const { view } = usePlanParts();
  if (!view.isLoaded || Object.keys(view.faults).length > 0) return null;
  if (view.plan) {
    return (
      <>
        <EmptyState title="Choose a patrol">
          Why here, why now, and its stops appear here.
        </EmptyState>
        {view.canPlan ? <LastWeek onlyWaiting /> : null}
      </>
    );
  }
  if (view.canPlan) {
    return (
      <>
        <LastWeek onlyWaiting={false} />
        {view.canSuggest ? <NextDraft /> : <NoPatrols />}
      </>
    );
  }
  return <EmptyState title="No finished patrols yet">Finished patrols appear here.</EmptyState>;
}

function NoPatrols() {
  return (
    <EmptyState
      title="No patrols on these days yet"
      action={<Button onClick={() => openPage("staffing")}>Staffing</Button>}
    >
      Patrols suggested for your units appear here. Enter their hours first.
    </EmptyState>
  );
}

function BesidePlan() {
  const { asAt } = useSession();
  const { resource, reload } = useFetched(`beside ${asAt}`, (signal) =>
    ask(staffingCalls.beside, {}, { signal }),
  );
  return (
    <Loaded resource={resource} onRetry={reload}>
      {({ partnerLed, changePlace }) => (
        <>
          <Part title="No patrol: partner-led" items={partnerLed} />
          <Part title="Change the place" items={changePlace} />
        </>
      )}
    </Loaded>
  );
}

function Part({
  title,
  items,
}: {
  readonly title: string;
  readonly items: readonly BesideReply["partnerLed"][number][];
}) {
  if (items.length === 0) return null;
  return (
    <section className="beside stack gap-2 no-print" aria-label={title}>
      <h2>{title}</h2>
      <ul className="stack gap-2">
        {items.slice(0, mostShown).map(({ zone, place, sentence }) => (
          <li key={zone}>
            <strong>{place}</strong>
            <p className="quiet">{sentence}</p>
          </li>
        ))}
      </ul>
      {items.length > mostShown ? (
        <p className="quiet small">and {items.length - mostShown} more places.</p>
      ) : null}
    </section>
  );
}

function LastWeek({ onlyWaiting }: { readonly onlyWaiting: boolean }) {
  const { view } = usePlanParts();
  const { resource } = useDebriefs();
  if (!hasValue(resource)) return null;
  const { shifts, totals } = resource.value;
  // Oldest first, as the first to be forgotten.
  const waiting = shifts.filter(({ isOver, loggedAt }) => isOver && loggedAt === null).toReversed();
  if (onlyWaiting && waiting.length === 0) return null;
  const wasNone = waiting.length === 0 && totals.plannedStops === 0;
  return (
    <section className="monday no-print stack start gap-2 pad-3-4" aria-label="What was done">
      <h2>What was done</h2>
      <p>
        {wasNone
          ? "No approved patrols ended in the last two weeks."
          : debriefSentence(resource.value)}
      </p>
      <ul className="monday__shifts stack gap-2 full">
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
  const draft = draftOf(shift);
  const { planned: stops, done } = doneStops(draft, shift);
  const open = openStays(shift).length;
  const saveAll = async () => {
    setBusy(true);
    try {
      await ask(debriefCalls.save, { body: debriefBodyOf(shift, draft) });
      undoHistory.end();
      showToast(`Debriefed: ${done} of ${formatQuantity(stops, "stop")} done`);
      // Stays busy until the list reloads, or a second press would save it again.
      noteDebriefSaved();
    } catch (cause) {
      showToast(failureWords(cause));
      setBusy(false);
    }
  };
  return (
    <li className="row wrap middle between gap-1-3">
      <p>
        <strong>{title}</strong>
        <span className="quiet">
          {" "}
          {formatQuantity(windows.length, "patrol")}, {formatQuantity(stops, "stop")}
          {open > 0 ? `, ${formatQuantity(open, "stay")} to be set right` : null}
        </span>
      </p>
      <span className="row wrap gap-2">
        <Button icon="check" disabled={isBusy} onClick={() => void saveAll()}>
          {done === stops ? "All done" : `As tapped: ${done} of ${stops} done`}
        </Button>
        <Button look="quiet" onClick={() => openPage("debrief")}>
          Some not done...
        </Button>
      </span>
    </li>
  );
}

const mostShown = 4;
