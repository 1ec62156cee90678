import { PassThrough, Readable } from "node:stream";
import type { FastifyReply } from "fastify";
import { mapsWords } from "#core/records/place-step.ts";
import * as wire from "#core/records/wire/import.ts";
import { parseWordChoices } from "#core/records/word-choices.ts";
import { parseColumnChoices } from "#core/table/columns.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { cleanFileName } from "#core/text/file-name.ts";
import { formatInstant } from "#core/time/zone.ts";
import { DatabaseError, withOptions } from "#server/db/database.ts";
import { problemFromDatabase } from "#server/db/errors.ts";
import { uploadSource } from "#server/files/import-source.ts";
import { logFault } from "#server/http/request-log.ts";
import { defineRoute, type RequestContext, type Route } from "#server/http/route.ts";
import { Problem, problemOfFault } from "#server/problem.ts";
import { runImport } from "#server/records/import/run-import.ts";
import { profileNamed } from "#server/records/import/saved-profiles.ts";
import { undoBatch } from "#server/records/import/undo-batch.ts";
import { type BatchChoices, listBatches } from "#server/records/queries/batches.ts";

export const largestUpload = 4 * 1024 ** 3;

const importFile = defineRoute("POST /api/imports", {
  summary: "Import a file of events; the reply is one JSON line of progress after another",
  audience: ["analyst"],
  audit: { verb: "collection", act: "import a file", purpose: "records" },
  query: wire.importQuery,
  bodyLimit: largestUpload,
  handle: async (context, { query }) => {
    const body = context.request.body;
    if (!(body instanceof Readable)) {
      throw new Problem(
        415,
        "Send the file itself",
        "The body must be the file’s bytes, as application/octet-stream.",
      );
    }
    const lines = createImportReply(context.reply);
    try {
      const result = await importUpload(context, query, body, lines.progress);
      // A dry run is taken back, and so would be a line in its transaction.
      await context.writeLine();
      lines.finish({ result });
    } catch (error) {
      // What is still on its way must be taken in before the reply can be read.
      body.resume();
      if (context.signal.aborted) {
        context.refuse({ cancelled: true });
        return undefined;
      }
      const problem = problemOf(error);
      if (!lines.isStarted()) throw problem.status >= 500 ? error : problem;
      if (problem.status >= 500) logFault(context.request, error);
      const { title, status, detail, errors } = problem;
      context.refuse({ status });
      // Where even the line cannot be written, the caller is told all the same.
      await context.writeLine().catch((fault: unknown) => logFault(context.request, fault));
      lines.finish({ problem: { title, status, detail, errors: [...errors] } });
    }
    return undefined;
  },
});

async function importUpload(
  context: RequestContext,
  query: wire.ImportQuery,
  body: Readable,
  onProgress: Parameters<typeof runImport>[1]["onProgress"],
): Promise<wire.ImportResult> {
  const saved = query.saved;
  const savedProfile = saved === undefined ? null : await nameOfSaved(context, saved);
  const map = parseColumnChoices(query.map);
  // Words about a place never reach the server: the page turns them to cells before it sends the file.
  if (mapsWords(map)) {
    throw new Problem(
      422,
      "Streets and postcodes must be converted first",
      "The Records page or boxster import converts them to cells. Send cells, not text. Nothing was imported.",
    );
  }
  const length = Number(context.request.headers["content-length"]);
  return runImport(context, {
    actor: context.actor,
    source: uploadSource(body, query.fileName, Number.isSafeInteger(length) ? length : null),
    choices: {
      profile: query.profile,
      map,
      kind: query.kind ?? null,
      source: query.source ?? null,
      dates: query.dates ?? null,
      words: parseWordChoices(query.word),
      midnight: query.midnight,
    },
    savedProfile,
    fileSha256: query.fileSha256 ?? null,
    unit: query.unit,
    dryRun: query.dryRun === "true",
    allOrNone: query.allOrNone === "true",
    hasCells: query.cells === "page",
    signal: context.signal,
    onProgress,
  });
}

/** As it is written in the list, so that the history names what is there. */
async function nameOfSaved({ db, actor }: RequestContext, name: string): Promise<string> {
  const found = await db.transaction(actor, (tx) => profileNamed(tx, name), { beside: true });
  return found.name;
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof FileFault) return problemOfFault(error);
  if (error instanceof DatabaseError) return problemFromDatabase(error);
  return new Problem(500, "Something went wrong", "Nothing was saved. The error has been logged.");
}

const listImports = defineRoute("GET /api/imports", {
  summary: "Every import, newest first, with those that were undone",
  audience: ["analyst"],
  audit: { verb: "consultation", act: "list imports", purpose: "records" },
  replySchema: wire.importsReply,
  handle: async ({ db, actor, zone, addDetail }) => {
    const rows = await withOptions(db, { events: true }).transaction(actor, async (tx) => {
      const listed = await listBatches(tx);
      addDetail({ batches: listed.length });
      return listed;
    });
    return {
      batches: rows.map((row) => ({
        ...row,
        fileName: cleanFileName(row.fileName),
        importedAt: formatInstant(zone, row.importedAt),
        undoneAt: row.undoneAt === null ? null : formatInstant(zone, row.undoneAt),
        choices: choiceWords(row.choices),
      })),
    };
  },
});

/** What was said of a file beside its mapping, for a person. */
function choiceWords({ kind, source, dates, midnight, words }: BatchChoices): string[] {
  return [
    ...(kind ? [`kind ${kind}`] : []),
    ...(source ? [`source ${source}`] : []),
    ...(dates ? [`dates ${dates}`] : []),
    ...(midnight === "unknown" ? ["midnights as time unknown"] : []),
    ...(words ?? []),
  ];
}

const undoImport = defineRoute("DELETE /api/imports/:id", {
  summary: "Remove all events of an import; it stays in the history",
  audience: ["analyst"],
  audit: { verb: "erasure", act: "undo an import", purpose: "records" },
  params: wire.importBatchParams,
  replySchema: wire.undoResult,
  handle: (context, { params }) => undoBatch(context, context.actor, params.id),
});

export const importRoutes: readonly Route[] = [importFile, listImports, undoImport];

/** Progress while a file is being read, then one result or problem: a JSON document a line. */
export interface ImportReply {
  readonly progress: (progress: wire.ImportProgress) => void;
  readonly finish: (line: wire.ImportLine) => void;
  /** Once a line has gone out the status can no longer be an error's. */
  readonly isStarted: () => boolean;
}

const progressEveryMs = 100;

function createImportReply(reply: FastifyReply): ImportReply {
  let lines: PassThrough | null = null;
  let lastAt = Date.now();
  const write = (line: wire.ImportLine) => {
    if (lines === null) {
      lines = new PassThrough();
      // A caller that went away ends the import through its signal, not through this stream.
      lines.on("error", () => undefined);
      void reply.header("content-type", "application/x-ndjson").send(lines);
    }
    lines.write(`${JSON.stringify(line)}\n`);
  };
  return {
    progress: (progress) => {
      const now = Date.now();
      if (now - lastAt < progressEveryMs) return;
      lastAt = now;
      write({ progress });
    },
    finish: (line) => {
      write(line);
      lines?.end();
    },
    isStarted: () => lines !== null,
  };
}
