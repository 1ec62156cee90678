import { type FormEvent, useMemo } from "react";
import { AreaFields } from "#client/displacement/operations/AreaFields.tsx";
import { ConflictNote } from "#client/displacement/operations/ConflictNote.tsx";
import type { DraftKey } from "#client/displacement/operations/draft-store.ts";
import { editOperation } from "#client/displacement/operations/edit-operation.ts";
import { OperationMap } from "#client/displacement/operations/OperationMap.tsx";
import { type AreaDraft, newArea } from "#client/displacement/operations/operation-draft.ts";
import { PhaseFields } from "#client/displacement/operations/PhaseFields.tsx";
import { useAreaTools } from "#client/displacement/operations/use-area-tools.ts";
import { useOperationEditor } from "#client/displacement/operations/use-operation-editor.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Segmented } from "#client/ui/Segmented.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import type { OperationReply } from "#core/displacement/wire/operations.ts";
import { unpackedCommand } from "#core/places/command.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";

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
    <div className="operation-editor">
      <form className="operation-editor__form" onSubmit={save} aria-label="Operation" noValidate>
        <h2>{operation ? `Change ${operation.name}` : "Add an operation"}</h2>
        {editor.conflict ? (
          <ConflictNote
            conflict={editor.conflict}
            onKeepMine={editor.keepMine}
            onTakeTheirs={editor.takeTheirs}
          />
        ) : null}
        <TextField
          label="Name"
          value={draft.name}
          hint="A place and a time, such as Fore Street, autumn 2021."
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
            hint="Empty while it goes on"
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
            { value: "rest", label: "The rest of the command" },
            { value: "chosen", label: "A control area of my own" },
          ]}
          onChange={(which) => change({ control: which === "rest" ? null : newArea })}
        />
        {draft.control ? (
          <AreaFields
            title="Control area"
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
            Not saved yet: see what is marked above.
          </p>
        ) : null}
        <footer className="operation-editor__acts">
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
