import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { places } from "#client/api/places.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { useSession } from "#client/app/session-context.ts";
import { BatchList } from "#client/records/BatchList.tsx";
import { recordsChanged, undoBatch } from "#client/records/batches.ts";
import { DropZone } from "#client/records/DropZone.tsx";
import { GazetteerPanel } from "#client/records/GazetteerPanel.tsx";
import { gazetteerNames } from "#client/records/gazetteers.ts";
import { ImportOutcome } from "#client/records/ImportOutcome.tsx";
import { autoChoices } from "#client/records/import-choices.ts";
import { createImporter } from "#client/records/import-run.ts";
import { PreviewForm } from "#client/records/PreviewForm.tsx";
import { RetentionNote } from "#client/records/RetentionNote.tsx";
import { type FileHead, readHead } from "#client/records/read-head.ts";
import { usePlaceFinder } from "#client/records/use-place-finder.ts";
import { undoHistory } from "#client/state/undo.ts";
import { useStore } from "#client/state/use-store.ts";
import { zoneNamed } from "#client/state/zone.ts";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Progress } from "#client/ui/Progress.tsx";
import { mapsWords } from "#core/gazetteer/place-step.ts";
import { cleanFileName } from "#core/import/file-name.ts";
import { commandRegion } from "#core/import/region.ts";
import type { ImportChoices, ImportSetting } from "#core/import/table-reader.ts";
import { addDays } from "#core/time/zone.ts";
import "#client/records/records.css";

/** Bring a file in: drop, see the guess, correct it, store; below, what came in before. */
export function Records() {
  const [importer] = useState(createImporter);
  const run = useStore(importer.run, (state) => state);
  const [head, setHead] = useState<FileHead | null>(null);
  const [reading, setReading] = useState<File | null>(null);
  const latest = useRef<File | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [choices, setChoices] = useState<ImportChoices>(autoChoices);
  const plain = useSetting();
  const names = usePlaceFinder(head !== null);
  const setting = useMemo(
    () => plain && (names.finder ? { ...plain, places: names.finder } : plain),
    [plain, names.finder],
  );
  const needsNames = mapsWords(choices.map);
  useEffect(() => importer.cancel, [importer]);

  const take = useCallback(
    async (file: File, sheet: string | null = null) => {
      importer.reset();
      setChoices(autoChoices);
      setReading(file);
      latest.current = file;
      const read = await readHead(file, sheet);
      // Another file was chosen while a large workbook was being opened.
      if (latest.current !== file) return;
      setReading(null);
      setHead(read.ok ? read.value : null);
      setFault(read.ok ? null : `${cleanFileName(file.name)}: ${read.reason}`);
    },
    [importer],
  );
  const store = async () => {
    if (!head) return;
    const result = await importer.start(head, choices, names.finder);
    if (!result) return;
    recordsChanged();
    setHead(null);
    const { batch, fileName } = result;
    if (batch === null) return;
    undoHistory.remember({
      name: `import ${fileName}`,
      undo: async () => {
        await undoBatch(batch);
        importer.reset();
      },
    });
  };
  const choose = (next: ImportChoices) => {
    // What was refused was read another way.
    if (run.status === "failed") importer.reset();
    setChoices(next);
  };
  const isRunning = run.status === "running";
  return (
    <div className="records">
      <section className="records__import" aria-labelledby="records-import">
        <h2 id="records-import">Bring records in</h2>
        <DropZone isBusy={isRunning} onFile={(file) => void take(file)} />
        {fault ? (
          <ErrorNote title="This file cannot be read" detail={`${fault} Nothing was sent.`} />
        ) : null}
        {reading && reading.size > slowToOpen ? (
          <Progress
            label="Opening the file"
            share={null}
            onCancel={() => {
              latest.current = null;
              setReading(null);
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
        {needsNames && names.fault ? (
          <ErrorNote
            title="The names of streets and postcodes could not be fetched"
            detail={names.fault}
            onRetry={gazetteerNames.reload}
          />
        ) : null}
        <ImportOutcome run={run} />
        {head && setting && !isRunning ? (
          <PreviewForm
            head={head}
            choices={choices}
            setting={setting}
            wasRefused={run.status === "failed"}
            names={!needsNames || names.finder ? "ready" : names.fault ? "failed" : "fetching"}
            onChoices={choose}
            onSheet={(sheet) => void take(head.file, sheet)}
            onStore={() => void store()}
            onCancel={() => setHead(null)}
          />
        ) : null}
      </section>
      <section className="records__batches" aria-labelledby="records-batches">
        <h2 id="records-batches">What has come in</h2>
        <RetentionNote />
        <BatchList
          onUndone={(batch) => {
            // What is shown above as stored is stored no longer.
            if (run.status === "done" && run.result.batch === batch) importer.reset();
          }}
        />
      </section>
      <GazetteerPanel region={plain?.region ?? null} />
    </div>
  );
}

/** Of a workbook in octets; any other file is shown from its beginning. */
const slowToOpen = 2_000_000;

const clockToleranceMs = 3_600_000;

/** Where and until when events may lie; null until the boundaries are there. */
function useSetting(): ImportSetting | null {
  const { timeZone, now, asAt, demo } = useSession();
  const known = useShared(places);
  const areas = hasValue(known) ? known.value.areas : null;
  return useMemo(() => {
    const region = areas && commandRegion(areas);
    if (!region) return null;
    const zone = zoneNamed(timeZone);
    // The demonstration stands at a date; its files may still hold what happened since.
    const until = demo ? zone.startOfDate(addDays(asAt, 1)) : Date.parse(now);
    const latest = (demo ? Date.now() : Date.parse(now)) + clockToleranceMs;
    return { zone, region, latest, shown: { until, isDemo: demo } };
  }, [areas, timeZone, now, asAt, demo]);
}
