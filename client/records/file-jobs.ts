import { sha256 } from "@noble/hashes/sha2.js";
import { type FileHead, headerNames, readHead } from "#client/records/read-head.ts";
import { columnPlan, stripColumns } from "#client/records/strip-columns.ts";
import { createPlaceFinder, type PlaceFinder } from "#core/places/gazetteer/find-place.ts";
import type { GazetteerReply } from "#core/places/wire/gazetteer.ts";
import type { ImportChoices, ImportSetting } from "#core/records/import-choices.ts";
import { createPlaceStep, mapsWords } from "#core/records/place-step.ts";
import { type ImportPreview, previewImport } from "#core/records/preview.ts";
import { failure, type Result, success } from "#core/result.ts";
import { type BlockedColumn, blockedReasons, type Header } from "#core/table/columns.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { createZone } from "#core/time/zone.ts";

/** What page and worker say to each other about a file: nothing of it is read on the page's own thread. */

/** The setting of an import without what cannot be sent: the zone goes by its name. */
export interface ReadingSetting extends Omit<ImportSetting, "zone" | "places"> {
  readonly timeZone: string;
  /** For streets and postcodes; sent once, not with each message. */
  readonly names: GazetteerReply | null;
}

export interface Headings {
  /** Headings that can be mapped; empty where the file has no table. */
  readonly open: readonly string[];
  readonly personal: readonly BlockedColumn[];
}

/** As plain data: messages drop classes. */
export type FaultWords = Pick<FileFault, "reason" | "line" | "unit" | "remedy">;

export interface OpenedFile {
  readonly head: FileHead;
  readonly headings: Headings;
}

export interface FileLook {
  readonly headings: Headings;
  readonly preview: Result<ImportPreview, FaultWords>;
  /** Where the kind of its events is all that is missing: what it would be read as with one. */
  readonly withKind: ImportPreview | null;
}

export interface PreparedFile {
  /** Sent instead of the file. */
  readonly body: Blob;
  /** Withheld because they look personal. */
  readonly blocked: readonly BlockedColumn[];
  /** Of the original file. */
  readonly sha256: string;
}

export type FileJob =
  | { readonly do: "open"; readonly file: File; readonly sheet: string | null }
  | {
      readonly do: "look";
      readonly head: FileHead;
      readonly choices: ImportChoices;
      readonly setting: ReadingSetting;
    }
  | { readonly do: "prepare"; readonly head: FileHead; readonly choices: ImportChoices };

export interface FileAnswers {
  readonly open: Result<OpenedFile>;
  readonly look: FileLook;
  readonly prepare: Result<PreparedFile, FaultWords>;
}

export interface FileProgress {
  readonly label: string;
  /** Of the file, 0 to 1. */
  readonly share: number;
}

export type ToWorker =
  /** For streets and postcodes; sent when they change. */
  | { readonly names: GazetteerReply | null }
  | { readonly key: number; readonly job: FileJob }
  | { readonly stop: number };

export type FromWorker =
  | { readonly key: number; readonly answer: FileAnswers[keyof FileAnswers] }
  | { readonly key: number; readonly progress: FileProgress }
  | { readonly key: number; readonly fault: string };

interface JobContext {
  readonly finder: PlaceFinder | null;
  readonly signal: AbortSignal;
  readonly tell: (progress: FileProgress) => void;
}

/** Runs in a worker (file.worker.ts). */
export function createFileAnswerer(
  post: (message: FromWorker) => void,
): (asked: ToWorker) => Promise<void> {
  const running = new Map<number, AbortController>();
  let finder: PlaceFinder | null = null;
  return async (asked) => {
    if ("names" in asked) {
      finder = asked.names && createPlaceFinder(asked.names.names);
      return;
    }
    if ("stop" in asked) {
      running.get(asked.stop)?.abort();
      return;
    }
    const { key, job } = asked;
    const stop = new AbortController();
    running.set(key, stop);
    const tell = nowAndThen((progress: FileProgress) => post({ key, progress }));
    try {
      post({ key, answer: await answerJob(job, { finder, signal: stop.signal, tell }) });
    } catch (cause) {
      post({ key, fault: cause instanceof Error ? cause.message : String(cause) });
    } finally {
      running.delete(key);
    }
  };
}

function answerJob(job: FileJob, context: JobContext): Promise<FileAnswers[FileJob["do"]]> {
  switch (job.do) {
    case "open":
      return open(job.file, job.sheet);
    case "look":
      return Promise.resolve(look(job.head, job.choices, settingOf(job.setting, context)));
    case "prepare":
      return prepare(job.head, job.choices, context);
  }
}

function settingOf(
  { timeZone, names: _, ...setting }: ReadingSetting,
  { finder }: JobContext,
): ImportSetting {
  return { ...setting, zone: createZone(timeZone), ...(finder ? { places: finder } : {}) };
}

async function open(file: File, sheet: string | null): Promise<FileAnswers["open"]> {
  const read = await readHead(file, sheet);
  return read.ok ? success({ head: read.value, headings: headerNames(read.value) }) : read;
}

function look(head: FileHead, choices: ImportChoices, setting: ImportSetting): FileLook {
  const preview = previewHead(head, choices, setting);
  const isWithoutKind = !preview.ok && choices.kind === null;
  const withKind = isWithoutKind
    ? previewHead(head, { ...choices, kind: "complaint" }, setting)
    : preview;
  return {
    headings: headerNames(head, choices.map),
    preview: preview.ok ? preview : failure(wordsOf(preview.reason)),
    withKind: isWithoutKind && withKind.ok ? withKind.value : null,
  };
}

const previewedRows = 20;

function previewHead(
  head: FileHead,
  choices: ImportChoices,
  setting: ImportSetting,
): Result<ImportPreview, FileFault> {
  // Retention needs the whole file: the head alone says nothing.
  const kept = head.isWhole ? (setting.kept ?? null) : null;
  const { text, isWhole, unit } = head;
  return previewImport(text, isWhole, choices, { ...setting, kept }, previewedRows, unit);
}

const wordsOf = ({ reason, line, unit, remedy }: FileFault) => ({ reason, line, unit, remedy });

async function prepare(
  head: FileHead,
  choices: ImportChoices,
  { finder, signal, tell }: JobContext,
): Promise<FileAnswers["prepare"]> {
  try {
    const plan = columnPlan(head, choices);
    const hasWords = mapsWords(choices.map);
    if (hasWords && finder === null) throw new TypeError("Place names need a gazetteer");
    const label = hasWords ? "Locating rows on this computer" : "Removing what is not needed";
    const makeStep = (header: Header) =>
      finder && hasWords ? createPlaceStep(header, choices.map, finder) : null;
    const body = await stripColumns(head, plan, {
      signal,
      makeStep,
      onShare: (share) => tell({ label, share }),
    });
    const sha256 = await hashFile(head.file, signal, (share) =>
      tell({ label: "Calculating the file’s fingerprint", share }),
    );
    return success({ body, blocked: blockedReasons(plan.header), sha256 });
  } catch (error) {
    if (error instanceof FileFault) return failure(wordsOf(error.in(head.unit)));
    throw error;
  }
}

const toldEveryMs = 100;

/** Throttles progress messages. */
function nowAndThen<Value>(tell: (value: Value) => void): (value: Value) => void {
  let lastAt = Number.NEGATIVE_INFINITY;
  return (value) => {
    const now = performance.now();
    if (now - lastAt < toldEveryMs) return;
    lastAt = now;
    tell(value);
  };
}

/**
 * SHA-256 of the original file, in pieces: the browser's digest takes a whole file at once, which
 * may exceed memory.
 */
async function hashFile(file: Blob, signal: AbortSignal, onShare: (share: number) => void) {
  const hash = sha256.create();
  const reader = file.stream().getReader();
  let bytes = 0;
  for (;;) {
    signal.throwIfAborted();
    const { done, value } = await reader.read();
    if (done) break;
    hash.update(value);
    bytes += value.length;
    onShare(bytes / file.size);
  }
  return [...hash.digest()].map((octet) => octet.toString(16).padStart(2, "0")).join("");
}
