import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { DropZone } from "#client/files/DropZone.tsx";
import { gazetteerNames } from "#client/places/geo/geo-api.ts";
import { places } from "#client/places/places.ts";
import { BatchList, RetentionNote } from "#client/records/BatchList.tsx";
import type { OpenedFile, ReadingSetting } from "#client/records/file-jobs.ts";
import { createFileReader } from "#client/records/file-reader.ts";
import { ImportOutcome } from "#client/records/ImportOutcome.tsx";
import { Inbox } from "#client/records/Inbox.tsx";
import { autoChoices } from "#client/records/import-choices.ts";
import { createImporter } from "#client/records/import-run.ts";
import { PreviewForm } from "#client/records/PreviewForm.tsx";
import { ProfileList } from "#client/records/ProfileList.tsx";
import {
  importProfiles,
  importStep,
  recordsChanged,
  retention,
  undoBatch,
} from "#client/records/records-api.ts";
import type { NamesState } from "#client/records/WhatLeaves.tsx";
import { undoHistory } from "#client/state/undo.ts";
import { useStore } from "#client/state/use-store.ts";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Progress } from "#client/ui/Progress.tsx";
import { commandRegion } from "#core/places/place.ts";
import type { GazetteerReply } from "#core/places/wire/gazetteer.ts";
import type { ImportChoices } from "#core/records/import-choices.ts";
import { mapsWords } from "#core/records/place-step.ts";
import { keptEvents } from "#core/records/retention.ts";
import { choicesOfSaved, isMadeFrom } from "#core/records/saved-profile.ts";
import type { ImportResult, UnknownWord } from "#core/records/wire/import.ts";
import type { ImportProfile } from "#core/records/wire/import-profile.ts";
import { failure } from "#core/result.ts";
import { cleanFileName } from "#core/text/file-name.ts";
import { addDays, createZone } from "#core/time/zone.ts";
import "#client/files/records.css";

const eventFiles =
  ".csv,.tsv,.txt,.xlsx,.xlsm,.parquet,.gpkg,.zip,.fgb,.kml,.kmz,.geojson,.json,.geojsonl,.geojsons,.ndjson,.ndgeojson,text/csv,text/plain";

export function Records() {
  const [reader] = useState(createFileReader);
  const [importer] = useState(() => createImporter(reader));
  const run = useStore(importer.run, (state) => state);
  const [opened, setOpened] = useState<OpenedFile | null>(null);
  const [sent, setSent] = useState<OpenedFile | null>(null);
  const [opening, setOpening] = useState<File | null>(null);
  const latest = useRef<File | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [reading, setReading] = useState<FileReading>(asFound);
  const [allOrNone, setAllOrNone] = useState(false);
  const [trialWords, setTrialWords] = useState(noUnknownWords);
  const profiles = useSavedProfiles();
  const names = useNames(opened !== null);
  const { now } = useSession();
  const heard = useRef(now);
  heard.current = now;
  // Fixed when the file is opened: later updates of `now` must not read it again or take the focus
  // from a button about to be pressed.
  const [openedAt, setOpenedAt] = useState(now);
  const setting = useSetting(names.names, opened ? openedAt : now);
  const namesState = stateOfNames(mapsWords(reading.choices.map), names);
  useEffect(() => {
    reader.start();
    return () => {
      importer.cancel();
      reader.close();
    };
  }, [importer, reader]);

  const take = useCallback(
    async (file: File, sheet: string | null = null) => {
      importer.reset();
      setOpening(file);
      latest.current = file;
      const read = await reader
        .ask({ do: "open", file, sheet })
        .catch((cause: Error) => failure(cause.message));
      // Another file was chosen while a large workbook opened.
      if (latest.current !== file) return;
      setOpening(null);
      setOpenedAt(heard.current);
      setOpened(read.ok ? read.value : null);
      setReading(asFound);
      setTrialWords(noUnknownWords);
      setFault(read.ok ? null : `${cleanFileName(file.name)}: ${read.reason}`);
    },
    [importer, reader],
  );
  // A file with a profile's headings is read by that profile, unless changed.
  useEffect(() => {
    if (!opened || reading !== asFound) return;
    const { open } = opened.headings;
    const made = profiles.find((profile) => isMadeFrom(profile.reading, open));
    if (made) setReading(readingOf(made));
  }, [opened, reading, profiles]);
  const store = async (dryRun: boolean, found: Readonly<Record<string, string>>) => {
    if (!opened) return;
    setSent(opened);
    const upload = { found, saved: reading.saved, dryRun, allOrNone };
    const result = await importer.start(opened.head, reading.choices, upload);
    // If nothing was stored, it can be read again differently.
    if (result) setTrialWords(result.unknownWords);
    if (!result || result.dryRun || result.refused !== null) return;
    recordsChanged();
    setOpened(null);
    const { batch, fileName } = result;
    if (batch === null) return;
    undoHistory.remember({
      name: `import ${fileName}`,
      of: importStep(batch),
      undo: async () => {
        await undoBatch(batch);
        importer.reset();
      },
    });
  };
  const readAs = (next: FileReading) => {
    // The last result belongs to another reading.
    importer.reset();
    if (next.choices.map !== reading.choices.map) setTrialWords(noUnknownWords);
    setReading(next);
  };
  const choose = (next: ImportChoices) => readAs({ choices: next, saved: null });
  const chooseSaved = (name: string) => {
    const saved = profiles.find((profile) => profile.name === name);
    if (saved) readAs(readingOf(saved));
    // Just saved; the list is still loading.
    else setReading({ ...reading, saved: name });
  };
  const isRunning = run.status === "running";
  return (
    <div className="records stack pad-4">
      <section className="records__import" aria-labelledby="records-import">
        <h2 id="records-import">Import records</h2>
        <DropZone
          what="a file"
          accept={eventFiles}
          isBusy={isRunning}
          onFile={(file) => void take(file)}
        >
          CSV, XLSX, Parquet, GeoJSON, GeoPackage, Shapefile (zip), FlatGeobuf or KML. Any table
          with a date and a place, such as data.police.uk street crime or stop and search, or DfT
          collisions
        </DropZone>
        {fault ? (
          <ErrorNote title="This file cannot be read" detail={`${fault} Nothing was sent.`} />
        ) : null}
        {opening && opening.size > slowToOpen ? (
          <Progress
            label="Opening the file"
            share={null}
            onCancel={() => {
              latest.current = null;
              setOpening(null);
            }}
          />
        ) : null}
        {isRunning ? (
          <Progress
            label={run.label}
            share={run.share}
            detail={run.detail}
            onCancel={importer.cancel}
          />
        ) : null}
        {namesState === "failed" ? (
          <ErrorNote
            title="Street and postcode names could not be loaded"
            detail={names.fault ?? ""}
            onRetry={gazetteerNames.reload}
          />
        ) : null}
        <ImportOutcome run={run} />
        {opened && setting && !isRunning ? (
          <PreviewForm
            key={`${opened.head.file.name} ${opened.head.file.size} ${opened.head.file.lastModified}`}
            reader={reader}
            head={opened.head}
            choices={reading.choices}
            saved={reading.saved}
            profiles={profiles}
            trialWords={trialWords}
            allOrNone={allOrNone}
            setting={setting}
            isLeaving={opening !== null}
            wasSent={sent === opened}
            wasRefused={run.status === "failed"}
            names={namesState}
            onChoices={choose}
            onSaved={chooseSaved}
            onAllOrNone={setAllOrNone}
            onSheet={(sheet) => void take(opened.head.file, sheet)}
            onStore={(dryRun, found) => void store(dryRun, found)}
            onCancel={() => setOpened(null)}
          />
        ) : null}
      </section>
      <Inbox />
      <ProfileList />
      <section className="records__batches" aria-labelledby="records-batches">
        <h2 id="records-batches">Imports</h2>
        <RetentionNote />
        <BatchList
          onUndone={(batch) => {
            // The result above no longer holds for an undone batch.
            if (run.status === "done" && speaksOf(run.result, batch)) importer.reset();
          }}
        />
      </section>
    </div>
  );
}

/** Also where it names the batch as the one that brought its duplicates. */
function speaksOf({ batch, duplicates }: ImportResult, asked: number): boolean {
  return batch === asked || duplicates > 0;
}

/** Detecting street and postcode columns needs the names, so a file waits for them. */
function stateOfNames(areNeeded: boolean, { names, fault }: KnownNames): NamesState {
  if (names || (fault && !areNeeded)) return "ready";
  return fault ? "failed" : "fetching";
}

interface FileReading {
  readonly choices: ImportChoices;
  readonly saved: string | null;
}
const asFound: FileReading = { choices: autoChoices, saved: null };
const noUnknownWords: readonly UnknownWord[] = [];

function readingOf({ name, reading }: ImportProfile): FileReading {
  return { choices: choicesOfSaved(reading, autoChoices), saved: name };
}

const noProfiles: readonly ImportProfile[] = [];

function useSavedProfiles(): readonly ImportProfile[] {
  const resource = useShared(importProfiles);
  return hasValue(resource) ? resource.value.profiles : noProfiles;
}
/** Bytes of a workbook; other files are shown from their beginning. */
const slowToOpen = 2_000_000;

const clockToleranceMs = 3_600_000;

/** Valid area and dates of events as of `now`; null until boundaries are loaded. */
function useSetting(names: KnownNames["names"], now: string): ReadingSetting | null {
  const { timeZone, asAt, demo } = useSession();
  const known = useShared(places);
  const map = hasValue(known) ? known.value : null;
  const age = useShared(retention);
  const years = hasValue(age) && age.value.isOn ? age.value.eventYears : null;
  return useMemo(() => {
    const region = map && commandRegion(map);
    if (!region) return null;
    const zone = createZone(timeZone);
    // The demo's date is fixed; its files may hold later events.
    const until = demo ? zone.startOfDate(addDays(asAt, 1)) : Date.parse(now);
    const latest = (demo ? Date.now() : Date.parse(now)) + clockToleranceMs;
    const kept = years === null ? null : keptEvents(zone, Date.parse(now), years);
    return { timeZone, region, latest, shown: { until, isDemo: demo }, kept, names };
  }, [map, timeZone, now, asAt, demo, names, years]);
}

interface KnownNames {
  /** Null until loaded. */
  readonly names: GazetteerReply | null;
  readonly fault: string | null;
}

/** Loaded once a file may need them. */
function useNames(mayNeed: boolean): KnownNames {
  const state = useStore(gazetteerNames.store, (all) => all);
  useEffect(() => {
    if (mayNeed && state.status === "idle") gazetteerNames.ensure();
  }, [mayNeed, state.status]);
  const names = hasValue(state) ? state.value : null;
  const fault = state.status === "failed" ? `${state.error.title}. ${state.error.detail}` : null;
  return { names, fault };
}
