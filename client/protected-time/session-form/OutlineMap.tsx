import { useMemo, useState } from "react";
import { pathLayer } from "#client/map/layers/path-layer.ts";
import { stopLayers } from "#client/map/layers/stop-layer.ts";
import { MapView } from "#client/map/MapView.tsx";
import { usePalette } from "#client/map/palette.ts";
import { startBounds } from "#client/protected-time/session-form/bounds.ts";
import { command } from "#client/state/command.ts";
import { Button } from "#client/ui/Button.tsx";
import type { Position } from "#core/geo/cell.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";

export interface OutlineMapProps {
  readonly map: PlacesReply;
  readonly kind: "area" | "corridor";
  readonly corners: readonly Position[];
  readonly onChange: (corners: readonly Position[]) => void;
}

/** Corner by corner: by tapping, or by moving the map with the keys and taking its middle. */
export function OutlineMap({ map, kind, corners, onChange }: OutlineMapProps) {
  const palette = usePalette();
  const [middle, setMiddle] = useState<Position>(command.get().centre);
  const layers = useMemo(() => {
    const first = corners[0];
    if (!first) return [];
    const line = kind === "area" && corners.length > 2 ? [...corners, first] : corners;
    return [
      pathLayer({ id: "outline-edge", paths: [line], colour: palette.accent, widthPx: 3 }),
      ...stopLayers({
        id: "outline",
        stops: corners.map((at, index) => ({ at, order: index + 1 })),
        colour: palette.paper,
        textColour: palette.accent,
      }),
    ];
  }, [corners, kind, palette]);
  const home = useMemo(() => startBounds(), []);
  const add = (at: Position) => onChange([...corners, at]);
  const count = corners.length;
  return (
    <>
      <div className="venue-map">
        <MapView
          places={map}
          layers={layers}
          home={home}
          onClick={add}
          onMoved={({ centre }) => setMiddle(centre)}
          fallback={<p>No map: choose a place by name instead.</p>}
        />
        <span className="venue-map__middle" aria-hidden="true" />
      </div>
      <p className="quiet" role="status">
        {count === 0 ? firstWords[kind] : `${count} ${count === 1 ? "corner" : "corners"}.`}
      </p>
      <div className="session-form__corners">
        <Button icon="crosshair" onClick={() => add(middle)}>
          Use the spot under the cross
        </Button>
        <Button look="quiet" disabled={count === 0} onClick={() => onChange(corners.slice(0, -1))}>
          Undo last point
        </Button>
        <Button look="quiet" disabled={count === 0} onClick={() => onChange([])}>
          Start again
        </Button>
      </div>
    </>
  );
}

const firstWords = {
  area: "Tap the corners of the area, one after the other.",
  corridor: "Tap the start of the route, each bend, and the end.",
};
