import { useMemo, useState } from "react";
import { hasValue } from "#client/api/resource.ts";
import { type Untold, untold } from "#client/api/untold.ts";
import { useShared } from "#client/api/use-resource.ts";
import { ownSessions } from "#client/protected-time/outreach/outreach-api.ts";
import {
  hourOptions,
  hoursOf,
  type OutHours,
  outNowWords,
  placeLabel,
  runsAt,
  usualHours,
} from "#client/protected-time/outreach/outreach-words.ts";
import { withContact } from "#client/protected-time/outreach/PoliceContact.tsx";
import { useNow, useOwn } from "#client/protected-time/outreach/use-here.ts";
import { saveOrWait } from "#client/protected-time/session-form/save-or-wait.ts";
import { useActing } from "#client/protected-time/use-acting.ts";
import { Refusal, say } from "#client/protected-time/words/diary.tsx";
import { navigate } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { Question } from "#client/ui/Question.tsx";
import { Select } from "#client/ui/Select.tsx";
import type { OutreachSessionReply, SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";

const hours = Number(usualHours);

export function OutNowAt() {
  const { places } = useOwn();
  const sessions = useShared(ownSessions);
  const waiting = useStore(untold, (list) => list);
  const now = useNow();
  const { isBusy, refusal, go } = useOutNow();
  // Until the list loaded after it arrives.
  const [sent, setSent] = useState<{ placeId: string; list: unknown } | null>(null);
  const list = hasValue(sessions) ? sessions.value : null;
  const key = places.map(({ id }) => id).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: nothing moves under a finger as one is used, only as one comes or goes.
  const recent = useMemo(() => recentPlaces(places), [key]);
  const shown = places.filter(({ id }) => recent.includes(id));
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
    <section className="out-now grid gap-2" aria-label={say("out.heading", { count: hours })}>
      <h2 className="body medium">{say("out.heading", { count: hours })}</h2>
      <div className="out-now__places grid gap-2">
        {shown.map(({ id, label }) => {
          const state = stateOf(id);
          return (
            <Button
              key={id}
              {...(state === "on" ? { icon: "check" } : {})}
              disabled={isBusy || state !== "ready"}
              aria-label={
                state === "ready" ? say("out.at", { label, hours: hoursOf(hours) }) : undefined
              }
              onClick={() => void tap(id)}
            >
              {state === "ready" ? label : say(`out.${state}`, { label })}
            </Button>
          );
        })}
        {places.length > 0 ? <OutNow /> : null}
        <Button
          className="out-now__other"
          aria-label={say("out.new-label")}
          onClick={() => navigate("outreach", { do: "now" })}
        >
          {say("out.new")}
        </Button>
      </div>
      <NotOut refusal={refusal} />
      <p className="out-now__hint above-2 quiet">
        {withContact((contact) => say("out.hint", { contact }))}
      </p>
    </section>
  );
}

/** Resolves to whether police were told or it waits to be sent; null where it was refused. */
function useOutNow() {
  const { places } = useOwn();
  const { isBusy, refusal, act } = useActing();
  const go = (placeId: string, hours: number) => {
    const key = crypto.randomUUID();
    const letter = { kind: "out-now", key, place: { id: placeId }, hours } as const;
    const words = outNowWords(placeLabel(places, placeId), hours);
    return act(() => saveOrWait(words, letter, placeId));
  };
  return { isBusy, refusal, go };
}

/** More would push the next session off a phone screen. */
const most = 3;

type OutNowState = "ready" | "sent" | "waits" | "on";

/**
 * A session from this minute, at any saved place, for the chosen hours. Places from before the
 * lattice too: there is no time to choose again, and the closed area reveals no more.
 */
function OutNow() {
  const { places } = useOwn();
  const [isOpen, setOpen] = useState(false);
  const [placeId, setPlaceId] = useState(places[0]?.id ?? "");
  const [hours, setHours] = useState<OutHours>(usualHours);
  const { isBusy, refusal, go } = useOutNow();
  const chosen = places.some(({ id }) => id === placeId) ? placeId : (places[0]?.id ?? "");
  const out = async () => {
    if ((await go(chosen, Number(hours))) !== null) setOpen(false);
  };
  return (
    <>
      <Button
        className="out-now__other"
        aria-label={say("out.other-label")}
        onClick={() => setOpen(true)}
      >
        {say("out.other")}
      </Button>
      {isOpen ? (
        <Question
          title={say("out.title")}
          yes={say("out.heading", { count: Number(hours) })}
          no={say("cancel")}
          onNo={() => setOpen(false)}
          onYes={() => void out()}
          isDisabled={isBusy}
        >
          <Select
            label={say("where.title")}
            value={chosen}
            options={places.map(({ id, label }) => ({ value: id, label }))}
            onChange={setPlaceId}
          />
          <Select
            label={say("out.how-long")}
            value={hours}
            options={hourOptions()}
            onChange={setHours}
          />
          <p>
            {withContact((contact) => say("out.about", { contact }))} {say("emergency")}
          </p>
          <NotOut refusal={refusal} />
        </Question>
      ) : null}
    </>
  );
}

function NotOut({ refusal }: { readonly refusal: string | null }) {
  if (refusal === null) return null;
  return (
    <Refusal text={refusal}> {withContact((contact) => say("out.going", { contact }))}</Refusal>
  );
}

/** Nothing to tap where it is on, was just sent, or waits to be sent. */
export function outNowState(
  placeId: string,
  known: {
    readonly sessions: readonly OutreachSessionReply[];
    readonly waiting: readonly Untold[];
    /** Place just sent, not in the list yet. */
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

/** Ids of the places used last; the list itself keeps its order. */
export function recentPlaces(
  places: readonly Pick<SavedPlaceReply, "id" | "usedAt">[],
): readonly string[] {
  const byUse = [...places].sort((a, b) => Date.parse(b.usedAt) - Date.parse(a.usedAt));
  return byUse.slice(0, most).map(({ id }) => id);
}
