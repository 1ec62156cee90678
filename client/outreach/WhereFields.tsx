import { useMemo, useState } from "react";
import { type Draft, type DraftFaults, reusedPlace } from "#client/outreach/draft.ts";
import type { FieldsPart } from "#client/outreach/draft-when.ts";
import { OutlineFields } from "#client/outreach/OutlineFields.tsx";
import { PlaceSearch } from "#client/outreach/PlaceSearch.tsx";
import { VenueMap } from "#client/outreach/VenueMap.tsx";
import { Segmented } from "#client/ui/Segmented.tsx";
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
  readonly onChange: (part: FieldsPart) => void;
}

const newPlace = "new";
const kindChoices = [
  { value: "circle", label: "A place" },
  { value: "area", label: "An area" },
  { value: "corridor", label: "A route" },
] as const;

/** A saved place, or a new one by tapping the map, by name, or by coordinates. */
export function WhereFields({ map, places, draft, faults, onChange }: WhereFieldsProps) {
  const [text, setText] = useState("");
  const isNew = draft.placeId === null;
  const reused = useMemo(() => reusedPlace(draft, places), [draft, places]);
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
          error={isNew ? undefined : faults.place}
          onChange={(value) => onChange({ placeId: value === newPlace ? null : value })}
        />
      ) : null}
      {isNew ? (
        <>
          <p className="session-form__promise">
            The place that you choose here never leaves this device. What is sent is an outline that
            is larger and moved by a secret distance: about 1 km across for 150 m, so that nobody
            can work out the place from it.
          </p>
          <Segmented
            label="What it is"
            value={draft.kind}
            options={kindChoices}
            onChange={(kind) => onChange({ kind })}
          />
          {draft.kind === "circle" ? null : (
            <OutlineFields map={map} draft={draft} faults={faults} onChange={onChange} />
          )}
          {draft.kind === "circle" ? (
            <>
              <PlaceSearch
                gazetteer={map.gazetteer}
                text={text}
                error={faults.place}
                onText={setText}
                onFound={(at) => onChange({ at })}
              />
              <VenueMap
                map={map}
                at={draft.at}
                radiusM={Number(draft.radius)}
                onPick={(at) => {
                  // What was typed is another place now, and must not stand on the screen.
                  setText("");
                  onChange({ at });
                }}
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
            </>
          ) : null}
          {reused ? (
            <p className="session-form__promise">
              This lies inside "{reused.label}": the same outline is used, under that name.
            </p>
          ) : (
            <TextField
              label="Your name for it"
              hint="Police users are not shown it; whoever runs the server can read it. A nickname is safer than an address."
              value={draft.label}
              error={faults.label}
              onChange={(label) => onChange({ label })}
            />
          )}
        </>
      ) : null}
    </fieldset>
  );
}
