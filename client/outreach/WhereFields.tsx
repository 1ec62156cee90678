import type { Draft, DraftFaults } from "#client/outreach/draft.ts";
import { PlaceSearch } from "#client/outreach/PlaceSearch.tsx";
import { VenueMap } from "#client/outreach/VenueMap.tsx";
import { Select } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { leastRadiusM, mostRadiusM } from "#core/blackouts/settings.ts";
import type { SavedPlaceReply } from "#core/wire/outreach.ts";
import type { PlacesReply } from "#core/wire/places.ts";

export interface WhereFieldsProps {
  readonly map: PlacesReply;
  readonly places: readonly SavedPlaceReply[];
  readonly draft: Draft;
  readonly faults: DraftFaults;
  readonly onChange: (part: Partial<Draft>) => void;
}

const newPlace = "new";

/** A saved place, or a new one by tapping the map, by name, or by coordinates. */
export function WhereFields({ map, places, draft, faults, onChange }: WhereFieldsProps) {
  const isNew = draft.placeId === null;
  const options = [
    ...places.map(({ id, label }) => ({ value: id, label })),
    { value: newPlace, label: "A new place" },
  ];
  return (
    <fieldset className="session-form__part">
      <legend>Where</legend>
      {places.length > 0 ? (
        <Select
          label="Place"
          value={draft.placeId ?? newPlace}
          options={options}
          onChange={(value) => onChange({ placeId: value === newPlace ? null : value })}
        />
      ) : null}
      {isNew ? (
        <>
          <p className="session-form__promise">
            The place that you choose here never leaves this device. What is sent is an outline that
            is larger and moved by a secret distance.
          </p>
          <PlaceSearch
            gazetteer={map.gazetteer}
            onFound={(at) => onChange({ at })}
            error={faults.place}
          />
          <VenueMap
            map={map}
            at={draft.at}
            radiusM={Number(draft.radius)}
            onPick={(at) => onChange({ at })}
          />
          <TextField
            label="How far around it, in metres"
            type="number"
            min={leastRadiusM}
            max={mostRadiusM}
            step={25}
            value={draft.radius}
            error={faults.radius}
            onChange={(radius) => onChange({ radius })}
          />
          <TextField
            label="Your name for it"
            hint="Only you read it. A nickname is safer than an address."
            value={draft.label}
            error={faults.label}
            onChange={(label) => onChange({ label })}
          />
        </>
      ) : null}
    </fieldset>
  );
}
