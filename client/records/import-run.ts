import { ApiError, errorFromFailure, errorFromReply } from "#client/api/api-error.ts";
import { noteRefusal, pageTokenHeaders } from "#client/api/fetch.ts";
import type { FileReader } from "#client/records/file-reader.ts";
import { type UploadChoices, uploadPath } from "#client/records/import-choices.ts";
import type { FileHead } from "#client/records/read-head.ts";
import { createStore, type Store } from "#client/state/store.ts";
import { timeLeft } from "#client/ui/format.ts";
import type { ImportChoices } from "#core/records/import-choices.ts";
import { mapsWords, withoutWords } from "#core/records/place-step.ts";
import * as wire from "#core/records/wire/import.ts";
import { cellColumn } from "#core/table/columns.ts";
import { faultText } from "#core/table/file-fault.ts";
import { cleanFileName } from "#core/text/file-name.ts";
import { formatQuantity } from "#core/text/numbers.ts";

export type ImportRun =
  | { readonly status: "idle" }
  | {
      readonly status: "running";
      readonly label: string;
      readonly share: number | null;
      readonly detail: string;
    }
  | { readonly status: "done"; readonly result: wire.ImportResult }
  | { readonly status: "failed"; readonly error: ApiError }
  | { readonly status: "cancelled" };

export interface Importer {
  readonly run: Store<ImportRun>;
  readonly start: (
    head: FileHead,
    choices: ImportChoices,
    upload?: UploadChoices,
  ) => Promise<wire.ImportResult | null>;
  readonly cancel: () => void;
  readonly reset: () => void;
}

/** One import from drop to result; at most one runs. */
export function createImporter(reader: FileReader): Importer {
  const run = createStore<ImportRun>({ status: "idle" });
  let running: AbortController | null = null;
  const show = (label: string, share: number | null, detail = "") =>
    run.set(() => ({ status: "running", label, share, detail }));

  const send = async (
    head: FileHead,
    choices: ImportChoices,
    upload: UploadChoices,
    signal: AbortSignal,
  ) => {
    show("Preparing the file", 0);
    // Columns found by their values are sent as chosen.
    const seen = { ...choices, map: { ...upload.found, ...choices.map } };
    const prepared = await reader
      .ask(
        { do: "prepare", head, choices: seen },
        { signal, onProgress: ({ label, share }) => show(label, share) },
      )
      .catch(unread);
    if (!prepared.ok)
      throw new ApiError({
        status: 0,
        title: "This file cannot be read to the end",
        detail: `${faultText(prepared.reason, "page")} Nothing was sent.`,
      });
    const { body, blocked: keptBack, sha256 } = prepared.value;
    const from = performance.now();
    const about = { ...upload, found: {}, fileSha256: sha256, unit: head.unit };
    const result = await uploadFile({
      path: uploadPath(cleanFileName(head.file.name), withCells(seen), about),
      body,
      signal,
      onSent: (share) => {
        if (share < 1) show("Sending", share, timeLeft(from, share));
        else show("Reading rows", null);
      },
      onProgress: ({ rows, bytes, totalBytes }) => {
        const share = totalBytes ? bytes / totalBytes : null;
        const left = share === null ? "" : timeLeft(from, share);
        const words = [formatQuantity(rows, "row"), left];
        show("Reading rows", share, words.filter(Boolean).join(", "));
      },
    });
    // The server never saw the columns kept back here.
    const blocked = [...keptBack, ...(result.blocked ?? [])];
    return { ...result, blocked, blockedColumns: blocked.map(({ column }) => column) };
  };
  return {
    run,
    start: async (head, choices, upload = {}) => {
      running?.abort();
      const mine = new AbortController();
      running = mine;
      try {
        const result = await send(head, choices, upload, mine.signal);
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

/** For the file as sent, with cells in place of place words. */
function withCells(choices: ImportChoices): ImportChoices {
  if (!mapsWords(choices.map)) return choices;
  return { ...choices, map: { ...withoutWords(choices.map), cell: cellColumn } };
}

/** Nothing has been sent by then: what went wrong is the file's, such as that it is no longer there. */
function unread(cause: unknown): never {
  const why = cause instanceof Error ? cause.message : String(cause);
  throw new ApiError({
    status: 0,
    title: "This file could not be read",
    detail: `${why} Nothing was sent. Choose the file again.`,
  });
}

interface UploadOptions {
  readonly path: string;
  readonly body: Blob;
  readonly signal: AbortSignal;
  /** 0 to 1. */
  readonly onSent: (share: number) => void;
  readonly onProgress: (progress: wire.ImportProgress) => void;
}

/** Follows the reply line by line; aborting leaves nothing in the database. */
function uploadFile(options: UploadOptions): Promise<wire.ImportResult> {
  return new Promise((resolve, reject) => {
    // XMLHttpRequest, as fetch does not report upload progress.
    const request = new XMLHttpRequest();
    const lines = createLineReader();
    let settled: wire.ImportLine | null = null;
    const take = () => {
      for (const line of lines.take(request.responseText)) {
        if ("progress" in line) options.onProgress(line.progress);
        else settled = line;
      }
    };
    const stop = () => request.abort();
    const finish = () => {
      options.signal.removeEventListener("abort", stop);
      if (request.status >= 400) {
        const error = errorFromReply(request.status, request.responseText);
        noteRefusal(error);
        reject(error);
        return;
      }
      try {
        take();
        resolve(resultOf(settled));
      } catch (cause) {
        reject(errorFromFailure(cause));
      }
    };
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) options.onSent(event.loaded / event.total);
    });
    request.addEventListener("progress", () => {
      if (request.status < 400) take();
    });
    request.addEventListener("load", finish);
    request.addEventListener("error", () => reject(errorFromFailure(null)));
    request.addEventListener("abort", () => reject(new DOMException("Cancelled", "AbortError")));
    options.signal.addEventListener("abort", stop);
    request.open("POST", options.path);
    request.setRequestHeader("content-type", "application/octet-stream");
    for (const [name, value] of Object.entries(pageTokenHeaders())) {
      request.setRequestHeader(name, value);
    }
    request.send(options.body);
  });
}

/** Whole lines of a text that grows; the last, unfinished one waits. */
export function createLineReader() {
  let read = 0;
  return {
    take: (text: string): readonly wire.ImportLine[] => {
      const end = text.lastIndexOf("\n") + 1;
      const fresh = text.slice(read, end);
      read = Math.max(read, end);
      return fresh
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => wire.importLine.parse(JSON.parse(line)));
    },
  };
}

function resultOf(line: wire.ImportLine | null): wire.ImportResult {
  if (line && "result" in line) return line.result;
  if (line && "problem" in line) throw new ApiError(line.problem);
  throw new ApiError({
    status: 0,
    title: "The import was interrupted",
    detail: "Nothing was saved. Check that Boxster is running, then try again.",
  });
}
