import { type ReactNode, useId, useState } from "react";
import { CorridorFields } from "#client/displacement/operations/CorridorFields.tsx";
import { NamedAreaField } from "#client/displacement/operations/NamedAreaField.tsx";
import type { AreaDraft, AreaTool } from "#client/displacement/operations/operation-draft.ts";
import type { AreaToolSet } from "#client/displacement/operations/use-area-tools.ts";
import { PlaceSearch } from "#client/protected-time/session-form/PlaceSearch.tsx";
import { Button } from "#client/ui/Button.tsx";
import { formatQuantity } from "#client/ui/format.ts";
import { Segmented } from "#client/ui/Segmented.tsx";
import { areaWords, cutAtCommand } from "#core/displacement/operation-area.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";

export interface AreaFieldsProps {
  /** "Treated area" */
  readonly title: string;
  readonly draft: AreaDraft;
  readonly places: PlacesReply;
  readonly command: StudySet;
  readonly error: string | undefined;
  readonly tools: AreaToolSet;
  readonly onChange: (draft: AreaDraft) => void;
}

const toolOptions: readonly { readonly value: AreaTool; readonly label: string }[] = [
  { value: "named", label: "Ward or area" },
  { value: "corridor", label: "Along a street" },
  { value: "drawn", label: "Draw" },
  { value: "picked", label: "Pick cells" },
];

/** One area of an operation, by four ways that all end in cells. */
export function AreaFields(props: AreaFieldsProps) {
  const { title, draft, tools, onChange } = props;
  const errorId = useId();
  const fault = tools.fault ?? props.error;
  return (
    <fieldset className="operation-part" aria-describedby={fault ? errorId : undefined}>
      <legend>{title}</legend>
      <Segmented
        label={`How to say the ${title.toLowerCase()}`}
        value={draft.tool}
        options={toolOptions}
        onChange={(tool) => onChange({ ...draft, tool })}
      />
      {fieldsOf[draft.tool](props)}
      <p role="status">{cellWords(props)}</p>
      {fault ? (
        <p id={errorId} className="field__error">
          {fault}
        </p>
      ) : null}
    </fieldset>
  );
}

const fieldsOf: Readonly<Record<AreaTool, (props: AreaFieldsProps) => ReactNode>> = {
  named: (props) => <NamedAreaField {...props} />,
  corridor: (props) => <CorridorFields {...props} />,
  drawn: ({ tools: { drawArea }, draft }) => (
    <div ref={drawArea.home}>
      <Button icon="lasso" disabled={drawArea.isOn} onClick={drawArea.start}>
        {draft.area?.by === "drawn" ? "Draw it anew on the map" : "Draw it on the map"}
      </Button>
    </div>
  ),
  picked: (props) => <PickFields {...props} />,
};

function PickFields({ draft, places, tools, onChange }: AreaFieldsProps) {
  const [text, setText] = useState("");
  return (
    <>
      <p className="quiet small">
        Click cells on the map to put them in or take them out; with keys, move the map by its
        arrows and press Enter. Or search for a place: its cell goes in or out.
      </p>
      <PlaceSearch
        gazetteer={places.gazetteer}
        text={text}
        error={undefined}
        onText={setText}
        onFound={tools.pick}
      />
      {draft.area ? (
        <div>
          <Button onClick={() => onChange({ ...draft, area: null })}>Begin with no cell</Button>
        </div>
      ) : null}
    </>
  );
}

/** "Edmonton Green: 40 cells, 0.5 km²." */
function cellWords({ draft, command }: AreaFieldsProps): string {
  if (!draft.area) return "No cell yet.";
  const { inside, outside } = cutAtCommand(draft.area.cells, command);
  const km2 = (inside.length * cellKm2).toFixed(2);
  const cut = outside > 0 ? `; ${formatQuantity(outside, "cell")} beyond the command left out` : "";
  return `${areaWords(draft.area)}: ${formatQuantity(inside.length, "cell")}, ${km2} km²${cut}.`;
}

/** DEFINITIONS: a cell at resolution 10 is 13,422 m² here. */
const cellKm2 = 0.013_422;
