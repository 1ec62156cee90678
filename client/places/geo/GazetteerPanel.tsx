import { useEffect, useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { useShared } from "#client/api/use-resource.ts";
import { newDecoder, pickFile } from "#client/files/browser-source.ts";
import { gazetteers, removeGazetteer, sendGazetteer } from "#client/places/geo/geo-api.ts";
import { createStore, type Store } from "#client/state/store.ts";
import { useStore } from "#client/state/use-store.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { formatTimeOfDay, timeLeft } from "#client/ui/format.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Progress } from "#client/ui/Progress.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { gazetteerFormatLabels } from "#core/places/gazetteer/names.ts";
import {
  createGazetteerReader,
  type GazetteerFile,
} from "#core/places/gazetteer/read-gazetteer.ts";
import type { Region } from "#core/places/place.ts";
import type { GazetteerImport, GazetteerResult } from "#core/places/wire/gazetteer.ts";
import { FileFault, faultText } from "#core/table/file-fault.ts";
import { createTextReader } from "#core/table/text-reader.ts";
import { cleanFileName } from "#core/text/file-name.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";

/** By which rows with only a street or a postcode are placed, and cells are named. */
export function GazetteerPanel({ region }: { readonly region: Region | null }) {
  const [importer] = useState(createGazetteerImporter);
  const run = useStore(importer.run, (state) => state);
  useEffect(() => importer.cancel, [importer]);
  const choose = async () => {
    const file = await pickFile(".csv,.txt,text/csv,text/plain");
    if (file && region) await importer.start(file, region);
  };
  return (
    <section className="records__batches" aria-labelledby="records-gazetteers">
      <header className="outcome__head">
        <h2 id="records-gazetteers">Street and postcode names</h2>
        <Button
          icon="file"
          disabled={region === null || run.status === "running"}
          onClick={() => void choose()}
        >
          Import names
        </Button>
      </header>
      <p className="quiet">
        OS Open Names, or a data.police.uk street file. Rows with only a street or postcode are
        located with these names, on this computer. Cells are named after them. The file stays here;
        only names in this area are sent.
      </p>
      <RunState run={run} onCancel={importer.cancel} />
      <GazetteerList />
    </section>
  );
}

function RunState({
  run,
  onCancel,
}: {
  readonly run: GazetteerRun;
  readonly onCancel: () => void;
}) {
  switch (run.status) {
    case "idle":
      return null;
    case "running":
      return (
        <Progress label={run.label} share={run.share} detail={run.detail} onCancel={onCancel} />
      );
    case "cancelled":
      return <Banner kind="note">Cancelled. No names were stored.</Banner>;
    case "failed":
      return <ErrorNote title={run.title} detail={run.detail} />;
    case "done": {
      const { fileName, format, rows, streets, postcodes, outside, notKept } = run.result;
      return (
        <Banner kind="note">
          {fileName}, read as {gazetteerFormatLabels[format]}: {formatQuantity(streets, "street")}{" "}
          and {formatQuantity(postcodes, "postcode")} saved from {formatQuantity(rows, "row")},{" "}
          {formatCount(outside)} outside the area, {formatCount(notKept)} repeated or not relevant.
        </Banner>
      );
    }
  }
}

function GazetteerList() {
  const resource = useShared(gazetteers);
  const [asked, setAsked] = useState<GazetteerImport | null>(null);
  const remove = async ({ id, fileName }: GazetteerImport) => {
    setAsked(null);
    try {
      const removed = await removeGazetteer(id);
      showToast(`${formatQuantity(removed, "name")} of ${fileName} removed`);
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      showToast(`${title}. ${detail}`);
    }
  };
  return (
    <Loaded resource={resource} onRetry={gazetteers.reload}>
      {(reply) => (
        <>
          {reply.gazetteers.length === 0 ? (
            <p className="quiet">No names imported yet.</p>
          ) : (
            <div className="records__scroll">
              <SortableTable
                caption="Gazetteers, newest first"
                columns={[...plainColumns, removeColumn(setAsked)]}
                rows={reply.gazetteers}
                rowKey={({ id }) => String(id)}
              />
            </div>
          )}
          {asked ? (
            <Dialog
              title={`Remove the names of ${asked.fileName}?`}
              onClose={() => setAsked(null)}
              actions={
                <>
                  <Button onClick={() => setAsked(null)}>Cancel</Button>
                  <Button look="filled" onClick={() => void remove(asked)}>
                    Remove {formatQuantity(asked.kept, "name")}
                  </Button>
                </>
              }
            >
              <p>
                Events located with them stay where they are. Cells go back to their earlier names.
                To get the names back, import the file again.
              </p>
            </Dialog>
          ) : null}
        </>
      )}
    </Loaded>
  );
}

const plainColumns: readonly TableColumn<GazetteerImport>[] = [
  {
    key: "file",
    label: "File",
    cell: ({ fileName, format }) => (
      <>
        {fileName}
        <div className="quiet small">read as {gazetteerFormatLabels[format]}</div>
      </>
    ),
  },
  {
    key: "when",
    label: "When",
    cell: ({ importedAt }) =>
      `${formatDate(importedAt.slice(0, 10))} ${formatTimeOfDay(importedAt)}`,
  },
  { key: "person", label: "By", cell: ({ person }) => person },
  { key: "kept", label: "Names", isNumber: true, cell: ({ kept }) => formatCount(kept) },
];

function removeColumn(ask: (gazetteer: GazetteerImport) => void): TableColumn<GazetteerImport> {
  return {
    key: "remove",
    label: "Remove",
    cell: (gazetteer) => (
      <Button onClick={() => ask(gazetteer)} label={`Remove the names of ${gazetteer.fileName}`}>
        Remove
      </Button>
    ),
  };
}

type GazetteerRun =
  | { readonly status: "idle" }
  | {
      readonly status: "running";
      readonly label: string;
      readonly share: number | null;
      readonly detail: string;
    }
  | { readonly status: "done"; readonly result: GazetteerResult }
  | { readonly status: "failed"; readonly title: string; readonly detail: string }
  | { readonly status: "cancelled" };

interface GazetteerImporter {
  readonly run: Store<GazetteerRun>;
  readonly start: (file: File, region: Region) => Promise<void>;
  readonly cancel: () => void;
}

/** One gazetteer from file to result: read here, and only its names of this area are sent. */
function createGazetteerImporter(): GazetteerImporter {
  const run = createStore<GazetteerRun>({ status: "idle" });
  let running: AbortController | null = null;
  const show = (label: string, share: number | null, detail = "") =>
    run.set(() => ({ status: "running", label, share, detail }));
  return {
    run,
    start: async (file, region) => {
      running?.abort();
      const mine = new AbortController();
      running = mine;
      try {
        show("Reading names", 0);
        const from = performance.now();
        const read = await readFile(file, region, mine.signal, (share, rows) =>
          show(
            "Reading names",
            share,
            [formatQuantity(rows, "row"), timeLeft(from, share)].filter(Boolean).join(", "),
          ),
        );
        show("Storing names", null, formatQuantity(read.names.length, "name"));
        const result = await sendGazetteer(file.name, read, mine.signal);
        run.set(() => ({ status: "done", result }));
      } catch (cause) {
        run.set(() =>
          mine.signal.aborted ? { status: "cancelled" } : failureOf(cause, file.name),
        );
      } finally {
        if (running === mine) running = null;
      }
    },
    cancel: () => running?.abort(),
  };
}

async function readFile(
  file: File,
  region: Region,
  signal: AbortSignal,
  onShare: (share: number, rows: number) => void,
): Promise<GazetteerFile> {
  if (file.size === 0) throw new FileFault("the file is empty");
  const decoder = createTextReader(newDecoder);
  const reader = createGazetteerReader(region);
  const pieces = file.stream().getReader();
  let bytes = 0;
  for (;;) {
    signal.throwIfAborted();
    const { done, value } = await pieces.read();
    if (done) break;
    reader.push(decoder.push(value));
    bytes += value.length;
    onShare(bytes / file.size, reader.rows());
  }
  reader.push(decoder.finish());
  return reader.finish();
}

function failureOf(cause: unknown, fileName: string): GazetteerRun {
  if (cause instanceof FileFault) {
    const detail = `${cleanFileName(fileName)}: ${faultText(cause, "page")} Nothing was sent.`;
    return { status: "failed", title: "This file is not a gazetteer", detail };
  }
  const { title, detail } = errorFromFailure(cause);
  return { status: "failed", title, detail };
}
