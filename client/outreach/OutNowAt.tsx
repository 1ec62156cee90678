import { useState } from "react";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { OutNow } from "#client/outreach/OutNow.tsx";
import { ownSessions } from "#client/outreach/outreach-api.ts";
import { useHere } from "#client/outreach/use-here.ts";
import { useOutNow } from "#client/outreach/use-out-now.ts";
import { Button } from "#client/ui/Button.tsx";
import type { OutreachSessionReply, SavedPlaceReply } from "#core/wire/outreach.ts";
import "#client/outreach/out-now.css";

/** More would push what comes next off a phone; the rest are a tap further. */
const most = 3;
const hours = 2;
const hourMs = 3_600_000;

/** One tap a place: it is closed from this minute. A place that is on has no second tap to be given. */
export function OutNowAt({ places }: { readonly places: readonly SavedPlaceReply[] }) {
  const { now } = useHere();
  const sessions = useShared(ownSessions);
  const known = hasValue(sessions) ? sessions.value : [];
  const { isBusy, fault, go } = useOutNow(places);
  // Until when by this phone's own clock: what was tapped here is on before the list says so.
  const [tapped, setTapped] = useState<ReadonlyMap<string, number>>(new Map());
  const isOn = (placeId: string) =>
    (tapped.get(placeId) ?? 0) > Date.now() ||
    known.some((one) => one.placeId === placeId && runsAt(one, now));
  const tap = async (placeId: string) => {
    const isTold = await go(placeId, hours);
    if (isTold) setTapped((before) => new Map(before).set(placeId, Date.now() + hours * hourMs));
  };
  return (
    <section className="out-now" aria-label={`Out now, ${hours} hours`}>
      <h2>Out now, {hours} hours</h2>
      <div className="out-now__places">
        {soonestFirst(places, known).map(({ id, label }) => (
          <Button
            key={id}
            icon={isOn(id) ? "check" : "outreach"}
            disabled={isBusy || isOn(id)}
            aria-label={isOn(id) ? undefined : `Out now at ${label}, ${hours} hours`}
            onClick={() => void tap(id)}
          >
            {isOn(id) ? `${label}: on now` : label}
          </Button>
        ))}
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

function runsAt({ next }: OutreachSessionReply, now: number): boolean {
  return next.some(
    ({ startsAt, endsAt, state }) =>
      state === "planned" && Date.parse(startsAt) <= now && Date.parse(endsAt) > now,
  );
}

/** The places of the next sessions, then the others as they are listed. */
function soonestFirst(
  places: readonly SavedPlaceReply[],
  sessions: readonly OutreachSessionReply[],
): readonly SavedPlaceReply[] {
  const rank = ({ id }: SavedPlaceReply) => {
    const at = sessions.findIndex(({ placeId }) => placeId === id);
    return at < 0 ? sessions.length : at;
  };
  return [...places].sort((a, b) => rank(a) - rank(b)).slice(0, most);
}
