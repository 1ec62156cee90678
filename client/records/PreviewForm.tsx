import { useMemo } from "react";
import { MappingTable } from "#client/records/MappingTable.tsx";
import { OpenDate } from "#client/records/OpenDate.tsx";
import { PreviewRows } from "#client/records/PreviewRows.tsx";
import { ReadingChoices } from "#client/records/ReadingChoices.tsx";
import { type FileHead, headerNames } from "#client/records/read-head.ts";
import { SaveProfile } from "#client/records/SaveProfile.tsx";
import { type NamesState, WhatLeaves } from "#client/records/WhatLeaves.tsx";
import { WordTable } from "#client/records/WordTable.tsx";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Segmented } from "#client/ui/Segmented.tsx";
import { Select } from "#client/ui/Select.tsx";
import type { BlockedColumn } from "#core/import/columns.ts";
import { profiles } from "#core/import/detect.ts";
import { type FileFault, faultText } from "#core/import/file-fault.ts";
import { cleanFileName } from "#core/import/file-name.ts";
import type { ImportChoices, ImportSetting } from "#core/import/import-choices.ts";
import type { ImportOutline } from "#core/import/outline.ts";
import { type ImportPreview, previewImport } from "#core/import/preview.ts";
import type { RowUnit } from "#core/import/row-unit.ts";
import { headingsToKeep, mapToKeep, type SavedReading } from "#core/import/saved-profile.ts";
import type { UnknownWord } from "#core/import/unknown-words.ts";
import type { ImportProfile } from "#core/wire/import-profile.ts";

export interface PreviewFormProps {
  readonly head: FileHead;
  readonly choices: ImportChoices;
  readonly setting: ImportSetting;
  readonly profiles: readonly ImportProfile[];
  /** The saved profile that the choices are those of, if they still are. */
  readonly saved: string | null;
  /** Words that a trial found further down in the file. */
  readonly trialWords: readonly UnknownWord[];
  readonly allOrNone: boolean;
  /** The server has refused the file as it was read here. */
  readonly wasRefused: boolean;
  readonly names: NamesState;
  readonly onChoices: (choices: ImportChoices) => void;
  /** Another sheet of the workbook. */
  readonly onSheet: (sheet: string) => void;
  readonly onSaved: (name: string) => void;
  readonly onAllOrNone: (allOrNone: boolean) => void;
  /** `found`: the columns that were told by what stands in them. */
  readonly onStore: (dryRun: boolean, found: Readonly<Record<string, string>>) => void;
  readonly onCancel: () => void;
}

/** What the file would be read as, to be corrected before anything is sent. */
export function PreviewForm(props: PreviewFormProps) {
  const { head, choices, setting, wasRefused, names, onSheet } = props;
  const headers = useMemo(() => headerNames(head, choices.map), [head, choices.map]);
  const preview = useMemo(() => previewHead(head, choices, setting), [head, choices, setting]);
  const needsKind = useMemo(
    () => !preview.ok && readsWithKind(head, choices, setting),
    [preview, head, choices, setting],
  );
  const openDate = preview.ok ? preview.value.openDate : null;
  // A whole file in which nothing settles the order is certain to be refused.
  const needsOrder = openDate !== null && head.isWhole;
  // Without a remedy no choice below can read the file.
  const canChoose = preview.ok || preview.reason.remedy !== null;
  return (
    <div className="preview">
      <PreviewHead
        form={props}
        outline={preview.ok ? preview.value.outline : null}
        personal={headers.personal}
      />
      <SheetChoice head={head} onSheet={onSheet} />
      {preview.ok || needsKind || names !== "ready" ? null : <Refusal fault={preview.reason} />}
      {canChoose ? (
        <HowToRead
          form={props}
          outline={preview.ok ? preview.value.outline : null}
          headings={headers.open}
          personal={headers.personal}
          needsKind={needsKind}
          needsOrder={openDate !== null}
        />
      ) : null}
      {preview.ok ? (
        <OpenDate preview={preview.value} isWhole={head.isWhole} unit={head.unit} />
      ) : null}
      {preview.ok && !wasRefused ? (
        <PreviewBody preview={preview.value} setting={setting} unit={head.unit} />
      ) : null}
      <StoreBar
        form={props}
        preview={preview.ok ? preview.value : null}
        headings={headers.open}
        isReady={preview.ok && !needsOrder && names === "ready"}
      />
    </div>
  );
}

interface PreviewHeadProps {
  readonly form: PreviewFormProps;
  readonly outline: ImportOutline | null;
  readonly personal: readonly BlockedColumn[];
}

function PreviewHead({ form, outline, personal }: PreviewHeadProps) {
  const readAs = outline ? `Read as: ${form.saved ?? profiles[outline.profile].label}. ` : "";
  return (
    <>
      <header className="preview__head">
        <h3>{cleanFileName(form.head.file.name)}</h3>
        <p className="quiet">{readAs}Nothing has been sent yet.</p>
      </header>
      <WhatLeaves personal={personal} map={form.choices.map} names={form.names} />
    </>
  );
}

interface HowToReadProps {
  readonly form: PreviewFormProps;
  /** Null while the file cannot be read. */
  readonly outline: ImportOutline | null;
  readonly headings: readonly string[];
  readonly personal: readonly BlockedColumn[];
  readonly needsKind: boolean;
  readonly needsOrder: boolean;
}

/** What a person may say of the file: its format, its columns, its words. */
function HowToRead(props: HowToReadProps) {
  const { form, outline, headings, personal, needsKind, needsOrder } = props;
  const { choices, saved, onChoices } = form;
  return (
    <>
      <ReadingChoices
        choices={choices}
        savedNames={form.profiles.map(({ name }) => name)}
        saved={saved}
        onSaved={form.onSaved}
        midnightSpike={outline?.midnightSpike ?? null}
        needsKind={needsKind}
        needsOrder={needsOrder}
        onChoices={onChoices}
      />
      <MappingTable
        mapping={outline?.mapping ?? choices.map}
        columns={headings}
        personal={personal.map(({ column }) => column)}
        guesses={outline?.guesses ?? []}
        given={choices.map}
        onMap={(map) => onChoices({ ...choices, map })}
      />
      <WordTable
        unknown={joinUnknown(outline?.unknownWords ?? [], form.trialWords)}
        words={choices.words}
        onWords={(words) => onChoices({ ...choices, words })}
      />
    </>
  );
}

interface StoreBarProps {
  readonly form: PreviewFormProps;
  readonly preview: ImportPreview | null;
  readonly headings: readonly string[];
  readonly isReady: boolean;
}

function StoreBar({ form, preview, headings, isReady }: StoreBarProps) {
  const { choices, saved, allOrNone, onAllOrNone, onSaved, onStore, onCancel } = form;
  const store = (dryRun: boolean) => onStore(dryRun, preview ? foundByValues(preview) : {});
  return (
    <>
      <Segmented
        label="If rows are refused"
        value={allOrNone ? "none" : "good"}
        options={[
          { value: "good", label: "Store the good rows" },
          { value: "none", label: "Store nothing" },
        ]}
        onChange={(value) => onAllOrNone(value === "none")}
      />
      <footer className="preview__actions">
        {preview ? (
          <SaveProfile
            reading={readingToSave(headings, choices, preview)}
            current={saved}
            onSaved={onSaved}
          />
        ) : null}
        <Button onClick={onCancel}>Put it away</Button>
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

/** Columns that no heading told: the server is told of them, so that it reads what was shown. */
function foundByValues({ outline }: ImportPreview): Readonly<Record<string, string>> {
  return Object.fromEntries(
    outline.guesses.flatMap(({ role, by }) => {
      const column = outline.mapping[role];
      return by === "values" && column !== undefined ? [[role, column]] : [];
    }),
  );
}

function readingToSave(
  headings: readonly string[],
  { map, kind, source, dates, words, midnight }: ImportChoices,
  { outline }: ImportPreview,
): SavedReading {
  return {
    profile: outline.profile,
    map: mapToKeep(outline.mapping, map),
    headings: headingsToKeep(headings),
    kind,
    source,
    dates,
    words,
    midnight,
  };
}

/** Those of the beginning, and those that only a trial of the whole file has met. */
function joinUnknown(
  head: readonly UnknownWord[],
  trial: readonly UnknownWord[],
): readonly UnknownWord[] {
  const keyOf = ({ role, word }: UnknownWord) => `${role} ${word}`;
  const known = new Set(trial.map(keyOf));
  return [...trial, ...head.filter((each) => !known.has(keyOf(each)))];
}

/** Nothing where there is nothing to choose from. */
function SheetChoice({ head, onSheet }: Pick<PreviewFormProps, "head" | "onSheet">) {
  if (head.sheets.length < 2) return null;
  return (
    <Select
      label="Sheet"
      value={head.sheet ?? ""}
      options={head.sheets.map((name) => ({ value: name, label: name }))}
      onChange={onSheet}
    />
  );
}

/** The only thing missing is the kind of the events, which no column says. */
function readsWithKind(head: FileHead, choices: ImportChoices, setting: ImportSetting): boolean {
  if (choices.kind) return false;
  return previewHead(head, { ...choices, kind: "complaint" }, setting).ok;
}

const previewedRows = 20;

function previewHead(head: FileHead, choices: ImportChoices, setting: ImportSetting) {
  return previewImport(head.text, head.isWhole, choices, setting, previewedRows, head.unit);
}

interface PreviewBodyProps {
  readonly preview: ImportPreview;
  readonly setting: ImportSetting;
  readonly unit: RowUnit;
}

function PreviewBody({ preview, setting, unit }: PreviewBodyProps) {
  return (
    <>
      {preview.outline.notes.map((note) => (
        <p key={note} className="quiet">
          {note}
        </p>
      ))}
      <PreviewRows rows={preview.rows} zone={setting.zone} unit={unit} />
    </>
  );
}

function Refusal({ fault }: { readonly fault: FileFault }) {
  return (
    <ErrorNote
      title={fault.remedy ? "This file cannot be read yet" : "This file cannot be read"}
      detail={faultText(fault, "page")}
    />
  );
}
