import type { Untold } from "#client/api/untold.ts";
import type { OutreachSessionReply, SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";

export type OutNowState = "ready" | "sent" | "waits" | "on";

/** What a tap on a place would be for: nothing more where it is on, was just sent, or waits to be sent. */
export function outNowState(
  placeId: string,
  known: {
    readonly sessions: readonly OutreachSessionReply[];
    readonly waiting: readonly Untold[];
    /** The place that was sent and is not in the list yet. */
    readonly sent: string | null;
    /** Epoch milliseconds of the server's clock. */
    readonly now: number;
  },
): OutNowState {
  const waits = known.waiting.some(({ about, refusal }) => about === placeId && refusal === null);
  if (waits) return "waits";
  const isOn = known.sessions.some(
    (one) => one.placeId === placeId && one.endedAt === null && runsAt(one, known.now),
  );
  if (isOn) return "on";
  return known.sent === placeId ? "sent" : "ready";
}

function runsAt({ next }: OutreachSessionReply, now: number): boolean {
  return next.some(
    ({ startsAt, endsAt, state }) =>
      state === "planned" && Date.parse(startsAt) <= now && now < Date.parse(endsAt),
  );
}

/** The places of the next sessions, then the others as they are listed; their numbers. */
export function soonestFirst(
  places: readonly SavedPlaceReply[],
  sessions: readonly OutreachSessionReply[],
): readonly string[] {
  const rank = ({ id }: SavedPlaceReply) => {
    const at = sessions.findIndex(({ placeId }) => placeId === id);
    return at < 0 ? sessions.length : at;
  };
  return [...places].sort((a, b) => rank(a) - rank(b)).map(({ id }) => id);
}
