import { useState } from "react";
import { type ApiError, errorFromFailure } from "#client/api/api-error.ts";
import type { ReadingSetting } from "#client/records/file-jobs.ts";
import type { FileReader } from "#client/records/file-reader.ts";
import type { FileHead } from "#client/records/read-head.ts";
import { askProfiles } from "#client/records/records-api.ts";
import type { NamesState } from "#client/records/WhatLeaves.tsx";
import { undoHistory } from "#client/state/undo.ts";
import { Button } from "#client/ui/Button.tsx";
import { Question } from "#client/ui/Question.tsx";
import { Segmented } from "#client/ui/Segmented.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import type { ImportChoices } from "#core/records/import-choices.ts";
import type { ImportPreview } from "#core/records/preview.ts";
import { readingToSave, type SavedReading } from "#core/records/saved-profile.ts";
import type { UnknownWord } from "#core/records/wire/import.ts";
import {
  type ImportProfile,
  importProfileName,
  profileCalls,
} from "#core/records/wire/import-profile.ts";
import { type ColumnRole, isWordRole } from "#core/table/columns.ts";

export interface PreviewFormProps {
  readonly reader: FileReader;
  readonly head: FileHead;
  readonly choices: ImportChoices;
  readonly setting: ReadingSetting;
  readonly profiles: readonly ImportProfile[];
  /** The saved profile in use, if the choices are still its own. */
  readonly saved: string | null;
  /** Words that a trial found further down in the file. */
  readonly trialWords: readonly UnknownWord[];
  readonly allOrNone: boolean;
  /** Another file, sheet or layer is being opened in place of this one, which must not be sent any more. */
  readonly isLeaving: boolean;
  /** For a trial, or for an import that was refused or cancelled. */
  readonly wasSent: boolean;
  /** The server has refused the file as it was read here. */
  readonly wasRefused: boolean;
  readonly names: NamesState;
  readonly onChoices: (choices: ImportChoices) => void;
  readonly onSheet: (sheet: string) => void;
  readonly onSaved: (name: string) => void;
  readonly onAllOrNone: (allOrNone: boolean) => void;
  /** `found`: columns that the server cannot tell from the headings. */
  readonly onStore: (dryRun: boolean, found: Readonly<Record<string, string>>) => void;
  readonly onCancel: () => void;
}

interface StoreBarProps {
  readonly form: PreviewFormProps;
  readonly preview: ImportPreview | null;
  readonly headings: readonly string[];
  readonly isReady: boolean;
}

export function StoreBar({ form, preview, headings, isReady }: StoreBarProps) {
  const { choices, saved, allOrNone, onAllOrNone, onSaved, onStore, onCancel } = form;
  const store = (dryRun: boolean) => onStore(dryRun, preview ? foundHere(preview) : {});
  return (
    <>
      {preview ? (
        <Segmented
          label="If rows are refused"
          value={allOrNone ? "none" : "good"}
          options={[
            { value: "good", label: "Store the good rows" },
            { value: "none", label: "Store nothing" },
          ]}
          onChange={(value) => onAllOrNone(value === "none")}
        />
      ) : null}
      <footer className="preview__actions wrap">
        {preview ? (
          <SaveProfile
            reading={readingToSave(headings, choices, preview.outline)}
            current={saved}
            onSaved={onSaved}
          />
        ) : null}
        <Button onClick={onCancel}>Close</Button>
        <Button disabled={!isReady} onClick={() => store(true)}>
          Try without storing
        </Button>
        <Button look="filled" disabled={!isReady} onClick={() => store(false)}>
          Import this file
        </Button>
      </footer>
    </>
  );
}

/**
 * Columns that their values told, so the server reads what was shown, and columns of place words,
 * which become cells here.
 */
function foundHere({ outline: { mapping, byValues } }: ImportPreview): Record<string, string> {
  const isTold = (role: ColumnRole) => byValues.includes(role) || isWordRole(role);
  const told = Object.entries(mapping).filter(([role]) => isTold(role as ColumnRole));
  // A time that may belong to another date is not sent: alone it would look like the only one.
  return { ...(mapping["time"] === undefined ? { time: "" } : {}), ...Object.fromEntries(told) };
}

function SaveProfile({
  reading,
  current,
  onSaved,
}: {
  readonly reading: SavedReading;
  readonly current: string | null;
  readonly onSaved: (name: string) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [fault, setFault] = useState<ApiError | null>(null);
  const checked = importProfileName.safeParse(name);
  const isTaken = fault?.status === 409;
  const save = async () => {
    if (!checked.success) return;
    const body = { name: checked.data, reading, replace: isTaken || name === current };
    try {
      await askProfiles(profileCalls.save, { body });
    } catch (cause) {
      setFault(errorFromFailure(cause));
      return;
    }
    setOpen(false);
    undoHistory.end();
    showToast(`Saved as ${checked.data}`);
    onSaved(checked.data);
  };
  const wrong = checked.success || name === "" ? undefined : checked.error.issues[0]?.message;
  return (
    <>
      <Button
        onClick={() => {
          setName(current ?? "");
          setFault(null);
          setOpen(true);
        }}
      >
        Save these settings…
      </Button>
      {isOpen ? (
        <Question
          title="Save these settings"
          yes={isTaken ? "Overwrite" : "Save"}
          isDisabled={!checked.success}
          onYes={() => void save()}
          onNo={() => setOpen(false)}
        >
          <TextField
            label="Name"
            value={name}
            hint="The next file with these headings is read the same way. Only headings, roles and words are saved, never rows."
            error={wrong ?? (fault ? `${fault.title}. ${fault.detail}` : undefined)}
            onChange={(next) => {
              setName(next);
              setFault(null);
            }}
          />
        </Question>
      ) : null}
    </>
  );
}
