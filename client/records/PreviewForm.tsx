import { useMemo } from "react";
import { MappingTable } from "#client/records/MappingTable.tsx";
import { PreviewRows } from "#client/records/PreviewRows.tsx";
import { ReadingChoices } from "#client/records/ReadingChoices.tsx";
import { type FileHead, headerNames } from "#client/records/read-head.ts";
import { type NamesState, WhatLeaves } from "#client/records/WhatLeaves.tsx";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Select } from "#client/ui/Select.tsx";
import type { DateCell } from "#core/import/date-order.ts";
import { profiles } from "#core/import/detect.ts";
import { type FileFault, faultText } from "#core/import/file-fault.ts";
import { cleanFileName } from "#core/import/file-name.ts";
import { type ImportPreview, previewImport } from "#core/import/preview.ts";
import { type RowUnit, rowUnitWords } from "#core/import/row-unit.ts";
import type { ImportChoices, ImportSetting } from "#core/import/table-reader.ts";

export interface PreviewFormProps {
  readonly head: FileHead;
  readonly choices: ImportChoices;
  readonly setting: ImportSetting;
  /** The server has refused the file as it was read here. */
  readonly wasRefused: boolean;
  readonly names: NamesState;
  readonly onChoices: (choices: ImportChoices) => void;
  /** Another sheet of the workbook. */
  readonly onSheet: (sheet: string) => void;
  readonly onStore: () => void;
  readonly onCancel: () => void;
}

/** What the file would be read as, to be corrected before anything is sent. */
export function PreviewForm(props: PreviewFormProps) {
  const { head, choices, setting, wasRefused, names } = props;
  const { onChoices, onSheet, onStore, onCancel } = props;
  const headers = useMemo(() => headerNames(head), [head]);
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
      <header className="preview__head">
        <h3>{cleanFileName(head.file.name)}</h3>
        <p className="quiet">
          {preview.ok
            ? `Read as: ${profiles[preview.value.outline.profile].label}. Nothing has been sent yet.`
            : "Nothing has been sent yet."}
        </p>
      </header>
      <WhatLeaves personal={headers.personal} map={choices.map} names={names} />
      <SheetChoice head={head} onSheet={onSheet} />
      {preview.ok || needsKind || names !== "ready" ? null : <Refusal fault={preview.reason} />}
      {canChoose ? (
        <>
          <ReadingChoices
            choices={choices}
            needsKind={needsKind}
            needsOrder={openDate !== null}
            onChoices={onChoices}
          />
          <MappingTable
            mapping={preview.ok ? preview.value.outline.mapping : choices.map}
            columns={headers.open}
            personal={headers.personal.map(({ column }) => column)}
            given={choices.map}
            onMap={(map) => onChoices({ ...choices, map })}
          />
        </>
      ) : null}
      {openDate ? <OpenDate date={openDate} isWhole={head.isWhole} unit={head.unit} /> : null}
      {preview.ok && !wasRefused ? (
        <PreviewBody preview={preview.value} setting={setting} unit={head.unit} />
      ) : null}
      <footer className="preview__actions">
        <Button onClick={onCancel}>Put it away</Button>
        <Button
          look="filled"
          disabled={!preview.ok || needsOrder || names !== "ready"}
          onClick={onStore}
        >
          Import this file
        </Button>
      </footer>
    </div>
  );
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

interface OpenDateProps {
  readonly date: DateCell;
  readonly isWhole: boolean;
  readonly unit: RowUnit;
}

/** Dates of the file read both ways, and nothing so far says which. */
function OpenDate({ date, isWhole, unit }: OpenDateProps) {
  return (
    <Banner kind="warning">
      The order of day and month is open: “{date.value}” on {rowUnitWords[unit].toLowerCase()}{" "}
      {date.line} can be read day first or month first
      {isWhole
        ? ", and no date of the file settles it. Choose it under “Order of dates”."
        : ". If no date further down settles it, the file is refused: choose it under “Order of dates”."}
    </Banner>
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
