import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { instant } from "#core/contract/fields.ts";
import { placeFaultKinds, placeMethods } from "#core/places/place-fault.ts";
import { eventSources } from "#core/records/event.ts";
import { eventKinds } from "#core/records/kinds.ts";
import { profileNames } from "#core/records/profile.ts";
import { wordRoles } from "#core/records/word-choices.ts";
import { rowUnits } from "#core/table/row-unit.ts";
import { cleanFileName } from "#core/text/file-name.ts";

export const importChoices = {
  profile: z.enum(["auto", ...profileNames]).default("auto"),
  kind: z.enum(eventKinds).optional(),
  source: z.enum(eventSources).optional(),
  /** Date order in digits; detected from the whole column by default. */
  dates: z.enum(["day-first", "month-first"]).optional(),
  /** Whether 00:00 is a time, or stands for an unknown one. */
  midnight: z.enum(["as-written", "unknown"]).default("as-written"),
};

const repeated = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((value) => (typeof value === "string" ? [value] : value));

/** `map` and `word` may repeat. */
const importQuery = z.strictObject({
  ...importChoices,
  fileName: z.string().trim().min(1).max(200).transform(cleanFileName),
  dryRun: z.enum(["true", "false"]).default("false"),
  /** All or nothing: every row must be good. */
  allOrNone: z.enum(["true", "false"]).default("false"),
  /** The page sends cells for streets and postcodes; from others the column is refused. */
  cells: z.literal("page").optional(),
  /** Unit of row numbers, where the page made the table from a workbook or GeoJSON. */
  unit: z.enum(rowUnits).default("line"),
  /** `role=column` */
  map: repeated,
  /** `role:word=entry` */
  word: repeated,
  saved: z.string().max(40).optional(),
  /** Of the original file, where the browser dropped columns. */
  fileSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});

/** One refused row; `row` is its line in the file, the header being line 1. */
export const importRowError = z.strictObject({
  row: z.int(),
  column: z.string(),
  value: z.string(),
  reason: z.string(),
  place: z.enum(placeFaultKinds).optional(),
});
export type ImportRowError = z.infer<typeof importRowError>;

/** A word in a mapped column, in no list: its rows are refused until it is given a meaning. */
const unknownWord = z.strictObject({
  role: z.enum(wordRoles),
  column: z.string(),
  /** Empty for those withheld because they might mention a person. */
  word: z.string(),
  rows: z.int(),
});
export type UnknownWord = z.infer<typeof unknownWord>;

/** accepted + rejected + duplicates = rows. */
export const importResult = z.strictObject({
  /** Null when nothing was added: a dry run, only duplicates, or no row that could be read. */
  batch: z.int().nullable(),
  dryRun: z.boolean(),
  /** Why a real run kept nothing of its good rows; null otherwise. */
  refused: z.string().nullable(),
  fileName: z.string(),
  /** A built-in profile, or the name of a saved one. */
  profile: z.string(),
  /** Role to column header, as it was read. */
  mapping: z.record(z.string(), z.string()),
  rows: z.int(),
  accepted: z.int(),
  rejected: z.int(),
  duplicates: z.int(),
  places: z.strictObject({
    placed: z.partialRecord(z.enum(placeMethods), z.int()),
    refused: z.partialRecord(z.enum(placeFaultKinds), z.int()),
  }),
  /** Headers of columns that look personal: never read, stored or repeated. */
  blockedColumns: z.array(z.string()),
  /** With reasons: by heading or content. */
  blocked: z.array(z.strictObject({ column: z.string(), reason: z.string() })).optional(),
  /** Unit of `row` in errors and duplicates; text lines by default. */
  unit: z.enum(rowUnits).optional(),
  /** The first ones; `rejected` is the full number. */
  errors: z.array(importRowError),
  /** Why rows were refused, over all of them, most rows first. */
  errorCounts: z.array(z.strictObject({ column: z.string(), reason: z.string(), rows: z.int() })),
  /** Words without a meaning yet: their rows are refused. */
  unknownWords: z.array(unknownWord),
  /** Rows at exactly 00:00 and all timed rows, where that suggests unknown times. */
  midnightSpike: z.strictObject({ rows: z.int(), timed: z.int() }).nullable(),
  /** Of the original file. */
  fileSha256: z.string(),
  notes: z.array(z.string()),
  seconds: z.number(),
});
export type ImportResult = z.infer<typeof importResult>;

export const importProgress = z.strictObject({
  rows: z.int(),
  bytes: z.int(),
  /** Null when the length is unknown. */
  totalBytes: z.int().nullable(),
});
export type ImportProgress = z.infer<typeof importProgress>;

/**
 * The reply of POST /api/imports: one JSON document a line. Progress lines first, then exactly one
 * result or problem; a reply that ends without either was cut off, and nothing was saved.
 */
export const importLine = z.union([
  z.strictObject({ progress: importProgress }),
  z.strictObject({ result: importResult }),
  z.strictObject({
    problem: z.strictObject({
      title: z.string(),
      status: z.int(),
      detail: z.string(),
      errors: z.array(
        z.strictObject({
          row: z.int().optional(),
          field: z.string().optional(),
          value: z.string().optional(),
          reason: z.string(),
        }),
      ),
    }),
  }),
]);
export type ImportLine = z.infer<typeof importLine>;

/** `undoneAt`: when its events were taken back. */
export const importBatch = z.strictObject({
  id: z.int(),
  person: z.string(),
  importedAt: instant,
  fileName: z.string(),
  fileSha256: z.string().nullable(),
  profile: z.string(),
  mapping: z.record(z.string(), z.string()),
  choices: z.array(z.string()),
  /** Events placed less exactly than by a point, by method. */
  placed: z.partialRecord(z.enum(placeMethods), z.int()),
  ...importResult.pick({ rows: true, accepted: true, rejected: true, duplicates: true }).shape,
  undoneAt: instant.nullable(),
  undoneBy: z.string().nullable(),
});
export type ImportBatch = z.infer<typeof importBatch>;

/** DELETE /api/imports/:id and `boxster undo BATCH` */
const undoResult = z.strictObject({ batch: z.int(), fileName: z.string(), removed: z.int() });
export type UndoResult = z.infer<typeof undoResult>;

/** GET /api/inbox: of the folder whose files are imported by themselves; null where there is none. */
const inboxReply = z.strictObject({
  inbox: z
    .strictObject({
      /** Files whose headings no profile knows. */
      waiting: z.array(z.string()),
      refused: z.array(
        z.strictObject({ fileName: z.string(), refusedAt: instant, report: z.array(z.string()) }),
      ),
    })
    .nullable(),
});
export type InboxReply = z.infer<typeof inboxReply>;

export const importCalls = {
  /** The body is the file (`application/octet-stream`); the reply streams `importLine`. */
  add: call("POST /api/imports", { query: importQuery }),
  /** Newest first. */
  list: call("GET /api/imports", { reply: z.strictObject({ batches: z.array(importBatch) }) }),
  undo: call("DELETE /api/imports/:id", { reply: undoResult }),
  inbox: call("GET /api/inbox", { reply: inboxReply }),
};
