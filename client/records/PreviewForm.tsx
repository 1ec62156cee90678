import { useMemo } from "react";
import { MappingTable } from "#client/records/MappingTable.tsx";
import { PreviewRows } from "#client/records/PreviewRows.tsx";
import { ReadingChoices } from "#client/records/ReadingChoices.tsx";
import { type FileHead, headerNames } from "#client/records/read-head.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { profiles } from "#core/import/detect.ts";
import { previewImport } from "#core/import/preview.ts";
import type { ImportChoices, ImportSetting } from "#core/import/table-reader.ts";

export interface PreviewFormProps {
  readonly head: FileHead;
  readonly choices: ImportChoices;
  readonly setting: ImportSetting;
  readonly onChoices: (choices: ImportChoices) => void;
  readonly onStore: () => void;
  readonly onCancel: () => void;
}

/** What the file would be read as, to be corrected before anything is sent. */
export function PreviewForm(props: PreviewFormProps) {
  const { head, choices, setting, onChoices, onStore, onCancel } = props;
  const headers = useMemo(() => headerNames(head), [head]);
  const preview = useMemo(
    () => previewImport(head.text, head.isWhole, choices, setting),
    [head, choices, setting],
  );
  const needsKind = useMemo(
    () => !preview.ok && readsWithKind(head, choices, setting),
    [preview, head, choices, setting],
  );
  return (
    <div className="preview">
      <header className="preview__head">
        <h3>{head.file.name}</h3>
        <p className="quiet">
          {preview.ok
            ? `Read as: ${profiles[preview.value.outline.profile].label}. Nothing has been sent yet.`
            : "Nothing has been sent yet."}
        </p>
      </header>
      {headers.personal.length > 0 ? (
        <Banner kind="note">
          Left out, because they may describe a person: {headers.personal.join(", ")}. They do not
          leave this computer.
        </Banner>
      ) : null}
      {preview.ok || needsKind ? null : (
        <ErrorNote
          title="This file cannot be read yet"
          detail={plainFault(preview.reason.message)}
        />
      )}
      <ReadingChoices choices={choices} needsKind={needsKind} onChoices={onChoices} />
      <MappingTable
        mapping={preview.ok ? preview.value.outline.mapping : choices.map}
        columns={headers.open}
        given={choices.map}
        onMap={(map) => onChoices({ ...choices, map })}
      />
      {preview.ok ? (
        <>
          {preview.value.outline.notes.map((note) => (
            <p key={note} className="quiet">
              {note}
            </p>
          ))}
          <PreviewRows rows={preview.value.rows} zone={setting.zone} />
        </>
      ) : null}
      <footer className="preview__actions">
        <Button onClick={onCancel}>Put it away</Button>
        <Button look="filled" disabled={!preview.ok} onClick={onStore}>
          Import this file
        </Button>
      </footer>
    </div>
  );
}

/** The only thing missing is the kind of the events, which no column says. */
function readsWithKind(head: FileHead, choices: ImportChoices, setting: ImportSetting): boolean {
  if (choices.kind) return false;
  return previewImport(head.text, head.isWhole, { ...choices, kind: "complaint" }, setting).ok;
}

/** The sentence without the words of the command line. */
function plainFault(message: string): string {
  const text = message
    .replace(
      /[.;]? ?Say which one it is with --map role=column/,
      ". Say below which column is which",
    )
    .replace(/; give --dates.*$|; say which with --dates.*$/, "; choose the order of dates below");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`.replace(/\.\.$/, ".");
}
