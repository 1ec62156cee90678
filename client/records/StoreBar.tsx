import { useState } from "react";
import { type ApiError, errorFromFailure } from "#client/api/api-error.ts";
import type { ReadingSetting } from "#client/records/file-messages.ts";
import type { FileReader } from "#client/records/file-reader.ts";
import type { FileHead } from "#client/records/read-head.ts";
import { askProfiles } from "#client/records/records-api.ts";
import type { NamesState } from "#client/records/WhatLeaves.tsx";
import { undoHistory } from "#client/state/undo.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { Segmented } from "#client/ui/Segmented.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import type { ImportChoices } from "#core/records/import-choices.ts";
import type { ImportPreview } from "#core/records/preview.ts";
import type { UnknownWord } from "#core/records/row-notes.ts";
import { readingToSave, type SavedReading } from "#core/records/saved-profile.ts";
import {
  type ImportProfile,
  importProfileName,
  profileCalls,
} from "#core/records/wire/import-profile.ts";
import { isWordRole } from "#core/table/columns.ts";

export interface PreviewFormProps {
  readonly reader: FileReader;
  readonly head: FileHead;
  readonly choices: ImportChoices;
  readonly setting: ReadingSetting;
  readonly profiles: readonly ImportProfile[];
  /** The saved profile that the choices are those of, if they still are. */
  readonly saved: string | null;
  /** Words that a trial found further down in the file. */
  readonly trialWords: readonly UnknownWord[];
  readonly allOrNone: boolean;
  /** For a trial, or for an import that was refused or cancelled. */
  readonly wasSent: boolean;
  /** The server has refused the file as it was read here. */
  readonly wasRefused: boolean;
  readonly names: NamesState;
  readonly onChoices: (choices: ImportChoices) => void;
  /** Another sheet of the workbook. */
  readonly onSheet: (sheet: string) => void;
  readonly onSaved: (name: string) => void;
  readonly onAllOrNone: (allOrNone: boolean) => void;
  /** `found`: columns that the headings of what is sent do not tell. */
  readonly onStore: (dryRun: boolean, found: Readonly<Record<string, string>>) => void;
  readonly onCancel: () => void;
}

interface StoreBarProps {
  readonly form: PreviewFormProps;
  readonly preview: ImportPreview | null;
  readonly headings: readonly string[];
  readonly isReady: boolean;
}

/** What is done with the file as it is read. */
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
      <footer className="preview__actions">
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
 * Columns that no heading told: the server is told of them, so that it reads what was shown. And those of words
 * about places, which become cells here.
 */
function foundHere({ outline }: ImportPreview): Readonly<Record<string, string>> {
  const told = Object.fromEntries(
    outline.guesses.flatMap(({ role, by }) => {
      const column = outline.mapping[role];
      const isTold = by === "values" || isWordRole(role);
      return isTold && column !== undefined ? [[role, column]] : [];
    }),
  );
  // A time that may be of another date stays here with it, and there it would look like the only one.
  return outline.mapping["time"] === undefined ? { time: "", ...told } : told;
}

interface SaveProfileProps {
  readonly reading: SavedReading;
  /** The profile that the file was read by, to be saved over. */
  readonly current: string | null;
  readonly onSaved: (name: string) => void;
}

/** Keeps the reading of this file under a name, for the next file of the same system. */
function SaveProfile({ reading, current, onSaved }: SaveProfileProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Save these settings…</Button>
      {isOpen ? (
        <SaveDialog
          reading={reading}
          current={current}
          onClose={() => setOpen(false)}
          onSaved={(name) => {
            setOpen(false);
            undoHistory.end();
            showToast(`Saved as ${name}`);
            onSaved(name);
          }}
        />
      ) : null}
    </>
  );
}

function SaveDialog({
  reading,
  current,
  onClose,
  onSaved,
}: SaveProfileProps & { readonly onClose: () => void }) {
  const [name, setName] = useState(current ?? "");
  const [fault, setFault] = useState<ApiError | null>(null);
  const checked = importProfileName.safeParse(name);
  const isTaken = fault?.status === 409;
  const save = async () => {
    if (!checked.success) return;
    try {
      const replace = isTaken || checked.data === current;
      const body = { name: checked.data, reading, replace };
      onSaved((await askProfiles(profileCalls.save, { body })).name);
    } catch (cause) {
      setFault(errorFromFailure(cause));
    }
  };
  const wrong = name === "" || checked.success ? undefined : checked.error.issues[0]?.message;
  return (
    <Dialog
      title="Save these settings"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="filled" disabled={!checked.success} onClick={() => void save()}>
            {isTaken ? "Overwrite" : "Save"}
          </Button>
        </>
      }
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
    </Dialog>
  );
}
