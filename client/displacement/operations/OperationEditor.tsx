import { type FormEvent, useMemo } from "react";
import { AreaFields } from "#client/displacement/operations/AreaFields.tsx";
import { OperationMap } from "#client/displacement/operations/OperationMap.tsx";
import {
  type AreaDraft,
  type DraftKey,
  editOperation,
  newArea,
  type PhaseDraft,
} from "#client/displacement/operations/operation-draft.ts";
import { useAreaTools } from "#client/displacement/operations/use-area-tools.ts";
import {
  type Conflict,
  useOperationEditor,
} from "#client/displacement/operations/use-operation-editor.ts";
import { command as shownCommand } from "#client/state/command.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { ConflictNote } from "#client/ui/ConflictNote.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { Segmented } from "#client/ui/Segmented.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { mostPhases } from "#core/displacement/operation-check.ts";
import type { OperationReply } from "#core/displacement/wire/operations.ts";
import { unpackedCommand } from "#core/places/command.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";
import { formatDate } from "#core/time/words.ts";
import { addDays } from "#core/time/zone.ts";

export interface OperationEditorProps {
  readonly draftKey: DraftKey;
  /** Null: a new one. */
  readonly operation: OperationReply | null;
  readonly operations: readonly OperationReply[];
  readonly places: PlacesReply;
}

/** One operation as a form beside its map; what is to be known of it is said while it is typed. */
export function OperationEditor(props: OperationEditorProps) {
  const { operation, places, operations } = props;
  const command = useMemo(() => unpackedCommand(places), [places]);
  const editor = useOperationEditor({ ...props, command });
  const { draft, read, faults, change } = editor;
  const changeTreated = (treated: AreaDraft) => change({ treated });
  const changeControl = (control: AreaDraft) => change({ control });
  const tools = useAreaTools({
    places,
    command,
    treated: draft.treated,
    control: draft.control,
    onTreated: changeTreated,
    onControl: changeControl,
  });
  const save = (event: FormEvent) => {
    event.preventDefault();
    editor.save();
  };
  return (
    <div className="editor">
      <form className="editor__form" onSubmit={save} aria-label="Operation" noValidate>
        <h2>{operation ? `Change ${operation.name}` : "Add an operation"}</h2>
        {editor.conflict ? (
          <ConflictNote onKeepMine={editor.keepMine} onTakeTheirs={editor.takeTheirs}>
            {conflictWords(editor.conflict)}
          </ConflictNote>
        ) : null}
        <TextField
          label="Name"
          value={draft.name}
          hint={`A place and time, such as ${shownCommand.get().patch}, autumn 2021.`}
          error={faults["name"]}
          onChange={(name) => change({ name })}
        />
        <div className="operation-editor__row">
          <TextField
            label="First day"
            type="date"
            value={draft.startsOn}
            error={faults["startsOn"]}
            onChange={(startsOn) => change({ startsOn })}
          />
          <TextField
            label="Last day"
            type="date"
            value={draft.endsOn}
            hint="Optional. Leave empty if ongoing."
            error={faults["endsOn"]}
            onChange={(endsOn) => change({ endsOn })}
          />
        </div>
        <AreaFields
          title="Treated area"
          draft={draft.treated}
          places={places}
          command={command}
          error={faults["treated"]}
          tools={tools.treated}
          onChange={changeTreated}
        />
        <PhaseFields
          phases={draft.phases}
          startsOn={draft.startsOn}
          faults={faults}
          onChange={(phases) => change({ phases })}
        />
        <Segmented
          label="Compare with"
          value={draft.control ? "chosen" : "rest"}
          options={[
            { value: "rest", label: "The rest of the area" },
            { value: "chosen", label: "My own comparison area" },
          ]}
          onChange={(which) => change({ control: which === "rest" ? null : newArea })}
        />
        {draft.control ? (
          <AreaFields
            title="Comparison area"
            draft={draft.control}
            places={places}
            command={command}
            error={faults["control"]}
            tools={tools.control}
            onChange={changeControl}
          />
        ) : null}
        <div role="status" className="operation-editor__notes">
          {read.notes.map((note) => (
            <Banner key={note} kind="note">
              {note}
            </Banner>
          ))}
        </div>
        {editor.fault ? (
          <ErrorNote title={editor.fault.title} detail={editor.fault.detail} />
        ) : null}
        {editor.isAsked && !read.body ? (
          <p className="field__error" role="alert">
            Not saved. Correct the marked fields above.
          </p>
        ) : null}
        <p className="quiet">
          This changes the next release, once a second person has approved that. Approved releases
          stay as they are.
        </p>
        <footer className="editor__acts">
          <Button onClick={() => editOperation(null)}>All operations</Button>
          {editor.isTouched ? <Button onClick={editor.discard}>Discard changes</Button> : null}
          <Button look="filled" type="submit" disabled={editor.isPending}>
            {operation ? "Save" : "Add"}
          </Button>
        </footer>
      </form>
      <OperationMap
        places={places}
        treated={draft.treated.area?.cells ?? null}
        control={draft.control?.area?.cells ?? null}
        others={operations}
        own={draft.id}
        tools={tools}
      />
    </div>
  );
}

function conflictWords({ by, at, revision, detail }: Conflict): string {
  if (detail !== null) return detail;
  return `${by} changed it on ${formatDate(at.slice(0, 10))}, ${formatTimeOfDay(at)} (now revision ${revision}).`;
}

interface PhaseFieldsProps {
  readonly phases: readonly PhaseDraft[];
  /** Of the operation. */
  readonly startsOn: string;
  readonly faults: Readonly<Record<string, string>>;
  readonly onChange: (phases: readonly PhaseDraft[]) => void;
}

/** Named parts of an operation, one after the other; most have none. */
function PhaseFields({ phases, startsOn, faults, onChange }: PhaseFieldsProps) {
  const put = (at: number, part: Partial<PhaseDraft>) =>
    onChange(phases.map((phase, index) => (index === at ? { ...phase, ...part } : phase)));
  const add = () => onChange([...phases, nextPhase(phases, startsOn)]);
  return (
    <fieldset className="editor__part">
      <legend>Phases</legend>
      {phases.map((phase, at) => (
        <div key={phase.key} className="operation-editor__row operation-editor__row--phase">
          <TextField
            label={`Phase ${at + 1}`}
            value={phase.name}
            error={faults[`phases.${at}.name`]}
            onChange={(name) => put(at, { name })}
          />
          <TextField
            label="From"
            type="date"
            value={phase.startsOn}
            error={faults[`phases.${at}.startsOn`]}
            onChange={(from) => put(at, { startsOn: from })}
          />
          <TextField
            label="To"
            type="date"
            value={phase.endsOn}
            error={faults[`phases.${at}.endsOn`]}
            onChange={(to) => put(at, { endsOn: to })}
          />
          <Button
            icon="trash"
            label={`Remove phase ${at + 1}`}
            onClick={() => onChange(phases.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      {faults["phases"] ? <p className="field__error">{faults["phases"]}</p> : null}
      <div>
        <Button icon="plus" disabled={phases.length >= mostPhases} onClick={add}>
          Add a phase
        </Button>
      </div>
    </fieldset>
  );
}

/** Begins the day after the one before ends, or with the operation. */
function nextPhase(phases: readonly PhaseDraft[], startsOn: string): PhaseDraft {
  const last = phases.at(-1);
  const key = 1 + Math.max(-1, ...phases.map((phase) => phase.key));
  const from = last && last.endsOn !== "" ? addDays(last.endsOn, 1) : "";
  return { key, name: "", startsOn: last ? from : startsOn, endsOn: "" };
}
