import { ApiError, errorFromFailure, errorFromReply } from "#client/api/api-error.ts";
import { noteRefusal, pageTokenHeaders } from "#client/api/fetch.ts";
import {
  type ImportLine,
  type ImportProgress,
  type ImportResult,
  importLine,
} from "#core/records/wire/import.ts";

export interface UploadOptions {
  readonly path: string;
  readonly body: Blob;
  readonly signal: AbortSignal;
  /** Share of the file that has been sent. */
  readonly onSent: (share: number) => void;
  readonly onProgress: (progress: ImportProgress) => void;
}

/** Sends a file and follows the reply line by line; stopping it leaves nothing in the database. */
export function uploadFile(options: UploadOptions): Promise<ImportResult> {
  return new Promise((resolve, reject) => {
    // XMLHttpRequest and not fetch: only it says how much of the body has been sent.
    const request = new XMLHttpRequest();
    const lines = createLineReader();
    let settled: ImportLine | null = null;
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
export function createLineReader(): { readonly take: (text: string) => readonly ImportLine[] } {
  let read = 0;
  return {
    take: (text) => {
      const end = text.lastIndexOf("\n") + 1;
      const fresh = text.slice(read, end);
      read = Math.max(read, end);
      return fresh
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => importLine.parse(JSON.parse(line)));
    },
  };
}

function resultOf(line: ImportLine | null): ImportResult {
  if (line && "result" in line) return line.result;
  if (line && "problem" in line) throw new ApiError(line.problem);
  throw new ApiError({
    status: 0,
    title: "The import was cut off",
    detail: "Nothing was saved. Check that Boxster is running, then try again.",
  });
}
