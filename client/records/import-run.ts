import { type ApiError, errorFromFailure } from "#client/api/api-error.ts";
import { hashFile } from "#client/records/file-hash.ts";
import { type UploadChoices, uploadPath } from "#client/records/import-choices.ts";
import type { FileHead } from "#client/records/read-head.ts";
import { columnPlan, stripColumns } from "#client/records/strip-columns.ts";
import { uploadFile } from "#client/records/upload.ts";
import { createStore, type Store } from "#client/state/store.ts";
import { formatQuantity } from "#client/ui/format.ts";
import type { PlaceFinder } from "#core/gazetteer/find-place.ts";
import {
  createPlaceStep,
  mapsWords,
  type PlaceStep,
  withoutWords,
} from "#core/gazetteer/place-step.ts";
import { blockedReasons, cellColumn, type Header } from "#core/import/columns.ts";
import { cleanFileName } from "#core/import/file-name.ts";
import type { ImportChoices } from "#core/import/import-choices.ts";
import type { ImportResult } from "#core/wire/import.ts";

export type ImportRun =
  | { readonly status: "idle" }
  | {
      readonly status: "running";
      readonly label: string;
      readonly share: number | null;
      readonly detail: string;
    }
  | { readonly status: "done"; readonly result: ImportResult }
  | { readonly status: "failed"; readonly error: ApiError }
  | { readonly status: "cancelled" };

export interface Importer {
  readonly run: Store<ImportRun>;
  /** `finder` turns words about places to cells, where the choices map a column of them. */
  readonly start: (
    head: FileHead,
    choices: ImportChoices,
    finder: PlaceFinder | null,
    upload?: UploadChoices,
  ) => Promise<ImportResult | null>;
  readonly cancel: () => void;
  readonly reset: () => void;
}

/** One import from drop to result; at most one runs. */
export function createImporter(): Importer {
  const run = createStore<ImportRun>({ status: "idle" });
  let running: AbortController | null = null;
  const show = (label: string, share: number | null, detail = "") =>
    run.set(() => ({ status: "running", label, share, detail }));

  const send = async (
    head: FileHead,
    choices: ImportChoices,
    { finder, upload, signal }: SendOptions,
  ) => {
    show("Preparing the file", 0);
    // The columns that were found by what stands in them are read, and so they are sent.
    const seen = { ...choices, map: { ...upload.found, ...choices.map } };
    const plan = columnPlan(head, seen);
    const { makeStep, sent } = placeWords(seen, finder);
    const label = makeStep ? "Placing rows on this computer" : "Leaving out what is not needed";
    const body = await stripColumns(head, plan, {
      signal,
      makeStep,
      onShare: (share) => show(label, share),
    });
    // What is sent whole is hashed where it arrives.
    const fileSha256 =
      body === head.file
        ? null
        : await hashFile(head.file, {
            signal,
            onShare: (share) => show("Taking the file's fingerprint", share),
          });
    const from = performance.now();
    const about = { ...upload, found: {}, fileSha256, unit: head.unit };
    const result = await uploadFile({
      path: uploadPath(cleanFileName(head.file.name), sent, about),
      body,
      signal,
      onSent: (share) => {
        if (share < 1) show("Sending", share, timeLeft(from, share));
        else show("Reading rows", null);
      },
      onProgress: ({ rows, bytes, totalBytes }) => {
        const share = totalBytes ? bytes / totalBytes : null;
        const left = share === null ? "" : timeLeft(from, share);
        const words = [formatQuantity(rows, "row"), rowRate(from, rows), left];
        show("Reading rows", share, words.filter(Boolean).join(", "));
      },
    });
    // What stayed here the server has never seen, so it cannot name it.
    const blocked = [...blockedReasons(plan.header), ...(result.blocked ?? [])];
    return { ...result, blocked, blockedColumns: blocked.map(({ column }) => column) };
  };
  return {
    run,
    start: async (head, choices, finder, upload = {}) => {
      running?.abort();
      const mine = new AbortController();
      running = mine;
      try {
        const result = await send(head, choices, { finder, upload, signal: mine.signal });
        run.set(() => ({ status: "done", result }));
        return result;
      } catch (cause) {
        if (mine.signal.aborted) run.set(() => ({ status: "cancelled" }));
        else run.set(() => ({ status: "failed", error: errorFromFailure(cause) }));
        return null;
      } finally {
        if (running === mine) running = null;
      }
    },
    cancel: () => running?.abort(),
    reset: () => run.set(() => ({ status: "idle" })),
  };
}

/** "41,000 rows a second", once there is enough to tell from. */
export function rowRate(from: number, rows: number, now = performance.now()): string {
  const seconds = (now - from) / 1000;
  if (seconds < 1 || rows === 0) return "";
  const rate = rows / seconds;
  const step = rate >= 1000 ? 1000 : rate >= 100 ? 100 : 1;
  return `${formatQuantity(Math.max(1, Math.round(rate / step) * step), "row")} a second`;
}

interface SendOptions {
  readonly finder: PlaceFinder | null;
  readonly upload: UploadChoices;
  readonly signal: AbortSignal;
}

/** Where words about places are mapped: what takes them out, and what is said of the file that is left. */
function placeWords(
  choices: ImportChoices,
  finder: PlaceFinder | null,
): { makeStep: ((header: Header) => PlaceStep | null) | null; sent: ImportChoices } {
  if (!mapsWords(choices.map)) return { makeStep: null, sent: choices };
  if (finder === null) throw new TypeError("Words about places need a gazetteer");
  return {
    makeStep: (header) => createPlaceStep(header, choices.map, finder),
    sent: { ...choices, map: { ...withoutWords(choices.map), cell: cellColumn } },
  };
}

/** "about 12 s left", once there is enough to tell from. */
export function timeLeft(from: number, share: number, now = performance.now()): string {
  const spent = now - from;
  if (share < 0.02 || share >= 1 || spent < 1000) return "";
  return `about ${Math.max(1, Math.round((spent * (1 - share)) / share / 1000))} s left`;
}
