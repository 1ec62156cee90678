import { useRef, useState } from "react";
import { hasValue } from "#client/api/resource.ts";
import { untold } from "#client/api/untold.ts";
import { useShared } from "#client/api/use-resource.ts";
import { OutNow } from "#client/protected-time/outreach/OutNow.tsx";
import {
  type OutNowState,
  outNowState,
  soonestFirst,
} from "#client/protected-time/outreach/out-now-state.ts";
import { ownSessions } from "#client/protected-time/outreach/outreach-api.ts";
import { useNow } from "#client/protected-time/outreach/use-now.ts";
import { useOutNow } from "#client/protected-time/outreach/use-out-now.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import type { OutreachSessionReply, SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";
import "#client/protected-time/outreach/out-now.css";

/** More would push what comes next off a phone; the rest are a tap further. */
const most = 3;
const hours = 2;

/** One tap a place: it is closed from this minute. */
export function OutNowAt({ places }: { readonly places: readonly SavedPlaceReply[] }) {
  const sessions = useShared(ownSessions);
  const waiting = useStore(untold, (list) => list);
  const now = useNow();
  const { isBusy, fault, go } = useOutNow(places);
  // Until the list that is read after it has come.
  const [sent, setSent] = useState<{ placeId: string; list: unknown } | null>(null);
  const list = hasValue(sessions) ? sessions.value : null;
  const shown = useFixedOrder(places, list);
  const stateOf = (placeId: string) =>
    outNowState(placeId, {
      sessions: list ?? [],
      waiting,
      sent: sent !== null && sent.list === list ? sent.placeId : null,
      now,
    });
  const tap = async (placeId: string) => {
    if ((await go(placeId, hours)) === "told") setSent({ placeId, list });
  };
  return (
    <section className="out-now" aria-label={`Out now, ${hours} hours`}>
      <h2>Out now, {hours} hours</h2>
      <div className="out-now__places">
        {shown.map(({ id, label }) => {
          const state = stateOf(id);
          return (
            <Button
              key={id}
              icon={state === "on" ? "check" : "outreach"}
              disabled={isBusy || state !== "ready"}
              aria-label={state === "ready" ? `Out now at ${label}, ${hours} hours` : undefined}
              onClick={() => void tap(id)}
            >
              {label}
              {stateWords[state]}
            </Button>
          );
        })}
      </div>
      {fault ? (
        <p className="field__error" role="alert">
          {fault}
        </p>
      ) : null}
      <p className="out-now__hint">
        One tap closes the place from this minute. Until police confirm it, nobody may have seen it:
        call your police contact.
      </p>
      <OutNow places={places} />
    </section>
  );
}

const stateWords: Readonly<Record<OutNowState, string>> = {
  ready: "",
  sent: ": sent",
  waits: ": not sent yet",
  on: ": on now",
};

/** Nothing moves under a finger: the order of the first list stays while the page does. */
function useFixedOrder(
  places: readonly SavedPlaceReply[],
  list: readonly OutreachSessionReply[] | null,
): readonly SavedPlaceReply[] {
  const order = useRef<readonly string[] | null>(null);
  if (list !== null) order.current ??= soonestFirst(places, list).slice(0, most);
  return (order.current ?? []).flatMap((id) => places.filter((place) => place.id === id));
}
