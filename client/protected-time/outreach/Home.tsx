import { Suspense, useEffect, useState } from "react";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { live } from "#client/live/refresh.ts";
import { places } from "#client/places/places.ts";
import { LeavingAsked } from "#client/protected-time/outreach/Leaving.tsx";
import { More } from "#client/protected-time/outreach/More.tsx";
import type { OfOtherRooms } from "#client/protected-time/outreach/MoreInside.tsx";
import { OutNowAt } from "#client/protected-time/outreach/OutNowAt.tsx";
import { OpeningsAsked } from "#client/protected-time/outreach/OwnOpenings.tsx";
import {
  askWhetherConfirmed,
  ownAttended,
  ownObjections,
  ownSessions,
} from "#client/protected-time/outreach/outreach-api.ts";
import { isOutdated, momentIn } from "#client/protected-time/outreach/outreach-words.ts";
import { SessionCard } from "#client/protected-time/outreach/SessionCard.tsx";
import { useHere, useOwn } from "#client/protected-time/outreach/use-here.ts";
import { lastSaved } from "#client/protected-time/session-form/save-or-wait.ts";
import { InEnglish, say, Translated } from "#client/protected-time/words/diary.tsx";
import { navigate } from "#client/state/url.ts";
import { useInterval } from "#client/state/use-interval.ts";
import { useStore } from "#client/state/use-store.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { lazily } from "#client/ui/lazily.ts";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { scrollToTop } from "#client/ui/scroll-to-top.ts";
import { useMedia } from "#client/ui/use-media.ts";
import type { OutreachSessionReply } from "#core/protected-time/wire/outreach.ts";
import { dayMs } from "#core/time/zone.ts";

const OwnMap = lazily(
  async () => (await import("#client/protected-time/outreach/OwnMap.tsx")).OwnMap,
);

/** While police have not confirmed, so that their word shows without a reload. */
const askEveryMs = 30_000;

/** At most two phone screens; the rest is under "More". */
export function Home({ others }: { readonly others: OfOtherRooms }) {
  const map = useShared(places);
  const sessions = useShared(ownSessions);
  const isUnconfirmed =
    hasValue(sessions) && sessions.value.some(({ told }) => told?.confirmedAt === null);
  // Pushed while the live stream is on, polled otherwise.
  const isLive = useStore(live, (state) => state === "on");
  useInterval(() => void askWhetherConfirmed(), isUnconfirmed && !isLive ? askEveryMs : null);
  const [chosen, setChosen] = useState<string | null>(null);
  const isWide = useMedia(wide);
  // After saving a form, its outcome is at the top.
  useEffect(() => {
    scrollToTop();
  }, []);
  const ownMap = (
    <div className="outreach__map no-print stack">
      <Suspense fallback={<Skeleton fill />}>
        {hasValue(map) ? <OwnMap chosen={chosen} /> : <Skeleton fill />}
      </Suspense>
    </div>
  );
  return (
    <div className="outreach__home grid grow">
      <div className="outreach__acts big-buttons no-print grid gap-2">
        <LeavingAsked />
        <OpeningsAsked />
        <Attended />
        <Answers />
        <InEnglish>{others.news}</InEnglish>
        <OutNowAt />
        <Button look="filled" icon="plus" onClick={() => navigate("outreach", { do: "add" })}>
          {say("home.add")}
        </Button>
      </div>
      <section className="outreach__sessions stack gap-2" aria-label={say("home.next")}>
        <h2>{say("home.next")}</h2>
        <Outdated />
        <Beyond />
        <Loaded resource={sessions} onRetry={ownSessions.reload} skeleton={<Skeleton lines={6} />}>
          {(list) => (
            <SessionList
              sessions={list}
              chosen={chosen}
              onChoose={(id) => setChosen(id === chosen ? null : id)}
            />
          )}
        </Loaded>
      </section>
      {isWide ? ownMap : null}
      <More others={others} map={isWide ? null : ownMap} onChoose={setChosen} />
    </div>
  );
}

/** From here on the map has room beside the list (outreach.css). */
const wide = "(min-width: 760px)";

function Attended() {
  const here = useHere();
  const resource = useShared(ownAttended);
  if (!hasValue(resource)) return null;
  const fresh = resource.value.attended.filter(({ to }) => Date.parse(to) > here.now - dayMs);
  const attended = fresh.map(({ from }) => say("home.attended", { when: momentIn(here, from) }));
  // One emergency can affect two sessions at a place.
  const sentences = [...new Set(attended)];
  if (sentences.length === 0) return null;
  return (
    <div className="across">
      {sentences.map((sentence) => (
        <Banner key={sentence} kind="warning">
          {sentence} {say("home.not-kept")}
        </Banner>
      ))}
    </div>
  );
}

const answerShownMs = 7 * dayMs;

function Answers() {
  const { now } = useHere();
  const own = useShared(ownObjections);
  if (!hasValue(own)) return null;
  return own.value.objections
    .filter(({ answeredAt }) => answeredAt && Date.parse(answeredAt) > now - answerShownMs)
    .map(({ id, answer }) => (
      <Banner key={id} kind="note">
        {say("home.answered", { answer: answer ?? "" })}
      </Banner>
    ));
}

/** Places from before the lattice that still close something, with how to choose each again. */
function Outdated() {
  const { places, sessions } = useOwn();
  const used = places.filter(
    (place) => isOutdated(place) && sessions.some(({ placeId }) => placeId === place.id),
  );
  if (used.length === 0) return null;
  const names = used.map(({ label }) => `"${label}"`).join(", ");
  return <Banner kind="warning">{say("home.outdated", { names })}</Banner>;
}

/** Unused ones too: "Out now" offers them. */
function Beyond() {
  return useOwn().places.map(({ id, label, beyond }) =>
    beyond === undefined ? null : (
      <Banner key={id} kind="warning">
        "{label}": <Translated text={beyond} />
      </Banner>
    ),
  );
}

export interface SessionListProps {
  readonly sessions: readonly OutreachSessionReply[];
  readonly chosen: string | null;
  readonly onChoose: (sessionId: string) => void;
}

export function SessionList({ sessions, chosen, onChoose }: SessionListProps) {
  const [isAll, setAll] = useState(false);
  const saved = useStore(lastSaved, (id) => id);
  if (sessions.length === 0) {
    return <EmptyState title={say("list.none")}>{say("list.none-about")}</EmptyState>;
  }
  const shown = isAll ? sessions : firstShown(sessions, [chosen, saved]);
  const more = sessions.length - shown.length;
  return (
    <>
      <ul className="stack gap-2">
        {shown.map((session) => (
          <SessionCard
            key={session.id}
            session={session}
            isChosen={session.id === chosen}
            onChoose={() => onChoose(session.id)}
          />
        ))}
      </ul>
      {more > 0 ? (
        <Button look="quiet" onClick={() => setAll(true)}>
          {say("list.more", { count: more })}
        </Button>
      ) : null}
    </>
  );
}

/** Keeps the page within two phone screens. */
const most = 4;

/**
 * The soonest, those asked for by id, and those awaiting a reply: unconfirmed by police, or with a
 * second person.
 */
function firstShown(
  sessions: readonly OutreachSessionReply[],
  asked: readonly (string | null)[],
): readonly OutreachSessionReply[] {
  return sessions.filter(
    (session, index) => index < most || asked.includes(session.id) || needsEyes(session),
  );
}

function needsEyes({ told, second, endedAt }: OutreachSessionReply): boolean {
  if (endedAt !== null) return false;
  if (told?.confirmedAt === null) return true;
  return second !== null && second.confirmedBy === null && !second.isOwn;
}
