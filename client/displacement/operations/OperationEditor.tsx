import { useCallback, useMemo } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { AreaFields } from "#client/displacement/operations/AreaFields.tsx";
import { OperationMap } from "#client/displacement/operations/OperationMap.tsx";
import {
  editOperation,
  newArea,
  notesOf,
  type OperationDraft,
  operationEditor,
  operationFaults,
  type PhaseDraft,
} from "#client/displacement/operations/operation-draft.ts";
import { useAreaTools } from "#client/displacement/operations/use-area-tools.ts";
import { command as shownCommand } from "#client/state/command.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { EditorFrame } from "#client/ui/EditorFrame.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { Segmented } from "#client/ui/Segmented.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { useEditor } from "#client/ui/use-editor.ts";
import { mostPhases } from "#core/displacement/operation-check.ts";
import { changedMeanwhileTitle, type OperationReply } from "#core/displacement/wire/operations.ts";
import { unpackedCommand } from "#core/places/command.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";
import { formatDate } from "#core/time/words.ts";

export interface OperationEditorProps {
  /** Null: a new one. */
  readonly operation: OperationReply | null;
  readonly operations: readonly OperationReply[];
  readonly places: PlacesReply;
}

export function OperationEditor({ operation, places, operations }: OperationEditorProps) {
  const { asAt } = useSession();
  const command = useMemo(() => unpackedCommand(places), [places]);
  const judge = useCallback((typed: OperationDraft) => operationFaults(typed, command), [command]);
  const editor = useEditor(operationEditor, operation, judge);
  const { draft, faults, change, field } = editor;
  // The server's words if it refused a save for this.
  const refusal = editor.fault?.title === changedMeanwhileTitle ? editor.fault.detail : null;
  const id = operation?.id ?? null;
  const notes = useMemo(
    () => notesOf(draft, { command, asAt, operations, id }),
    [draft, command, asAt, operations, id],
  );
  const tools = useAreaTools(draft, change);
  return (
    <EditorFrame
      label="Operation"
      title={operation ? `Change ${operation.name}` : "Add an operation"}
      editor={editor}
      isNew={operation === null}
      conflict={operation ? (refusal ?? conflictWords(operation)) : null}
      back="All operations"
      onBack={() => editOperation(null)}
      map={
        <OperationMap
          places={places}
          treated={draft.treated.area?.cells ?? null}
          control={draft.control?.area?.cells ?? null}
          others={operations}
          own={id}
          tools={tools}
        />
      }
      note={
        <p className="quiet">
          This changes the next release, once a second person has approved that. Approved releases
          stay as they are.
        </p>
      }
    >
      <TextField
        label="Name"
        {...field("name")}
        hint={`A place and time, such as ${shownCommand.get().patch}, autumn 2021.`}
      />
      <div className="operation-editor__row grid gap-3">
        <TextField label="First day" type="date" {...field("startsOn")} />
        <TextField
          label="Last day"
          type="date"
          {...field("endsOn")}
          hint="Optional. Leave empty if ongoing."
        />
      </div>
      <AreaFields
        title="Treated area"
        {...tools.treated}
        draft={draft.treated}
        places={places}
        command={command}
        error={faults["treated"]}
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
          {...tools.control}
          draft={draft.control}
          places={places}
          command={command}
          error={faults["control"]}
        />
      ) : null}
      <div role="status" className="operation-editor__notes stack gap-2">
        {notes.map((note) => (
          <Banner key={note} kind="note">
            {note}
          </Banner>
        ))}
      </div>
    </EditorFrame>
  );
}

function conflictWords({ changedBy, changedAt, revision }: OperationReply): string {
  return `${changedBy} changed it on ${formatDate(changedAt.slice(0, 10))}, ${formatTimeOfDay(changedAt)} (now revision ${revision}).`;
}

interface PhaseFieldsProps {
  readonly phases: readonly PhaseDraft[];
  readonly startsOn: string;
  readonly faults: Readonly<Record<string, string>>;
  readonly onChange: (phases: readonly PhaseDraft[]) => void;
}

function PhaseFields({ phases, startsOn, faults, onChange }: PhaseFieldsProps) {
  const put = (at: number, part: Partial<PhaseDraft>) =>
    onChange(phases.map((phase, index) => (index === at ? { ...phase, ...part } : phase)));
  const add = () => onChange([...phases, nextPhase(phases, startsOn)]);
  return (
    <fieldset className="editor__part stack gap-2">
      <legend>Phases</legend>
      {phases.map((phase, at) => (
        <div key={phase.key} className="operation-editor__row--phase fields row start gap-3">
          <TextField
            label={`Phase ${at + 1}`}
            value={phase.name}
            suggestions={usualPhases}
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
          {phase.endsOn === null ? null : (
            <TextField
              label="To"
              type="date"
              value={phase.endsOn}
              error={faults[`phases.${at}.endsOn`]}
              onChange={(to) => put(at, { endsOn: to })}
            />
          )}
          <Button
            icon="trash"
            label={`Remove phase ${at + 1}`}
            onClick={() => onChange(phases.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      {phases.length > 0 ? <p className="quiet small">Each lasts until the next.</p> : null}
      {faults["phases"] ? <p className="field__error">{faults["phases"]}</p> : null}
      <div>
        <Button icon="plus" disabled={phases.length >= mostPhases} onClick={add}>
          Add a phase
        </Button>
      </div>
    </fieldset>
  );
}

const usualPhases = ["Clear", "Hold", "Build"];

/** The first begins with the operation. */
function nextPhase(phases: readonly PhaseDraft[], startsOn: string): PhaseDraft {
  const key = 1 + Math.max(-1, ...phases.map((phase) => phase.key));
  return { key, name: "", startsOn: phases.length === 0 ? startsOn : "", endsOn: null };
}
