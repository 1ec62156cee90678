import { useMemo } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { useShared } from "#client/api/use-resource.ts";
import { type DateRange, earlier } from "#client/hotspots/measures/presets.ts";
import { HotspotsBoard } from "#client/hotspots/screen/HotspotsBoard.tsx";
import { createStudies } from "#client/hotspots/state/studies.ts";
import { MapWaiting } from "#client/map/MapWaiting.tsx";
import { places } from "#client/places/places.ts";
import { events } from "#client/records/events.ts";
import { navigate } from "#client/state/url.ts";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { prepareEvents } from "#core/hotspots/prepare.ts";
import { createPlaceNamer } from "#core/places/place-name.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";
import type { EventColumns } from "#core/records/columns.ts";
import { createZone, minuteMs } from "#core/time/zone.ts";

// Load the map's code alongside the records.
void import("#client/hotspots/map/HotspotsMap.tsx").catch(() => undefined);

export function Hotspots() {
  const placesResource = useShared(places);
  const eventsResource = useShared(events);
  return (
    <Loaded resource={placesResource} onRetry={places.reload} skeleton={<Waiting />}>
      {(known) => (
        <Loaded resource={eventsResource} onRetry={events.reload} skeleton={<Waiting />}>
          {(columns) =>
            columns.length === 0 ? <NoEvents /> : <Prepared places={known} columns={columns} />
          }
        </Loaded>
      )}
    </Loaded>
  );
}

function Waiting() {
  return (
    <div className="hotspots grid relative tall gives">
      <div className="hotspots__map relative gives shrinks">
        <MapWaiting />
      </div>
    </div>
  );
}

interface PreparedProps {
  readonly places: PlacesReply;
  readonly columns: EventColumns;
}

function Prepared({ places: known, columns }: PreparedProps) {
  const { asAt, timeZone } = useSession();
  const zone = createZone(timeZone);
  const nameOf = useMemo(() => createPlaceNamer(known.gazetteer), [known]);
  const data = useMemo(
    () => ({ events: prepareEvents(columns, zone), studyOf: createStudies(known, nameOf), zone }),
    [columns, known, nameOf, zone],
  );
  const within = useMemo((): DateRange => {
    const first = zone.dateOf((columns.start[0] ?? 0) * minuteMs);
    return { from: earlier(first, asAt), to: asAt };
  }, [columns, zone, asAt]);
  return <HotspotsBoard data={data} places={known} nameOf={nameOf} within={within} />;
}

function NoEvents() {
  const { role } = useSession();
  return (
    <EmptyState
      title="No records yet"
      action={
        role === "analyst" ? (
          <Button look="filled" icon="records" onClick={() => navigate("records")}>
            Import records
          </Button>
        ) : null
      }
    >
      Here you will see where and when reports cluster.{" "}
      {role === "analyst" ? "" : "An analyst imports the records first."}
    </EmptyState>
  );
}
