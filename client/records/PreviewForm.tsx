import { useEffect, useState } from "react";
import type { FileLook } from "#client/records/file-jobs.ts";
import { useFileLook } from "#client/records/file-reader.ts";
import { roleWords } from "#client/records/import-choices.ts";
import { PreviewRows } from "#client/records/PreviewRows.tsx";
import { ReadingChoices } from "#client/records/ReadingChoices.tsx";
import { type PreviewFormProps, StoreBar } from "#client/records/StoreBar.tsx";
import { WhatLeaves } from "#client/records/WhatLeaves.tsx";
import { WordTable } from "#client/records/WordTable.tsx";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Progress } from "#client/ui/Progress.tsx";
import { Select } from "#client/ui/Select.tsx";
import { mixedWords } from "#core/records/date-order.ts";
import type { ImportPreview } from "#core/records/preview.ts";
import { type ProfileName, profiles } from "#core/records/profile.ts";
import type { UnknownWord } from "#core/records/wire/import.ts";
import { type ColumnRole, givenRoles, isWordRole } from "#core/table/columns.ts";
import { faultText } from "#core/table/file-fault.ts";
import { type RowUnit, rowUnitWords } from "#core/table/row-unit.ts";
import { cleanFileName } from "#core/text/file-name.ts";
import { createZone } from "#core/time/zone.ts";

export function PreviewForm(props: PreviewFormProps) {
  const { reader, head, choices, setting, names } = props;
  const { look, isNew, fault } = useFileLook(reader, head, choices, setting);
  const isReadable = isNew && look?.preview.ok === true;
  // Also while the kind of event is still to be chosen.
  const understood = look && (look.preview.ok ? look.preview.value : look.withKind);
  const outline = understood?.outline ?? null;
  return (
    <div className="preview pad-4 framed">
      <PreviewHead form={props} readAs={outline?.profile ?? null} />
      <WhatLeaves
        personal={look?.headings.personal ?? []}
        map={{ ...outline?.mapping, ...choices.map }}
        names={names}
      />
      {head.sheets.length < 2 ? null : <SheetChoice head={head} onSheet={props.onSheet} />}
      {fault === null ? null : <ErrorNote title="This file cannot be read" detail={fault} />}
      {look === null && fault === null ? <Progress label="Reading the file" share={null} /> : null}
      {look ? <LookedAt form={props} look={look} understood={understood} /> : null}
      <StoreBar
        form={props}
        preview={look?.preview.ok ? look.preview.value : null}
        headings={look?.headings.open ?? []}
        isReady={isReadable && !props.isLeaving && canStore(props, look)}
      />
    </div>
  );
}

function SheetChoice({ head, onSheet }: Pick<PreviewFormProps, "head" | "onSheet">) {
  return (
    <Select
      label={head.unit === "feature" ? "Layer" : "Sheet"}
      value={head.sheet ?? ""}
      options={head.sheets.map((name) => ({ value: name, label: name }))}
      onChange={onSheet}
    />
  );
}

function PreviewHead({
  form: { head, saved, wasSent },
  readAs,
}: {
  readonly form: PreviewFormProps;
  readonly readAs: ProfileName | null;
}) {
  return (
    <header>
      <h3>{cleanFileName(head.file.name)}</h3>
      <p className="quiet">
        {readAs ? `Read as: ${saved ?? profiles[readAs].label}. ` : ""}
        {wasSent ? "Nothing has been stored." : "Nothing has been sent yet."}
      </p>
    </header>
  );
}

interface LookedAtProps {
  readonly form: PreviewFormProps;
  readonly look: FileLook;
  readonly understood: ImportPreview | null;
}

function LookedAt({ form, look, understood }: LookedAtProps) {
  const { head, choices, setting, onChoices } = form;
  const { preview, withKind } = look;
  const swap = understood?.swap;
  return (
    <>
      {preview.ok || withKind || form.names !== "ready" ? null : (
        <ErrorNote
          title={
            preview.reason.remedy ? "This file cannot be read yet" : "This file cannot be read"
          }
          detail={faultText(preview.reason, "page")}
        />
      )}
      {/* Without a remedy no choice can read the file. */}
      {preview.ok || preview.reason.remedy !== null ? (
        <HowToRead form={form} look={look} understood={understood} />
      ) : null}
      {preview.ok ? (
        <OpenDate preview={preview.value} isWhole={head.isWhole} unit={head.unit} />
      ) : null}
      {swap ? (
        <Banner
          kind="warning"
          action={
            <Button onClick={() => onChoices({ ...choices, map: { ...choices.map, ...swap.map } })}>
              Swap them
            </Button>
          }
        >
          {swap.sentence}
        </Banner>
      ) : null}
      {preview.ok && !form.wasRefused ? (
        <>
          {preview.value.outline.notes.map((note) => (
            <p key={note} className="quiet">
              {note}
            </p>
          ))}
          <PreviewRows
            rows={preview.value.rows}
            zone={createZone(setting.timeZone)}
            unit={head.unit}
          />
        </>
      ) : null}
    </>
  );
}

function HowToRead({ form, look: { headings, withKind }, understood }: LookedAtProps) {
  const { choices, onChoices } = form;
  const outline = understood?.outline;
  return (
    <>
      <ReadingChoices
        choices={choices}
        savedNames={form.profiles.map(({ name }) => name)}
        saved={form.saved}
        onSaved={form.onSaved}
        midnightSpike={outline?.midnightSpike ?? null}
        needsKind={withKind !== null}
        needsOrder={understood !== null && understood.openDate !== null}
        onChoices={onChoices}
      />
      <MappingTable
        mapping={outline?.mapping ?? choices.map}
        columns={headings.open}
        personal={headings.personal.map(({ column }) => column)}
        isRead={outline !== undefined}
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

function joinUnknown(
  head: readonly UnknownWord[],
  trial: readonly UnknownWord[],
): readonly UnknownWord[] {
  const keyOf = ({ role, word }: UnknownWord) => `${role} ${word}`;
  const known = new Set(trial.map(keyOf));
  return [...trial, ...head.filter((each) => !known.has(keyOf(each)))];
}

const wholeFile = ". Choose which under “Order of dates”.";
const beginning =
  ". If no later date settles it the file is refused. Choose under “Order of dates”.";

/** Dates fit both orders, or contradict each other. */
function OpenDate({
  preview: { openDate, mixed },
  isWhole,
  unit,
}: {
  readonly preview: ImportPreview;
  readonly isWhole: boolean;
  readonly unit: RowUnit;
}) {
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

/** A file whose date order stays open would be refused. */
function canStore({ head, names }: PreviewFormProps, { preview }: FileLook): boolean {
  if (!preview.ok || names !== "ready") return false;
  return preview.value.openDate === null || !head.isWhole;
}

type Mapping = Readonly<Record<string, string>>;

interface MappingTableProps {
  readonly mapping: Mapping;
  readonly columns: readonly string[];
  /** Whether the file can be read as it is. */
  readonly isRead: boolean;
  /** Only for words about places, which do not leave this computer. */
  readonly personal: readonly string[];
  readonly given: Mapping;
  readonly onMap: (given: Mapping) => void;
}

type Group = "found" | "more";

/** Option values: "as detected", and "no column". */
const found = "";
const none = "\u0000";

function MappingTable(props: MappingTableProps) {
  const { mapping, columns, personal, isRead, given, onMap } = props;
  // A used box stays put, or the keyboard focus would move with it.
  const [used, setUsed] = useState<Readonly<Partial<Record<ColumnRole, Group>>>>({});
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    if (!isRead) setOpen(true);
  }, [isRead]);
  const change = (role: ColumnRole, column: string) => {
    setUsed({ ...used, [role]: groupOf(role) });
    const { [role]: _, ...rest } = given;
    if (column === found) onMap(rest);
    else onMap({ ...rest, [role]: column === none ? "" : column });
  };
  const isGiven = (role: ColumnRole) => given[role] !== undefined;
  const choice = (role: ColumnRole) => (
    <Select
      key={role}
      label={roleWords[role]}
      value={given[role] === "" ? none : (given[role] ?? mapping[role] ?? found)}
      options={[
        ...(isGiven(role) || mapping[role] === undefined
          ? [{ value: found, label: isGiven(role) ? "Automatic" : "No column chosen" }]
          : []),
        ...(isGiven(role) || mapping[role] !== undefined
          ? [{ value: none, label: "No column of this file" }]
          : []),
        ...(isWordRole(role) ? [...columns, ...personal] : columns).map((column) => ({
          value: column,
          label: column,
        })),
      ]}
      onChange={(column) => change(role, column)}
    />
  );
  const groupOf = (role: ColumnRole): Group =>
    used[role] ?? (isGiven(role) || mapping[role] !== undefined ? "found" : "more");
  const inGroup = (group: Group) => givenRoles.filter((role) => groupOf(role) === group);
  return (
    <fieldset className="preview__mapping">
      <legend>Columns</legend>
      <div className="tiles tiles--small">{inGroup("found").map(choice)}</div>
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>Match other columns</summary>
        <div className="tiles tiles--small">{inGroup("more").map(choice)}</div>
      </details>
    </fieldset>
  );
}
