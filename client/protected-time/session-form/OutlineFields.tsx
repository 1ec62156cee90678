import type { Draft, DraftFaults } from "#client/protected-time/session-form/draft-when.ts";
import { OutlineMap } from "#client/protected-time/session-form/OutlineMap.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import type { PlacesReply } from "#core/places/wire/places.ts";
import { leastHalfWidthM, mostHalfWidthM } from "#core/protected-time/settings.ts";

export interface OutlineFieldsProps {
  readonly map: PlacesReply;
  readonly draft: Draft;
  readonly faults: DraftFaults;
  readonly onChange: (part: Partial<Draft>) => void;
}

/** Several streets by their corners, or a route with how far to each side of it. */
export function OutlineFields({ map, draft, faults, onChange }: OutlineFieldsProps) {
  const { kind, corners, width } = draft;
  if (kind === "circle") return null;
  return (
    // Focus comes here when the corners are at fault: a map has no field of its own.
    <section
      aria-label={kind === "area" ? "Corners of the area" : "Corners of the route"}
      data-wrong={faults.place ? true : undefined}
      tabIndex={-1}
      className="outline-fields"
    >
      {kind === "corridor" ? (
        <p className="quiet">
          For a walk or a van that moves: the whole route is closed, for the whole session.
        </p>
      ) : null}
      <OutlineMap
        map={map}
        kind={kind}
        corners={corners}
        onChange={(next) => onChange({ corners: next })}
      />
      {faults.place ? (
        <p className="field__error" role="alert">
          {faults.place}
        </p>
      ) : null}
      {kind === "corridor" ? (
        <TextField
          label="How far to each side, in metres"
          type="number"
          min={leastHalfWidthM}
          max={mostHalfWidthM}
          step={25}
          value={width}
          error={faults.width}
          onChange={(next) => onChange({ width: next })}
        />
      ) : null}
    </section>
  );
}
