import { ask } from "#client/api/ask.ts";
import { useShared } from "#client/api/use-resource.ts";
import { keptCall } from "#client/live/kept.ts";
import { useNow } from "#client/patrols/now.ts";
import { PlanPageHead } from "#client/patrols/plan-pages.tsx";
import { PlaceTimeForm } from "#client/patrols/police/PlaceTimeForm.tsx";
import { usePlaceTime } from "#client/patrols/police/use-place-time.ts";
import { useToldAct } from "#client/patrols/use-told-act.ts";
import { places } from "#client/places/places.ts";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
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
  const form = usePlaceTime(now() - usualMinutes * minuteMs, usualMinutes);
  const log = () => {
    void form.send(async (what) => {
      attended.accept(await ask(policeCalls.logAttended, { body: what }));
      undoHistory.end();
      form.change({ place: null });
      showToast(`Logged: ${form.draft.place?.name}`);
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
          <PlaceTimeForm
            map={base}
            places={listSpots(base.gazetteer)}
            cellsOf={({ at }) => [cellAt(at, eventResolution)]}
            form={form}
            verb="Log it"
            onSend={log}
            onChange={form.change}
          />
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
            <ul className="police__log rows">
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
  const { isBusy, run } = useToldAct(() => undefined);
  const takeBack = async () => {
    attended.accept(await ask(policeCalls.takeBackAttended, { id: one.id }));
    undoHistory.end();
    return "Removed";
  };
  return (
    <li className="row middle between gap-3">
      <span>
        {formatDay(one.from.slice(0, 10))}, {formatTimeOfDay(one.from)} to {formatTimeOfDay(one.to)}
        , {one.place}
      </span>
      {one.takeBackUntil === null ? null : (
        <Button look="quiet" disabled={isBusy} onClick={() => void run(takeBack)}>
          Remove
        </Button>
      )}
    </li>
  );
}
