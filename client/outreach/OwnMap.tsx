import { useMemo } from "react";
import { MapView } from "#client/map/MapView.tsx";
import { boundsOf } from "#client/map/place-features.ts";
import { Hatch } from "#client/ui/Hatch.tsx";
import { Legend } from "#client/ui/Legend.tsx";
import { cellCentre, type H3Cell } from "#core/geo/cell.ts";
import type { SavedPlaceReply } from "#core/wire/outreach.ts";
import type { PlacesReply } from "#core/wire/places.ts";

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
  const frame = useMemo(() => boundsOf(cells.map(cellCentre)) ?? undefined, [cells]);
  return (
    <MapView
      places={map}
      layers={noLayers}
      keepClear={cells}
      home={frame}
      frame={frame}
      legend={
        <Legend
          title="Where police stay away"
          entries={[{ key: "away", swatch: <Hatch />, label: "During your sessions" }]}
          notes={[]}
        />
      }
      fallback={<p>{places.map(({ label }) => label).join(", ")}</p>}
    />
  );
}
