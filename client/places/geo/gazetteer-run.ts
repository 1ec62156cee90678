import { errorFromFailure } from "#client/api/api-error.ts";
import { newDecoder } from "#client/files/browser-source.ts";
import { timeLeft } from "#client/files/time-left.ts";
import { sendGazetteer } from "#client/places/geo/gazetteers.ts";
import { createStore, type Store } from "#client/state/store.ts";
import { formatQuantity } from "#client/ui/format.ts";
import {
  createGazetteerReader,
  type GazetteerFile,
} from "#core/places/gazetteer/read-gazetteer.ts";
import type { Region } from "#core/places/place.ts";
import type { GazetteerResult } from "#core/places/wire/gazetteer.ts";
import { FileFault, faultText } from "#core/table/file-fault.ts";
import { createTextReader } from "#core/table/text-reader.ts";
import { cleanFileName } from "#core/text/file-name.ts";

export type GazetteerRun =
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

export interface GazetteerImporter {
  readonly run: Store<GazetteerRun>;
  readonly start: (file: File, region: Region) => Promise<void>;
  readonly cancel: () => void;
}

/** One gazetteer from file to result: read here, and only its names of this area are sent. */
export function createGazetteerImporter(): GazetteerImporter {
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
  if (file.size === 0) throw new FileFault("the file is empty: there is no name in it");
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
    return { status: "failed", title: "This is no gazetteer that can be read", detail };
  }
  const { title, detail } = errorFromFailure(cause);
  return { status: "failed", title, detail };
}
