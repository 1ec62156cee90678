import type { FaultWords, FileLook, ReadingSetting } from "#client/records/file-messages.ts";
import { type AgeState, useFileAge, useFileLook } from "#client/records/file-reader.ts";
import { MappingTable } from "#client/records/MappingTable.tsx";
import { PreviewRows } from "#client/records/PreviewRows.tsx";
import { ReadingChoices } from "#client/records/ReadingChoices.tsx";
import { type PreviewFormProps, StoreBar } from "#client/records/StoreBar.tsx";
import { WhatLeaves } from "#client/records/WhatLeaves.tsx";
import { WordTable } from "#client/records/WordTable.tsx";
import { zoneNamed } from "#client/state/zone.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Progress } from "#client/ui/Progress.tsx";
import { Select } from "#client/ui/Select.tsx";
import { mixedWords } from "#core/records/date-order.ts";
import type { ImportOutline } from "#core/records/outline.ts";
import type { ImportPreview } from "#core/records/preview.ts";
import { profiles } from "#core/records/profile.ts";
import type { UnknownWord } from "#core/records/row-notes.ts";
import type { AxesSwap } from "#core/records/swap-axes.ts";
import type { BlockedColumn } from "#core/table/columns.ts";
import { faultText } from "#core/table/file-fault.ts";
import { type RowUnit, rowUnitWords } from "#core/table/row-unit.ts";
import { cleanFileName } from "#core/text/file-name.ts";

/** What the file would be read as, to be corrected before anything is sent. */
export function PreviewForm(props: PreviewFormProps) {
  const { reader, head, choices, setting, onSheet } = props;
  const { look, isNew, fault } = useFileLook(reader, head, choices, setting);
  const isReadable = isNew && look?.preview.ok === true;
  const age = useFileAge(reader, head, choices, setting, isReadable);
  return (
    <div className="preview">
      <PreviewHead
        form={props}
        outline={look ? (outlineOf(look)?.outline ?? null) : null}
        personal={look?.headings.personal ?? []}
      />
      <SheetChoice head={head} onSheet={onSheet} />
      {fault === null ? null : <ErrorNote title="This file cannot be read" detail={fault} />}
      {look === null && fault === null ? <Progress label="Reading the file" share={null} /> : null}
      {look ? <LookedAt form={props} look={look} age={age} /> : null}
      <StoreBar
        form={props}
        preview={look?.preview.ok ? look.preview.value : null}
        headings={look?.headings.open ?? []}
        // How much of it is past its age is said before it starts.
        isReady={isReadable && age.status !== "counting" && canStore(props, look)}
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
        <p className="quiet">
          {readAs}
          {form.wasSent ? "Nothing has been stored." : "Nothing has been sent yet."}
        </p>
      </header>
      <WhatLeaves
        personal={personal}
        map={{ ...outline?.mapping, ...form.choices.map }}
        names={form.names}
      />
    </>
  );
}

/** What was understood, also while the kind of the events is still to be said. */
function outlineOf({ preview, withKind }: FileLook): ImportPreview | null {
  return preview.ok ? preview.value : withKind;
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

interface LookedAtProps {
  readonly form: PreviewFormProps;
  readonly look: FileLook;
  readonly age: AgeState;
}

function LookedAt({ form, look, age }: LookedAtProps) {
  const { head, setting, wasRefused, names } = form;
  const { preview, withKind, headings } = look;
  const understood = outlineOf(look);
  // Without a remedy no choice below can read the file.
  const canChoose = preview.ok || preview.reason.remedy !== null;
  return (
    <>
      {preview.ok || withKind || names !== "ready" ? null : <Refusal fault={preview.reason} />}
      {canChoose ? (
        <HowToRead
          form={form}
          outline={understood?.outline ?? null}
          headings={headings.open}
          personal={headings.personal}
          needsKind={withKind !== null}
          needsOrder={understood !== null && understood.openDate !== null}
        />
      ) : null}
      {preview.ok ? (
        <OpenDate preview={preview.value} isWhole={head.isWhole} unit={head.unit} />
      ) : null}
      <SwappedAxes swap={understood?.swap ?? null} form={form} />
      <FileAge age={age} />
      {preview.ok && !wasRefused ? (
        <PreviewBody preview={preview.value} setting={setting} unit={head.unit} />
      ) : null}
    </>
  );
}

function Refusal({ fault }: { readonly fault: FaultWords }) {
  return (
    <ErrorNote
      title={fault.remedy ? "This file cannot be read yet" : "This file cannot be read"}
      detail={faultText(fault, "page")}
    />
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

/** Those of the beginning, and those that only a trial of the whole file has met. */
function joinUnknown(
  head: readonly UnknownWord[],
  trial: readonly UnknownWord[],
): readonly UnknownWord[] {
  const keyOf = ({ role, word }: UnknownWord) => `${role} ${word}`;
  const known = new Set(trial.map(keyOf));
  return [...trial, ...head.filter((each) => !known.has(keyOf(each)))];
}

interface OpenDateProps {
  readonly preview: Pick<ImportPreview, "openDate" | "mixed">;
  readonly isWhole: boolean;
  readonly unit: RowUnit;
}

const wholeFile = ". Choose which under “Order of dates”.";
const beginning =
  ". If no later date settles it the file is refused. Choose under “Order of dates”.";

/** Dates of the file read both ways, and nothing so far says which, or it says both. */
function OpenDate({ preview: { openDate, mixed }, isWhole, unit }: OpenDateProps) {
  if (openDate === null) return null;
  const where = `“${openDate.value}” on ${rowUnitWords[unit].toLowerCase()} ${openDate.line}`;
  return (
    <Banner kind="warning">
      {mixed
        ? `${mixedWords(mixed)}, so ${where} could be either. Export dates in one format, or choose one under “Order of dates”. Dates that only fit the other order are then refused.`
        : `Day and month order unclear: ${where} can be read day first or month first${isWhole ? wholeFile : beginning}`}
    </Banner>
  );
}

function SwappedAxes({
  swap,
  form,
}: {
  readonly swap: AxesSwap | null;
  readonly form: PreviewFormProps;
}) {
  if (swap === null) return null;
  const { choices, onChoices } = form;
  const read = () => onChoices({ ...choices, map: { ...choices.map, ...swap.map } });
  return (
    <Banner kind="warning" action={<Button onClick={read}>Swap them</Button>}>
      {swap.sentence}
    </Banner>
  );
}

function FileAge({ age }: { readonly age: AgeState }) {
  if (age.status === "none") return null;
  if (age.status === "counted") return <p className="quiet">{age.words}</p>;
  return <Progress label="Counting rows past the retention limit" share={age.share} />;
}

interface PreviewBodyProps {
  readonly preview: ImportPreview;
  readonly setting: ReadingSetting;
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
      <PreviewRows rows={preview.rows} zone={zoneNamed(setting.timeZone)} unit={unit} />
    </>
  );
}

/** A whole file in which nothing settles the order of its dates is certain to be refused. */
function canStore({ head, names }: PreviewFormProps, { preview }: FileLook): boolean {
  if (!preview.ok || names !== "ready") return false;
  return preview.value.openDate === null || !head.isWhole;
}
