import { useMemo } from "react";
import { MapView } from "#client/map/MapView.tsx";
import { boundsAround } from "#client/protected-time/session-form/bounds.ts";
import { Hatch } from "#client/ui/Hatch.tsx";
import type { H3Cell } from "#core/geo/cell.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";
import type { SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";

const noLayers = [] as const;

/** Where police stay away: the own outlines as police see them. */
export function OwnMap({
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
