import { type ReactNode, useMemo, useRef, useState } from "react";
import { outlinePaths, pathLayer } from "#client/map/layers/path-layer.ts";
import { MapView } from "#client/map/MapView.tsx";
import { usePalette } from "#client/map/palette.ts";
import { type Bounds, boundsOf } from "#client/map/place-features.ts";
import { startBounds } from "#client/map/room.ts";
import type {
  ChosenPlace,
  PlaceTimeDraft,
  usePlaceTime,
} from "#client/patrols/police/use-place-time.ts";
import { type BoxPlace, PlaceBox } from "#client/places/PlaceBox.tsx";
import { useFaultInView } from "#client/protected-time/session-form/use-fault-in-view.ts";
import { command } from "#client/state/command.ts";
import { Button } from "#client/ui/Button.tsx";
import { Form } from "#client/ui/Form.tsx";
import { fieldOf } from "#client/ui/field-of.ts";
import { TextField } from "#client/ui/TextField.tsx";
import { cellAt, cellRing, eventResolution, type H3Cell, type Position } from "#core/geo/cell.ts";
import { spotName } from "#core/places/finding/list.ts";
import { createPlaceNamer } from "#core/places/place-name.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";

interface PlaceTimeFormProps<Place extends BoxPlace> {
  readonly map: PlacesReply;
  readonly places: readonly Place[];
  readonly cellsOf: (place: Place) => readonly H3Cell[];
  readonly form: ReturnType<typeof usePlaceTime>;
  /** On its button, once nothing is missing. */
  readonly verb: string;
  readonly onSend: () => void;
  readonly onChange: (part: Partial<PlaceTimeDraft>) => void;
  /** Beside the button. */
  readonly children?: ReactNode;
}

/** A place, a day and hours: what is asked, or was attended. */
export function PlaceTimeForm<Place extends BoxPlace>(props: PlaceTimeFormProps<Place>) {
  const { form, verb, onSend, children } = props;
  const element = useRef<HTMLFormElement>(null);
  useFaultInView(element, form.faults);
  return (
    <Form ref={element} className="police__form stack gap-4" onSend={onSend} noValidate>
      <PlaceTimeFields {...props} />
      <div className="police__foot row wrap start gap-2-3">
        <Button type="submit" look="filled" disabled={form.isBusy}>
          {form.missing ?? verb}
        </Button>
        {children}
        {form.fault ? (
          <p className="field__error" role="alert">
            {form.fault.title}. {form.fault.detail}
          </p>
        ) : null}
      </div>
    </Form>
  );
}

function PlaceTimeFields<Place extends BoxPlace>(props: PlaceTimeFormProps<Place>) {
  const { map, onChange } = props;
  const { draft, faults } = props.form;
  const field = fieldOf(draft, onChange, faults);
  const palette = usePalette();
  const [middle, setMiddle] = useState<Position>(command.get().centre);
  const nameOf = useMemo(() => createPlaceNamer(map.gazetteer), [map]);
  const { place } = draft;
  const pick = (at: Position) => {
    const cell = cellAt(at, eventResolution);
    onChange({ place: { name: spotName(nameOf(cell)), asked: { cell }, cells: [cell] } });
  };
  const choose = (one: Place) => {
    const chosen: ChosenPlace = {
      name: one.name,
      asked: { place: one.name },
      cells: props.cellsOf(one),
    };
    onChange({ place: chosen });
  };
  const layers = useMemo(
    () =>
      place === null
        ? []
        : [
            pathLayer({
              id: "asked",
              paths: outlinePaths(place.cells),
              colour: palette.accent,
              widthPx: 3,
            }),
          ],
    [place, palette],
  );
  const home = useMemo(startBounds, []);
  const frame = useMemo(() => (place === null ? undefined : around(place.cells)), [place]);
  return (
    <>
      <fieldset className="place-time__part stack start gap-2">
        <legend>Where</legend>
        <PlaceBox
          places={props.places}
          chosen={place?.name ?? null}
          error={faults.place}
          onChoose={(choice) => (choice.place === null ? pick(choice.at) : choose(choice.place))}
          onDrop={() => onChange({ place: null })}
        />
        <div className="place-time__map map-box">
          <MapView
            places={map}
            layers={layers}
            home={home}
            frame={frame}
            onClick={pick}
            onMoved={({ centre }) => setMiddle(centre)}
            fallback={<p>Search for the place above instead.</p>}
          />
          <span className="cross cover" aria-hidden="true" />
        </div>
        <Button icon="crosshair" onClick={() => pick(middle)}>
          Use map centre
        </Button>
      </fieldset>
      <fieldset className="place-time__part stack start gap-2">
        <legend>When</legend>
        <div className="row wrap start gap-2-3">
          <TextField label="Day" type="date" {...field("date")} />
          <TextField label="From" type="time" {...field("from")} />
          <TextField
            label="To"
            type="time"
            {...field("to")}
            hint={draft.to !== "" && draft.to <= draft.from ? "On the next day" : undefined}
          />
        </div>
      </fieldset>
    </>
  );
}

function around(cells: readonly H3Cell[]): Bounds | undefined {
  const bounds = boundsOf(cells.flatMap(cellRing));
  if (!bounds) return undefined;
  const [west, south, east, north] = bounds;
  const margin = 0.005;
  return [west - margin, south - margin, east + margin, north + margin];
}
