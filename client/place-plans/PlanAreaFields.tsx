import { useId, useMemo, useState } from "react";
import { areaAt, namedArea } from "#client/place-plans/plan-area.ts";
import { PlaceSearch } from "#client/protected-time/session-form/PlaceSearch.tsx";
import { searchPlaces } from "#client/protected-time/session-form/place-search.ts";
import { Button } from "#client/ui/Button.tsx";
import { Segmented } from "#client/ui/Segmented.tsx";
import type { Position } from "#core/geo/cell.ts";
import { areaWords, type PlanArea, type PlanAreaWay } from "#core/place-plans/plan.ts";
import { isPublicName } from "#core/places/gazetteer/names.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";

export interface PlanAreaFieldsProps {
  readonly area: PlanArea;
  /** How the next place is said; what is there stays until then. */
  readonly way: PlanAreaWay;
  readonly places: PlacesReply;
  readonly error: string | undefined;
  readonly onWay: (way: PlanAreaWay) => void;
  readonly onChange: (area: PlanArea) => void;
}

const ways: readonly { readonly value: PlanAreaWay; readonly label: string }[] = [
  { value: "named", label: "By name" },
  { value: "point", label: "Around a point" },
  { value: "picked", label: "Pick cells" },
];

const hints: Readonly<Record<PlanAreaWay, string>> = {
  named: "A corner, street, station or neighbourhood; it takes the cells around it.",
  point: "Click the map, or search; with keys, move the map by its arrows and press Enter.",
  picked: "Click cells on the map to put them in or take them out, or search for one.",
};

/** The place of a plan, by three ways that all end in cells. */
export function PlanAreaFields(props: PlanAreaFieldsProps) {
  const { area, way, places, error, onWay, onChange } = props;
  const [text, setText] = useState("");
  const errorId = useId();
  const { gazetteer } = places;
  const found = useMemo(() => searchPlaces(gazetteer, text), [gazetteer, text]);
  const take = (at: Position) => {
    const name = found.find((place) => place.at === at)?.name ?? "";
    const isName = way === "named" && name !== "" && isPublicName(name);
    onChange(isName ? namedArea(name, at) : areaAt(area, way, at));
  };
  return (
    <fieldset className="plan-editor__part" aria-describedby={error ? errorId : undefined}>
      <legend>Where it is</legend>
      <Segmented label="How to say where" value={way} options={ways} onChange={onWay} />
      <p className="quiet small">{hints[way]}</p>
      <PlaceSearch
        gazetteer={gazetteer}
        text={text}
        error={undefined}
        onText={setText}
        onFound={take}
      />
      {way === "picked" && area.cells.length > 0 ? (
        <div>
          <Button onClick={() => onChange({ by: "picked", name: null, cells: [] })}>
            Begin with no cell
          </Button>
        </div>
      ) : null}
      <p role="status">
        {area.cells.length === 0 ? "No cell yet." : `${areaWords(area)}.`}
        {area.cells.length > 0 && way !== area.by && way !== "picked"
          ? " It stays until you take another."
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
