import { useEffect, useState } from "react";
import type {
  FileAnswers,
  FileJob,
  FileLook,
  FileProgress,
  FromWorker,
  ReadingSetting,
  ToWorker,
} from "#client/records/file-jobs.ts";
import type { FileHead } from "#client/records/read-head.ts";
import type { GazetteerReply } from "#core/places/wire/gazetteer.ts";
import type { ImportChoices } from "#core/records/import-choices.ts";

/** All jobs share one worker, started with the first. */
export interface FileReader {
  readonly ask: <Job extends FileJob>(
    job: Job,
    how?: AskOptions,
  ) => Promise<FileAnswers[Job["do"]]>;
  readonly start: () => void;
  readonly close: () => void;
}

export interface AskOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: FileProgress) => void;
}

/** The part of a Worker that is used; replaceable in tests. */
export interface FileThread {
  readonly post: (message: ToWorker) => void;
  readonly end: () => void;
}

export type OpenThread = (
  onMessage: (message: FromWorker) => void,
  onBroken: () => void,
) => FileThread;

interface Asked {
  readonly resolve: (answer: never) => void;
  readonly reject: (cause: unknown) => void;
  readonly onProgress?: ((progress: FileProgress) => void) | undefined;
}

export function createFileReader(open: OpenThread = openWorker): FileReader {
  const asked = new Map<number, Asked>();
  let thread: FileThread | null = null;
  let sentNames: GazetteerReply | null = null;
  let lastKey = 0;

  const hear = (message: FromWorker) => {
    const waiting = asked.get(message.key);
    if (!waiting) return;
    if ("progress" in message) {
      waiting.onProgress?.(message.progress);
      return;
    }
    asked.delete(message.key);
    if ("fault" in message) waiting.reject(new Error(message.fault));
    else waiting.resolve(message.answer as never);
  };
  const drop = (why: Error) => {
    thread?.end();
    thread = null;
    sentNames = null;
    for (const { reject } of asked.values()) reject(why);
    asked.clear();
  };
  const started = (): FileThread => {
    thread ??= open(hear, () => drop(new Error("This browser could not start reading the file.")));
    return thread;
  };
  const post = (key: number, job: FileJob) => {
    const thread = started();
    if (!("setting" in job)) {
      thread.post({ key, job });
      return;
    }
    const { names } = job.setting;
    if (names !== sentNames) thread.post({ names });
    sentNames = names;
    thread.post({ key, job: { ...job, setting: { ...job.setting, names: null } } });
  };
  return {
    ask: (job, { signal, onProgress } = {}) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        lastKey += 1;
        const key = lastKey;
        asked.set(key, { resolve, reject, onProgress });
        signal?.addEventListener("abort", () => {
          if (!asked.delete(key)) return;
          thread?.post({ stop: key });
          reject(signal.reason);
        });
        post(key, job);
      }),
    start: () => void started(),
    close: () => drop(new DOMException("No longer needed", "AbortError")),
  };
}

function openWorker(...[onMessage, onBroken]: Parameters<OpenThread>): FileThread {
  const worker = new Worker(new URL("./file.worker.ts", import.meta.url), { type: "module" });
  worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => onMessage(data));
  worker.addEventListener("error", onBroken);
  return { post: (message) => worker.postMessage(message), end: () => worker.terminate() };
}

/**
 * How the file's head would be read, computed off the main thread: by these choices (`isNew`) or by
 * the previous ones meanwhile; null before the first.
 */
export function useFileLook(
  reader: FileReader,
  head: FileHead,
  choices: ImportChoices,
  setting: ReadingSetting,
) {
  const [known, setKnown] = useState<{ of: readonly unknown[]; look: FileLook } | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    reader
      .ask({ do: "look", head, choices, setting }, { signal: stop.signal })
      .then((look) => {
        setFault(null);
        setKnown({ of: [head, choices, setting], look });
      })
      .catch((cause: unknown) => {
        if (!stop.signal.aborted) setFault(cause instanceof Error ? cause.message : String(cause));
      });
    return () => stop.abort();
  }, [reader, head, choices, setting]);
  const isNew = known !== null && [head, choices, setting].every((one, at) => one === known.of[at]);
  return { look: known?.look ?? null, isNew, fault };
}
