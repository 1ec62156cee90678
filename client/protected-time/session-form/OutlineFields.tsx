import { useMemo, useState } from "react";
import { pathLayer } from "#client/map/layers/path-layer.ts";
import { stopLayers } from "#client/map/layers/stop-layer.ts";
import { usePalette } from "#client/map/palette.ts";
import type {
  Draft,
  DraftFaults,
  FieldsPart,
} from "#client/protected-time/session-form/draft-when.ts";
import { PickMap } from "#client/protected-time/session-form/PickMap.tsx";
import { say } from "#client/protected-time/words/diary.tsx";
import { Button } from "#client/ui/Button.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import type { Position } from "#core/geo/cell.ts";
import { leastHalfWidthM, mostHalfWidthM } from "#core/protected-time/settings.ts";

interface OutlineFieldsProps {
  readonly kind: "area" | "corridor";
  readonly draft: Draft;
  readonly faults: DraftFaults;
  readonly onChange: (part: FieldsPart) => void;
}

export function OutlineFields({ kind, draft, faults, onChange }: OutlineFieldsProps) {
  return (
    // Takes the focus for faults in the corners, as a map has no field.
    <section
      aria-label={say(`outline.${kind}`)}
      data-wrong={faults.place ? true : undefined}
      tabIndex={-1}
      className="outline-fields stack gap-3"
    >
      {kind === "corridor" ? <p className="quiet">{say("outline.route")}</p> : null}
      <OutlineMap
        kind={kind}
        corners={draft.corners}
        onChange={(corners) => onChange({ corners })}
      />
      {faults.place ? (
        <p className="field__error" role="alert">
          {faults.place}
        </p>
      ) : null}
      {kind === "corridor" ? (
        <TextField
          label={say("outline.width")}
          type="number"
          min={leastHalfWidthM}
          max={mostHalfWidthM}
          step={25}
          value={draft.width}
          error={faults.width}
          onChange={(width) => onChange({ width })}
        />
      ) : null}
    </section>
  );
}

interface OutlineMapProps extends Pick<OutlineFieldsProps, "kind"> {
  readonly corners: readonly Position[];
  readonly onChange: (corners: readonly Position[]) => void;
}

function OutlineMap({ kind, corners, onChange }: OutlineMapProps) {
  const palette = usePalette();
  const [found, setFound] = useState<{ readonly name: string; readonly at: Position } | null>(null);
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
  const add = (at: Position) => {
    setFound(null);
    onChange([...corners, at]);
  };
  const count = corners.length;
  return (
    <PickMap
      search={{ chosen: found?.name ?? null, isOneWay: true, hint: say("outline.moves") }}
      view={{ layers, focus: found?.at, focusZoom: nearZoom }}
      noMap={say("outline.no-map")}
      onFind={setFound}
      onDrop={() => setFound(null)}
      onPick={add}
    >
      {(cross) => (
        <>
          <p className="quiet" role="status">
            {count === 0 ? say(`outline.first-${kind}`) : say("outline.corners", { count })}
          </p>
          <div className="row wrap gap-2">
            {cross}
            <Button
              look="quiet"
              disabled={count === 0}
              onClick={() => onChange(corners.slice(0, -1))}
            >
              {say("outline.undo")}
            </Button>
            <Button look="quiet" disabled={count === 0} onClick={() => onChange([])}>
              {say("outline.again")}
            </Button>
          </div>
        </>
      )}
    </PickMap>
  );
}

/** Shows which side of a street. */
const nearZoom = 16;
