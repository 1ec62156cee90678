import { PassThrough } from "node:stream";
import type { FastifyReply } from "fastify";
import type { Query } from "#core/contract/call.ts";
import { mapsWords } from "#core/records/place-step.ts";
import {
  type ImportLine,
  type ImportProgress,
  type ImportResult,
  importCalls,
} from "#core/records/wire/import.ts";
import { profileCalls } from "#core/records/wire/import-profile.ts";
import { parseWordChoices } from "#core/records/word-choices.ts";
import { parseColumnChoices } from "#core/table/columns.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { DatabaseError } from "#server/db/database.ts";
import { problemFromDatabase } from "#server/db/errors.ts";
import { type ImportSource, uploadOf } from "#server/files/import-source.ts";
import { logFault } from "#server/http/request-log.ts";
import { type RequestContext, type Route, serve } from "#server/http/route.ts";
import { Problem, problemOfFault } from "#server/problem.ts";
import { readBatches, undoBatch } from "#server/records/batches.ts";
import { runImport } from "#server/records/import/run-import.ts";
import {
  loadProfiles,
  profileNamed,
  removeProfile,
  saveProfile,
} from "#server/records/import/saved-profiles.ts";
import { readInbox } from "#server/records/inbox/inbox.ts";

export const largestUpload = 4 * 1024 ** 3;

const importFile = serve(importCalls.add, {
  summary: "Import a file of events; the reply is one JSON line of progress after another",
  audience: ["analyst"],
  audit: { verb: "collection", act: "import a file", purpose: "records" },
  bodyLimit: largestUpload,
  handle: async (context, { query }) => {
    const { body, source } = uploadOf(context.request, query.fileName);
    const lines = createImportReply(context.reply);
    try {
      const result = await importUpload(context, query, source, lines.progress);
      // A dry run rolls back, and an audit line in its transaction with it.
      await context.writeLine();
      lines.finish({ result });
    } catch (error) {
      // The rest must be received before the client can read the reply.
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
      // If even the audit line fails, the caller is still answered.
      await context.writeLine().catch((fault: unknown) => logFault(context.request, fault));
      lines.finish({ problem: { title, status, detail, errors: [...errors] } });
    }
    return undefined;
  },
});

async function importUpload(
  context: RequestContext,
  query: Query<typeof importCalls.add>,
  source: ImportSource,
  onProgress: Parameters<typeof runImport>[1]["onProgress"],
): Promise<ImportResult> {
  const savedProfile = query.saved === undefined ? null : await nameOfSaved(context, query.saved);
  const map = parseColumnChoices(query.map);
  // Words about a place never reach the server: the page turns them into cells first.
  if (mapsWords(map)) {
    throw new Problem(
      422,
      "Streets and postcodes must be converted first",
      "The Records page or boxster import converts them to cells. Send cells, not text. Nothing was imported.",
    );
  }
  return runImport(context, {
    source,
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

/** As listed, so that the history uses the stored spelling. */
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

export const importRoutes: readonly Route[] = [
  importFile,
  serve(importCalls.list, {
    summary: "Every import, newest first, with those that were undone",
    audience: ["analyst"],
    audit: { verb: "consultation", act: "list imports", purpose: "records" },
    handle: async (act) => ({ batches: await readBatches(act) }),
  }),
  serve(importCalls.undo, {
    summary: "Remove all events of an import; it stays in the history",
    audience: ["analyst"],
    audit: { verb: "erasure", act: "undo an import", purpose: "records" },
    handle: (act, { id }) => undoBatch(act, id),
  }),
  serve(importCalls.inbox, {
    summary: "Files of the inbox that wait for a person, and those that were refused",
    audience: ["analyst"],
    audit: { none: "names files that no event came from; each import has its line" },
    handle: (act) => readInbox(act),
  }),
];

export const importProfileRoutes: readonly Route[] = [
  serve(profileCalls.list, {
    summary: "Saved import settings, by name",
    audience: ["analyst"],
    audit: { none: "holds headings and list entries, nothing of an event or a person" },
    handle: async ({ db, actor }) => ({ profiles: await db.transaction(actor, loadProfiles) }),
  }),
  serve(profileCalls.save, {
    summary: "Save import settings under a name",
    audience: ["analyst"],
    audit: { verb: "alteration", act: "save an import profile", purpose: "records" },
    handle: ({ db, actor, addDetail }, { body }) =>
      db.transaction(actor, async (tx) => {
        const id = await saveProfile(tx, actor.person, body);
        addDetail({ profile: id });
        return { id, name: body.name };
      }),
  }),
  serve(profileCalls.remove, {
    summary: "Remove saved import settings; imported events stay",
    audience: ["analyst"],
    audit: { verb: "erasure", act: "remove an import profile", purpose: "records" },
    handle: (act, { id }) => removeProfile(act, id),
  }),
];

const progressEveryMs = 100;

/** NDJSON: progress lines, then one result or problem. */
function createImportReply(reply: FastifyReply) {
  let lines: PassThrough | null = null;
  let lastAt = Date.now();
  const write = (line: ImportLine) => {
    if (lines === null) {
      lines = new PassThrough();
      // A disconnected caller ends the import through its signal, not through this stream.
      lines.on("error", () => undefined);
      void reply.header("content-type", "application/x-ndjson").send(lines);
    }
    lines.write(`${JSON.stringify(line)}\n`);
  };
  return {
    progress: (progress: ImportProgress) => {
      const now = Date.now();
      if (now - lastAt < progressEveryMs) return;
      lastAt = now;
      write({ progress });
    },
    finish: (line: ImportLine) => {
      write(line);
      lines?.end();
    },
    /** After the first line the status can no longer be an error. */
    isStarted: () => lines !== null,
  };
}
