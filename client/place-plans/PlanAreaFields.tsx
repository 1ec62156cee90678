import { useId, useMemo, useState } from "react";
import { areaLayers } from "#client/map/layers/area-layers.ts";
import { MapView } from "#client/map/MapView.tsx";
import { usePalette, withOpacity } from "#client/map/palette.ts";
import { roomAroundCells } from "#client/map/room.ts";
import { areaAt, namedArea } from "#client/place-plans/plan-area.ts";
import { type BoxChoice, PlaceBox } from "#client/places/PlaceBox.tsx";
import { Button } from "#client/ui/Button.tsx";
import { Segmented } from "#client/ui/Segmented.tsx";
import type { Position } from "#core/geo/cell.ts";
import { areaWords } from "#core/place-plans/changes.ts";
import type { PlanAreaWay } from "#core/place-plans/plan.ts";
import type { PlanArea } from "#core/place-plans/wire/place-plans.ts";
import { listSpots, type Spot } from "#core/places/finding/list.ts";
import { isPublicName } from "#core/places/gazetteer/names.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";

export interface PlanAreaFieldsProps {
  readonly area: PlanArea;
  /** How the next place is chosen; the present one stays until then. */
  readonly way: PlanAreaWay;
  readonly places: PlacesReply;
  readonly error: string | undefined;
  readonly onWay: (way: PlanAreaWay) => void;
  readonly onChange: (area: PlanArea) => void;
}

export function PlanAreaFields(props: PlanAreaFieldsProps) {
  const { area, way, places, error, onWay, onChange } = props;
  const errorId = useId();
  // The field's last area; its name shows only while current.
  const [made, setMade] = useState({ name: area.name, area });
  const chosen = way === "picked" || made.area !== area ? null : made.name;
  const take = ({ name, at, place }: BoxChoice<Spot>) => {
    const own = place?.place.name ?? "";
    const isName = way === "named" && own !== "" && isPublicName(own);
    const next = isName ? namedArea(own, at) : areaAt(area, way, at);
    setMade({ name: isName ? own : name, area: next });
    onChange(next);
  };
  const drop = () => {
    if (chosen !== null) onChange({ ...area, name: null, cells: [] });
  };
  return (
    <fieldset className="editor__part stack gap-2" aria-describedby={error ? errorId : undefined}>
      <legend>Where it is</legend>
      <Segmented label="How to choose the place" value={way} options={ways} onChange={onWay} />
      <p className="quiet small">{hints[way]}</p>
      <PlaceBox
        places={listSpots(places.gazetteer)}
        chosen={chosen}
        isOneWay
        onChoose={take}
        onDrop={drop}
      />
      {way === "picked" && area.cells.length > 0 ? (
        <div>
          <Button onClick={() => onChange({ by: "picked", name: null, cells: [] })}>
            Clear all cells
          </Button>
        </div>
      ) : null}
      <p role="status">
        {area.cells.length === 0 ? "No cells yet." : `${areaWords(area)}.`}
        {area.cells.length > 0 && way !== area.by && way !== "picked"
          ? " Kept until you choose another."
          : ""}
      </p>
      {error ? (
        <p id={errorId} className="field__error">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}

const ways: readonly { readonly value: PlanAreaWay; readonly label: string }[] = [
  { value: "named", label: "By name" },
  { value: "point", label: "Around a point" },
  { value: "picked", label: "Choose cells" },
];

const hints: Readonly<Record<PlanAreaWay, string>> = {
  named: "A corner, street, station or neighbourhood, with the cells around it.",
  point:
    "Click the map or search. With the keyboard, move the map with the arrow keys and press Enter.",
  picked: "Click cells on the map to add or remove them, or search for one.",
};

export interface PlanMapProps {
  readonly places: PlacesReply;
  readonly area: PlanArea;
  readonly onClick: (at: Position) => void;
}

export function PlanMap({ places, area, onClick }: PlanMapProps) {
  const palette = usePalette();
  const { cells, by } = area;
  const layers = useMemo(
    () => areaLayers("plan", cells, withOpacity(palette.accent, 0.7), palette.accent, 2.5),
    [cells, palette],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: where the map opens, not where it is led.
  const home = useMemo(() => roomAroundCells(cells, room), []);
  const frame = useMemo(
    () => (by === "named" ? roomAroundCells(cells, room) : undefined),
    [by, cells],
  );
  return (
    <div className="editor__map no-print">
      <MapView
        places={places}
        layers={layers}
        home={home}
        frame={frame}
        onClick={onClick}
        fallback={<p>You can still search for a place by name.</p>}
      />
    </div>
  );
}

const room = [1, 1, 1, 1] as const;
