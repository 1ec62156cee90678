import { useMemo, useState } from "react";
import { pathLayer } from "#client/map/layers/path-layer.ts";
import { stopLayers } from "#client/map/layers/stop-layer.ts";
import { MapView } from "#client/map/MapView.tsx";
import { usePalette } from "#client/map/palette.ts";
import { evenRoomAround, startBounds } from "#client/protected-time/session-form/bounds.ts";
import { Button } from "#client/ui/Button.tsx";
import type { Position } from "#core/geo/cell.ts";
import { circleAround } from "#core/places/drawn-area.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";
import { studyCentre } from "#core/protected-time/settings.ts";

export interface VenueMapProps {
  readonly map: PlacesReply;
  readonly at: Position | null;
  readonly radiusM: number;
  readonly onPick: (at: Position) => void;
}

/** Tap to choose; or move the map by keys and take its middle. */
export function VenueMap({ map, at, radiusM, onPick }: VenueMapProps) {
  const palette = usePalette();
  const [middle, setMiddle] = useState<Position>(studyCentre);
  const ring = useMemo(() => (at ? ringAround(at, radiusM) : null), [at, radiusM]);
  const layers = useMemo(
    () =>
      at && ring
        ? [
            pathLayer({ id: "venue-edge", paths: [ring], colour: palette.accent, widthPx: 2 }),
            ...stopLayers({
              id: "venue",
              stops: [{ at, order: 1 }],
              colour: palette.accent,
              textColour: palette.accent,
            }),
          ]
        : [],
    [at, ring, palette],
  );
  const home = useMemo(() => startBounds(), []);
  const frame = useMemo(() => (ring ? evenRoomAround(ring) : undefined), [ring]);
  return (
    <>
      <div className="venue-map">
        <MapView
          places={map}
          layers={layers}
          home={home}
          frame={frame}
          onClick={onPick}
          onMoved={({ centre }) => setMiddle(centre)}
          fallback={<p>Search for the place above instead.</p>}
        />
        <span className="venue-map__middle" aria-hidden="true" />
      </div>
      <Button icon="crosshair" onClick={() => onPick(middle)}>
        Use map centre
      </Button>
    </>
  );
}

/** For the eye alone: nothing is computed from it. */
function ringAround(at: Position, radiusM: number): readonly Position[] {
  const corners = circleAround(at, radiusM, 48);
  return corners.concat(corners.slice(0, 1));
}
