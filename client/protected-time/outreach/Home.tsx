import { type ReactNode, useEffect, useMemo, useState } from "react";
import { hasValue, type Resource } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { live } from "#client/live/refresh.ts";
import { MapView } from "#client/map/MapView.tsx";
import { OwnCalendar } from "#client/protected-time/calendar/OwnCalendar.tsx";
import { Pause } from "#client/protected-time/outreach/ConfirmBar.tsx";
import { Leaving, LeavingAsked } from "#client/protected-time/outreach/Leaving.tsx";
import { Objections } from "#client/protected-time/outreach/Objections.tsx";
import { OutNowAt } from "#client/protected-time/outreach/OutNowAt.tsx";
import { OpeningsAsked, OwnOpenings } from "#client/protected-time/outreach/OwnOpenings.tsx";
import { KeptClear, WhoLooked } from "#client/protected-time/outreach/OwnRecord.tsx";
import {
  askWhetherConfirmed,
  ownAttended,
  ownSessions,
} from "#client/protected-time/outreach/outreach-api.ts";
import { Phones } from "#client/protected-time/outreach/Phones.tsx";
import { SavedPlaces } from "#client/protected-time/outreach/SavedPlaces.tsx";
import { SessionCard } from "#client/protected-time/outreach/SessionCard.tsx";
import { useHere } from "#client/protected-time/outreach/use-here.ts";
import { boundsAround } from "#client/protected-time/session-form/bounds.ts";
import { isOutdated } from "#client/protected-time/session-form/draft.ts";
import { navigate } from "#client/state/url.ts";
import { useInterval } from "#client/state/use-interval.ts";
import { useStore } from "#client/state/use-store.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Hatch } from "#client/ui/Hatch.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { scrollToTop } from "#client/ui/scroll-to-top.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";
import type { OutreachSessionReply, SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";
import { dayMs } from "#core/time/zone.ts";

/** What other rooms have for a partner. */
export interface OfOtherRooms {
  readonly plans: ReactNode;
  readonly releases: ReactNode;
  readonly contacts: ReactNode;
}

export interface HomeProps {
  readonly others: OfOtherRooms;
  readonly places: readonly SavedPlaceReply[];
  readonly map: Resource<PlacesReply>;
}

/** While police have not confirmed, so that their word shows without a reload. */
const askEveryMs = 30_000;

/** The next sessions first, the two things that a partner comes for, then map, record and places. */
export function Home({ others, places, map }: HomeProps) {
  const sessions = useShared(ownSessions);
  const isUnconfirmed =
    hasValue(sessions) && sessions.value.some(({ told }) => told?.confirmedAt === null);
  // Told as it comes where the line stands; asked for where it does not.
  const isLive = useStore(live, (state) => state === "on");
  useInterval(() => void askWhetherConfirmed(), isUnconfirmed && !isLive ? askEveryMs : null);
  const [chosen, setChosen] = useState<string | null>(null);
  // After a form was saved: what was saved and what police were told stand at the top.
  useEffect(() => {
    scrollToTop();
  }, []);
  return (
    <div className="outreach__home">
      <div className="outreach__acts">
        <LeavingAsked />
        <OpeningsAsked />
        <Attended />
        {places.length > 0 ? <OutNowAt places={places} /> : null}
        <Button look="filled" icon="plus" onClick={() => navigate("outreach", { do: "add" })}>
          Add a session
        </Button>
        <Button icon="file" onClick={() => navigate("outreach", { do: "upload" })}>
          Upload a calendar
        </Button>
        <Pause />
      </div>
      <section className="outreach__sessions" aria-label="Next sessions">
        <h2>Next sessions</h2>
        {hasValue(sessions) ? <Outdated places={places} sessions={sessions.value} /> : null}
        <Loaded resource={sessions} onRetry={ownSessions.reload} skeleton={<Skeleton lines={6} />}>
          {(list) =>
            list.length === 0 ? (
              <EmptyState title="No sessions to come">
                Add one, and no patrol is planned at its place and time. Police never learn who goes
                there.
              </EmptyState>
            ) : (
              <ul className="outreach__cards">
                {list.map((session) => (
                  <SessionCard
                    key={session.id}
                    session={session}
                    places={places}
                    isChosen={session.id === chosen}
                    onChoose={() => setChosen(session.id === chosen ? null : session.id)}
                  />
                ))}
              </ul>
            )
          }
        </Loaded>
      </section>
      <div className="outreach__map">
        {hasValue(map) ? (
          <OwnMap
            map={map.value}
            places={chosenPlaces(places, hasValue(sessions) ? sessions.value : [], chosen)}
          />
        ) : (
          <Skeleton fill />
        )}
      </div>
      <div className="outreach__rest">
        <OwnCalendar places={places} onChoose={setChosen} />
        <KeptClear places={places} />
        <WhoLooked />
        <SavedPlaces places={places} />
        {others.plans}
        <Objections />
        {others.releases}
        {others.contacts}
        <Phones />
        <OwnOpenings />
        <Leaving />
      </div>
    </div>
  );
}

/** Police who answered an emergency at a session of today or last night: told as soon as they log it. */
function Attended() {
  const { now } = useHere();
  const resource = useShared(ownAttended);
  if (!hasValue(resource)) return null;
  const fresh = resource.value.attended.filter(({ to }) => Date.parse(to) > now - dayMs);
  // One emergency can touch two sessions at one place.
  const sentences = [...new Set(fresh.map(({ sentence }) => sentence))];
  if (sentences.length === 0) return null;
  return (
    <div className="outreach__attended">
      {sentences.map((sentence) => (
        <Banner key={sentence} kind="warning">
          {sentence} It does not count as kept clear.
        </Banner>
      ))}
    </div>
  );
}

interface OutdatedProps {
  readonly places: readonly SavedPlaceReply[];
  /** Those that go on. */
  readonly sessions: readonly OutreachSessionReply[];
}

/** Places from before the lattice that something still closes: why and how each is chosen anew. */
function Outdated({ places, sessions }: OutdatedProps) {
  const used = places.filter(
    (place) => isOutdated(place) && sessions.some(({ placeId }) => placeId === place.id),
  );
  if (used.length === 0) return null;
  const names = used.map(({ label }) => `"${label}"`).join(", ");
  return (
    <Banner kind="warning">
      Choose the place again: {names}. From the older outline more could be worked out than we
      promised. Open each session there, tap Change, and show its place once more: then police can
      tell an area about 350 m across, not where in it. Until then it stays closed as it was.
    </Banner>
  );
}

const noLayers = [] as const;

/** Where police stay away: the own outlines as police see them. */
function OwnMap({
  map,
  places,
}: {
  readonly map: PlacesReply;
  readonly places: readonly SavedPlaceReply[];
}) {
  const key = places.map(({ id }) => id).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: outlines never change; the ids say which.
  const cells = useMemo(
    () => [...new Set(places.flatMap((place) => place.cells as H3Cell[]))],
    [key],
  );
  const frame = useMemo(() => boundsAround(cells), [cells]);
  return (
    <>
      <p className="away-key">
        <Hatch /> Police stay away during your sessions
      </p>
      <div className="away-map">
        <MapView
          places={map}
          layers={noLayers}
          keepClear={cells}
          home={frame}
          frame={frame}
          fallback={<p>{places.map(({ label }) => label).join(", ")}</p>}
        />
      </div>
    </>
  );
}

/** The chosen session's place; without a choice all that have a session to come. */
function chosenPlaces(
  places: readonly SavedPlaceReply[],
  sessions: readonly { readonly id: string; readonly placeId: string }[],
  chosen: string | null,
): readonly SavedPlaceReply[] {
  const shown = sessions.filter(({ id }) => chosen === null || id === chosen);
  return places.filter(({ id }) => shown.some(({ placeId }) => placeId === id));
}
