import { useMemo } from "react";
import { hexagonLayer } from "#client/map/layers/hexagon-layer.ts";
import { outlinePaths, pathLayer } from "#client/map/layers/path-layer.ts";
import { MapView } from "#client/map/MapView.tsx";
import { usePalette, withOpacity } from "#client/map/palette.ts";
import { type Bounds, boundsOf } from "#client/map/place-features.ts";
import { cellRing, type H3Cell, type Position } from "#core/geo/cell.ts";
import type { PlanArea } from "#core/place-plans/plan.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";

export interface PlanMapProps {
  readonly places: PlacesReply;
  readonly area: PlanArea;
  readonly onClick: (at: Position) => void;
}

/** The place of a plan on the map; a click says where it is. */
export function PlanMap({ places, area, onClick }: PlanMapProps) {
  const palette = usePalette();
  const { cells, by } = area;
  const layers = useMemo(() => {
    const items = cells.map((cell, index) => ({ cell, index }));
    return [
      hexagonLayer({
        id: "plan-cells",
        items,
        classes: new Uint8Array(items.length).fill(1),
        colours: [withOpacity(palette.accent, 0.7)],
        opacity: 0.6,
      }),
      pathLayer({
        id: "plan-edge",
        paths: outlinePaths(cells),
        colour: palette.accent,
        widthPx: 2.5,
      }),
    ];
  }, [cells, palette]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: where the map opens, not where it is led.
  const home = useMemo(() => around(cells), []);
  const frame = useMemo(() => (by === "named" ? around(cells) : undefined), [by, cells]);
  return (
    <div className="plan-editor__map">
      <MapView
        places={places}
        layers={layers}
        home={home}
        frame={frame}
        onClick={onClick}
        fallback={<p>A place that is searched for by its name needs no map.</p>}
      />
    </div>
  );
}

/** A place with its streets around it. */
function around(cells: readonly H3Cell[]): Bounds | undefined {
  const bounds = boundsOf(cells.flatMap(cellRing));
  if (!bounds) return undefined;
  const [west, south, east, north] = bounds;
  const [wide, tall] = [east - west, north - south];
  return [west - wide, south - tall, east + wide, north + tall];
}
