import { useRef } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { ask } from "#client/api/ask.ts";
import { useShared } from "#client/api/use-resource.ts";
import { keptCall } from "#client/live/kept.ts";
import { useNow } from "#client/patrols/now.ts";
import { PlanPageHead } from "#client/patrols/PlanPageHead.tsx";
import { PlaceTimeFields } from "#client/patrols/police/PlaceTimeFields.tsx";
import { usePlaceTime } from "#client/patrols/police/use-place-time.ts";
import { places } from "#client/places/places.ts";
import { useFaultInView } from "#client/protected-time/session-form/use-fault-in-view.ts";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Form } from "#client/ui/Form.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { cellAt, eventResolution } from "#core/geo/cell.ts";
import { listSpots } from "#core/places/finding/list.ts";
import { type AttendedReply, policeCalls } from "#core/protected-time/wire/police.ts";
import { formatDay } from "#core/time/words.ts";
import { minuteMs } from "#core/time/zone.ts";
import "#client/patrols/police/police.css";
import { undoHistory } from "#client/state/undo.ts";

const usualMinutes = 30;

/** Emergencies that police have logged; for sergeants alone. */
const attended = keptCall(policeCalls.attended);

/** Emergencies are answered first and logged afterwards; nothing here asks whether they might be. */
export function Attended() {
  const map = useShared(places);
  const now = useNow();
  const { draft, faults, fault, isBusy, missing, change, send } = usePlaceTime(
    now() - usualMinutes * minuteMs,
    usualMinutes,
  );
  const form = useRef<HTMLFormElement>(null);
  useFaultInView(form, faults);
  const log = () => {
    void send(async (what) => {
      attended.accept(await ask(policeCalls.logAttended, { body: what }));
      undoHistory.end();
      change({ place: null });
      showToast(`Logged: ${draft.place?.name}`);
    });
  };
  return (
    <div className="police stack gap-4 pad-4 reading">
      <PlanPageHead title="Log an emergency" />
      <p className="quiet">
        Where and when police attended an emergency. No reason, names or unit. Partners see it if it
        overlapped their session.
      </p>
      <Loaded resource={map} onRetry={places.reload} skeleton={<Skeleton fill />}>
        {(base) => (
          <Form ref={form} className="police__form stack gap-4" onSend={log} noValidate>
            <PlaceTimeFields
              map={base}
              places={listSpots(base.gazetteer)}
              cellsOf={({ at }) => [cellAt(at, eventResolution)]}
              draft={draft}
              faults={faults}
              onChange={change}
            />
            <div className="police__foot row wrap start gap-2-3">
              <Button type="submit" look="filled" disabled={isBusy}>
                {missing ?? "Log it"}
              </Button>
              {fault ? (
                <p className="field__error" role="alert">
                  {fault.title}. {fault.detail}
                </p>
              ) : null}
            </div>
          </Form>
        )}
      </Loaded>
      <Logged />
    </div>
  );
}

function Logged() {
  const resource = useShared(attended);
  return (
    <section aria-label="Logged in the last 14 days">
      <h3>Logged in the last 14 days</h3>
      <Loaded resource={resource} onRetry={attended.reload} skeleton={<Skeleton lines={3} />}>
        {(log) =>
          log.attended.length === 0 ? (
            <EmptyState title="Nothing logged">Entries are listed here for 14 days.</EmptyState>
          ) : (
            <ul className="police__log">
              {log.attended.map((one) => (
                <LoggedRow key={one.id} one={one} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}

function LoggedRow({ one }: { readonly one: AttendedReply["attended"][number] }) {
  const takeBack = async () => {
    try {
      attended.accept(await ask(policeCalls.takeBackAttended, { id: one.id }));
      undoHistory.end();
      showToast("Removed");
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      showToast(`${title}. ${detail}`);
    }
  };
  return (
    <li className="row middle between gap-3">
      <span>
        {formatDay(one.from.slice(0, 10))}, {formatTimeOfDay(one.from)} to {formatTimeOfDay(one.to)}
        , {one.place}
      </span>
      {one.takeBackUntil === null ? null : (
        <Button look="quiet" onClick={() => void takeBack()}>
          Remove
        </Button>
      )}
    </li>
  );
}
