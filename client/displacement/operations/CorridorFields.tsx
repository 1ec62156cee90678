import { useMemo, useState } from "react";
import type { AreaDraft } from "#client/displacement/operations/operation-draft.ts";
import { type AreaToolSet, lineArea } from "#client/displacement/operations/use-area-tools.ts";
import { Button } from "#client/ui/Button.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import {
  narrowestCorridorM,
  type OperationArea,
  widestCorridorM,
} from "#core/displacement/operation-area.ts";
import { streetArea, streetsWithLine } from "#core/displacement/street-area.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";
import type { Result } from "#core/result.ts";

export interface CorridorFieldsProps {
  readonly draft: AreaDraft;
  readonly places: PlacesReply;
  readonly tools: AreaToolSet;
  readonly onChange: (draft: AreaDraft) => void;
}

/** Along a street whose line is known, or along a line drawn on the map, so wide on either side. */
export function CorridorFields({ draft, places, tools, onChange }: CorridorFieldsProps) {
  const [fault, setFault] = useState<string | null>(null);
  const streets = useMemo(() => streetsWithLine(places.gazetteer), [places]);
  const { line } = draft;
  const take = (area: Result<OperationArea>) => {
    setFault(area.ok ? null : area.reason);
    if (area.ok) onChange({ ...draft, area: area.value });
  };
  const width = Number(draft.width);
  const type = (part: Partial<AreaDraft>) => {
    setFault(null);
    onChange({ ...draft, ...part });
  };
  return (
    <>
      <div className="operation-editor__row operation-editor__row--street">
        <TextField
          label="Street"
          value={draft.street}
          suggestions={streets}
          error={fault ?? undefined}
          onChange={(street) => type({ street })}
        />
        <TextField
          label="Metres on either side"
          type="number"
          value={draft.width}
          min={narrowestCorridorM}
          max={widestCorridorM}
          onChange={(next) => type({ width: next })}
        />
      </div>
      <div className="operation-editor__tools" ref={tools.drawLine.home}>
        <Button onClick={() => take(streetArea(places.gazetteer, draft.street, width))}>
          Take this street
        </Button>
        <Button icon="lasso" disabled={tools.drawLine.isOn} onClick={tools.drawLine.start}>
          Draw a line on the map
        </Button>
        {line ? (
          <Button onClick={() => take(lineArea(line, width))}>Take the drawn line again</Button>
        ) : null}
      </div>
    </>
  );
}
