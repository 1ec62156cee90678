import { useMemo, useState } from "react";
import { pathLayer } from "#client/map/layers/path-layer.ts";
import { MapView } from "#client/map/MapView.tsx";
import { usePalette } from "#client/map/palette.ts";
import type { Bounds } from "#client/map/place-features.ts";
import type { PlaceTimeDraft, PlaceTimeFaults } from "#client/patrols/police/use-place-time.ts";
import { startBounds } from "#client/protected-time/session-form/bounds.ts";
import { PlaceSearch } from "#client/protected-time/session-form/PlaceSearch.tsx";
import { command } from "#client/state/command.ts";
import { Button } from "#client/ui/Button.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { cellAt, cellRing, type Position } from "#core/geo/cell.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";

export interface PlaceTimeFieldsProps {
  readonly map: PlacesReply;
  readonly draft: PlaceTimeDraft;
  readonly faults: PlaceTimeFaults;
  readonly onChange: (part: Partial<PlaceTimeDraft>) => void;
}

/** One hexagon, chosen by name, by pointing or by keys; a day and two times. */
export function PlaceTimeFields({ map, draft, faults, onChange }: PlaceTimeFieldsProps) {
  const palette = usePalette();
  const [text, setText] = useState("");
  const [middle, setMiddle] = useState<Position>(command.get().centre);
  const { cell } = draft;
  const pick = (at: Position) => onChange({ cell: cellAt(at, 10) });
  const layers = useMemo(
    () =>
      cell === null
        ? []
        : [pathLayer({ id: "asked", paths: [cellRing(cell)], colour: palette.accent, widthPx: 3 })],
    [cell, palette],
  );
  const home = useMemo(startBounds, []);
  const frame = useMemo(() => (cell === null ? undefined : boundsOf(cellRing(cell))), [cell]);
  return (
    <>
      <fieldset className="place-time__part">
        <legend>Where</legend>
        <PlaceSearch
          gazetteer={map.gazetteer}
          text={text}
          error={faults.cell}
          onText={setText}
          onFound={pick}
        />
        <div className="place-time__map">
          <MapView
            places={map}
            layers={layers}
            home={home}
            frame={frame}
            onClick={pick}
            onMoved={({ centre }) => setMiddle(centre)}
            fallback={<p>Search for the place above instead.</p>}
          />
          <span className="place-time__middle" aria-hidden="true" />
        </div>
        <Button icon="crosshair" onClick={() => pick(middle)}>
          Use map centre
        </Button>
      </fieldset>
      <fieldset className="place-time__part">
        <legend>When</legend>
        <div className="place-time__row">
          <TextField
            label="Day"
            type="date"
            value={draft.date}
            error={faults.date}
            onChange={(date) => onChange({ date })}
          />
          <TextField
            label="From"
            type="time"
            value={draft.from}
            error={faults.from}
            onChange={(from) => onChange({ from })}
          />
          <TextField
            label="To"
            type="time"
            value={draft.to}
            hint={draft.to !== "" && draft.to <= draft.from ? "On the next day" : undefined}
            error={faults.to}
            onChange={(to) => onChange({ to })}
          />
        </div>
      </fieldset>
    </>
  );
}

/** With the streets around it. */
function boundsOf(ring: readonly Position[]): Bounds {
  const lngs = ring.map(([lng]) => lng);
  const lats = ring.map(([, lat]) => lat);
  const margin = 0.005;
  return [
    Math.min(...lngs) - margin,
    Math.min(...lats) - margin,
    Math.max(...lngs) + margin,
    Math.max(...lats) + margin,
  ];
}
