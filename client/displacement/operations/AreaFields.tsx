import { type ReactNode, useId, useMemo, useState } from "react";
import type { AreaDraft, AreaTool } from "#client/displacement/operations/operation-draft.ts";
import type { AreaToolSet } from "#client/displacement/operations/use-area-tools.ts";
import { areaOptions } from "#client/hotspots/state/studies.ts";
import { wholeCommand } from "#client/hotspots/state/view.ts";
import { PlaceBox } from "#client/places/PlaceBox.tsx";
import { command as shownCommand } from "#client/state/command.ts";
import { Button } from "#client/ui/Button.tsx";
import { capitalised } from "#client/ui/format.ts";
import { Segmented } from "#client/ui/Segmented.tsx";
import { Select } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import {
  areaWords,
  cellKm2,
  cutAtCommand,
  narrowestCorridorM,
  type OperationArea,
  streetArea,
  widestCorridorM,
} from "#core/displacement/operation-area.ts";
import { findStudyArea, namedStudySet, studyAreaKey } from "#core/places/command.ts";
import { listPlaces, listSpots } from "#core/places/finding/list.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";
import type { Result } from "#core/result.ts";
import { formatQuantity } from "#core/text/numbers.ts";

interface AreaFieldsProps extends AreaToolSet {
  readonly title: string;
  readonly draft: AreaDraft;
  readonly places: PlacesReply;
  readonly command: StudySet;
  readonly error: string | undefined;
}

export function AreaFields(props: AreaFieldsProps) {
  const { title, draft, onChange } = props;
  const errorId = useId();
  const fault = props.fault ?? props.error;
  return (
    <fieldset className="editor__part stack gap-2" aria-describedby={fault ? errorId : undefined}>
      <legend>{title}</legend>
      <Segmented
        label={`How to choose the ${title.toLowerCase()}`}
        value={draft.tool}
        options={toolOptions()}
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

const toolOptions = (): readonly { readonly value: AreaTool; readonly label: string }[] => [
  { value: "named", label: `${wardWord()} or area` },
  { value: "corridor", label: "Along a street" },
  { value: "drawn", label: "Draw" },
  { value: "picked", label: "Choose cells" },
];

const wardWord = () => capitalised(shownCommand.get().words.ward[0]);

const fieldsOf: Readonly<Record<AreaTool, (props: AreaFieldsProps) => ReactNode>> = {
  named: (props) => <NamedAreaField {...props} />,
  corridor: (props) => <CorridorFields {...props} />,
  drawn: ({ drawArea, draft }) => (
    <div ref={drawArea.home}>
      <Button icon="lasso" disabled={drawArea.isOn} onClick={drawArea.start}>
        {draft.area?.by === "drawn" ? "Draw it again on the map" : "Draw it on the map"}
      </Button>
    </div>
  ),
  picked: (props) => <PickFields {...props} />,
};

const nothing = "";

function NamedAreaField({ draft, places, command, onChange }: AreaFieldsProps) {
  const options = useMemo(
    () => [
      { value: nothing, label: "Choose an area" },
      ...areaOptions(places).filter(({ value }) => value !== wholeCommand),
    ],
    [places],
  );
  const chosen = useMemo(() => chosenKey(draft, places), [draft, places]);
  return (
    <Select
      label={`${wardWord()} or other area`}
      value={chosen}
      options={options}
      onChange={(key) => {
        const study = namedStudySet(places, command, key);
        const area = study && { by: "named" as const, name: study.name, cells: study.cells };
        onChange({ ...draft, area });
      }}
    />
  );
}

function chosenKey({ area }: AreaDraft, places: PlacesReply): string {
  if (area?.by !== "named" || area.name === null) return nothing;
  const found = findStudyArea(places.studyAreas, area.name);
  return found ? studyAreaKey(found) : area.name;
}

function CorridorFields({ draft, places, onChange }: AreaFieldsProps) {
  const [fault, setFault] = useState<string | null>(null);
  const streets = useMemo(
    () => listPlaces(places.gazetteer).filter(({ isDrawn }) => isDrawn),
    [places],
  );
  const { area } = draft;
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
      <div className="operation-editor__row grid gap-3 operation-editor__row--street">
        <PlaceBox
          label="Street"
          hint=""
          places={streets}
          chosen={draft.street === "" ? null : draft.street}
          error={fault ?? undefined}
          onChoose={({ place }) => type({ street: place?.street ?? "" })}
          onDrop={() => type({ street: "", area: area?.by === "corridor" ? null : area })}
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
      <div className="row wrap gap-2">
        <Button onClick={() => take(streetArea(places.gazetteer, draft.street, width))}>
          Use this street
        </Button>
      </div>
    </>
  );
}

function PickFields({ draft, places, pick, onChange }: AreaFieldsProps) {
  return (
    <>
      <p className="quiet small">
        Click cells on the map to add or remove them. With the keyboard, move the map with the arrow
        keys and press Enter. Or search for a place to add or remove its cell.
      </p>
      <PlaceBox
        places={listSpots(places.gazetteer)}
        chosen={null}
        isOneWay
        onChoose={({ at }) => pick(at)}
        onDrop={() => undefined}
      />
      {draft.area ? (
        <div>
          <Button onClick={() => onChange({ ...draft, area: null })}>Clear all cells</Button>
        </div>
      ) : null}
    </>
  );
}

/** "Edmonton Green: 40 cells, 0.5 km²." */
function cellWords({ draft, command }: AreaFieldsProps): string {
  if (!draft.area) return "No cells yet.";
  const { inside, outside } = cutAtCommand(draft.area.cells, command);
  const km2 = (inside.length * cellKm2).toFixed(2);
  const cut = outside > 0 ? `; ${formatQuantity(outside, "cell")} outside the area excluded` : "";
  return `${areaWords(draft.area)}: ${formatQuantity(inside.length, "cell")}, ${km2} km²${cut}.`;
}
