import { useMemo, useState } from "react";
import { pathLayer } from "#client/map/layers/path-layer.ts";
import { stopLayers } from "#client/map/layers/stop-layer.ts";
import { usePalette } from "#client/map/palette.ts";
import { roomAround } from "#client/map/room.ts";
import { isOutdated } from "#client/protected-time/outreach/outreach-words.ts";
import { promiseOf, promiseWords, seenWords } from "#client/protected-time/outreach/place-words.ts";
import {
  reusedPlace,
  seenSmaller,
  snappedPlace,
} from "#client/protected-time/session-form/draft.ts";
import type {
  Draft,
  DraftFaults,
  FieldsPart,
} from "#client/protected-time/session-form/draft-when.ts";
import { OutlineFields } from "#client/protected-time/session-form/OutlineFields.tsx";
import { PickMap } from "#client/protected-time/session-form/PickMap.tsx";
import { isEnglish, say } from "#client/protected-time/words/diary.tsx";
import { Check } from "#client/ui/Check.tsx";
import { Segmented } from "#client/ui/Segmented.tsx";
import { Select } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import type { Position } from "#core/geo/cell.ts";
import { circleAround } from "#core/places/drawn-area.ts";
import { radiusClassOf } from "#core/protected-time/lattice.ts";
import { radiusClassesM } from "#core/protected-time/settings.ts";
import type { SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";

export interface WhereFieldsProps {
  readonly places: readonly SavedPlaceReply[];
  readonly draft: Draft;
  readonly faults: DraftFaults;
  /** Offers no saved places. */
  readonly isNewOnly?: boolean;
  readonly onChange: (part: FieldsPart) => void;
}

const newPlace = "new";
const radiusChoices = radiusClassesM.map((metres) => ({
  value: String(metres),
  label: `${metres} m`,
}));

export function WhereFields(props: WhereFieldsProps) {
  const { places, draft, faults, isNewOnly = false, onChange } = props;
  const isNew = draft.placeId === null;
  const outdated = places.filter(isOutdated);
  const reused = useMemo(() => reusedPlace(draft, places), [draft, places]);
  const options = [
    ...places.filter((place) => !isOutdated(place)).map(({ id, label }) => ({ value: id, label })),
    { value: newPlace, label: say("where.new") },
  ];
  return (
    <fieldset className="session-form__part stack gap-3">
      <legend className="lead strong">{say("where.title")}</legend>
      {options.length > 1 && !isNewOnly ? (
        <Select
          label={say("where.place")}
          value={draft.placeId ?? newPlace}
          options={options}
          error={isNew ? undefined : faults.place}
          onChange={(value) => onChange({ placeId: value === newPlace ? null : value })}
        />
      ) : null}
      {isNew ? (
        <>
          <p className="note note--promise">
            {say("where.promise", { promise: promiseOfDraft(draft, places) })}
          </p>
          {outdated.length > 0 ? (
            <p className="note note--promise">
              {say("where.outdated", {
                names: outdated.map(({ label }) => `"${label}"`).join(", "),
              })}
            </p>
          ) : null}
          <Segmented
            label={say("where.kind")}
            value={draft.kind}
            options={kinds.map((value) => ({ value, label: say(`where.${value}`) }))}
            onChange={(kind) => onChange({ kind })}
          />
          {draft.kind === "circle" ? null : (
            <OutlineFields kind={draft.kind} draft={draft} faults={faults} onChange={onChange} />
          )}
          {draft.kind === "circle" ? (
            <>
              <VenuePoint
                at={draft.at}
                radiusM={draft.radiusM}
                error={faults.place}
                onChange={(at) => onChange({ at })}
              />
              <Select
                label={say("where.far")}
                value={String(draft.radiusM)}
                options={radiusChoices}
                onChange={(value) => onChange({ radiusM: radiusClassOf(Number(value)) })}
              />
              <Check isChecked={draft.isWider} onChange={(isWider) => onChange({ isWider })}>
                {say("where.hide")}
              </Check>
              <SeenSmaller draft={draft} places={places} />
            </>
          ) : null}
          {reused ? (
            <p className="note note--promise">{say("where.same", { label: reused.label })}</p>
          ) : (
            <TextField
              label={say("where.name")}
              hint={say("where.name-hint")}
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

function promiseOfDraft(draft: Draft, places: readonly SavedPlaceReply[]): string {
  if (draft.kind === "circle") return promiseOf(draft.isWider);
  return promiseWords(snappedPlace(draft, places) ?? { kind: draft.kind, lattice: [] });
}

function SeenSmaller({ draft, places }: Pick<WhereFieldsProps, "draft" | "places">) {
  const seen = useMemo(() => seenSmaller(draft, places), [draft, places]);
  return seen ? <p className="note note--promise">{seenWords(seen)}</p> : null;
}

const kinds = ["circle", "area", "corridor"] as const;

/** The middle stays in the middle of the map. */
const evenRoom = [0.1, 0.1, 0.1, 0.1] as const;

interface VenuePointProps {
  readonly at: Position | null;
  readonly radiusM: number;
  readonly error: string | undefined;
  readonly onChange: (at: Position | null) => void;
}

/** A tap clears what was typed, which is another place. */
function VenuePoint({ at, radiusM, error, onChange }: VenuePointProps) {
  const palette = usePalette();
  const [name, setName] = useState("");
  // Display only: nothing is computed from it.
  const ring = useMemo(() => (at ? circleAround(at, radiusM, 48) : null), [at, radiusM]);
  const layers = useMemo(() => {
    if (!at || !ring) return [];
    const colour = palette.accent;
    const paths = [[...ring, ...ring.slice(0, 1)]];
    return [
      pathLayer({ id: "venue-edge", paths, colour, widthPx: 2 }),
      ...stopLayers({ id: "venue", stops: [{ at, order: 1 }], colour, textColour: colour }),
    ];
  }, [at, ring, palette]);
  const frame = useMemo(() => (ring ? roomAround(ring, evenRoom) : undefined), [ring]);
  const choose = (place: { readonly name: string; readonly at: Position }) => {
    setName(place.name);
    onChange(place.at);
  };
  return (
    <PickMap
      search={{
        chosen: at === null ? null : name,
        error,
        ...(isEnglish() ? {} : { hint: say("where.tap") }),
      }}
      view={{ layers, frame }}
      noMap={say("where.no-map")}
      onFind={choose}
      onDrop={() => onChange(null)}
      onPick={(point) => choose({ name: "", at: point })}
    >
      {(cross) => cross}
    </PickMap>
  );
}
