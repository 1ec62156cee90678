import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { parentPort } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { btree_gist } from "@electric-sql/pglite/contrib/btree_gist";
import { announcementChannel, type Statement } from "#server/db/database.ts";
import type {
  EmbeddedAnnouncement,
  EmbeddedReply,
  EmbeddedRequest,
  OpenEmbedded,
} from "#server/db/embedded-protocol.ts";
import { usedPostgis } from "#server/db/postgis-files.ts";
import { createQueue } from "#server/db/queue.ts";

/**
 * The thread that owns PGlite: a query blocks its event loop for as long as it runs
 * (0 timer ticks in 2.9 s measured), so it must not be the server's thread.
 */
let database: PGlite | null = null;

const port = parentPort;
if (!port) throw new Error("embedded-worker.ts runs as a worker thread only");

// Statements that were sent together must not let another in between them.
const inTurn = createQueue();
port.on("message", (request: EmbeddedRequest) => {
  void inTurn(() => answer(request)).then((reply) => port.postMessage(reply));
});

async function answer(request: EmbeddedRequest): Promise<EmbeddedReply> {
  try {
    return { id: request.id, ok: true, rows: await run(request) };
  } catch (error) {
    return { id: request.id, ok: false, error: describe(error) };
  }
}

async function run(request: EmbeddedRequest): Promise<unknown[][]> {
  switch (request.operation) {
    case "open":
      database = await open(request);
      await database.listen(announcementChannel, announce);
      return [];
    case "send":
      return send(request.statements);
    case "script":
      await opened().exec(request.sql);
      return [];
    case "dump":
      await dump(request.file);
      return [];
    case "close":
      await database?.close();
      database = null;
      return [];
  }
}

/** Always listening: the one connection hears what is committed over it. */
function announce(announcement: string): void {
  port?.postMessage({ announcement } satisfies EmbeddedAnnouncement);
}

/**
 * A select has columns even where it has no row. PGlite 0.5.8 has answered one without either and
 * without an error (ST_Intersection of lines that run together): rows that are missing in silence
 * would be worse than a fault.
 */
const lostAnswer = "The embedded database lost the answer of a statement";

async function send(statements: readonly Statement[]): Promise<unknown[][]> {
  const answers: unknown[][] = [];
  for (const { sql, params = [] } of statements) {
    // The simple protocol takes half the time; it knows no parameters.
    const answer =
      params.length > 0
        ? await opened().query(sql, [...params])
        : (await opened().exec(sql)).at(-1);
    if (answer?.fields.length === 0 && /^\s*select\b(?!\s+from\b)/i.test(sql))
      throw new Error(lostAnswer);
    answers.push(answer?.rows ?? []);
  }
  return answers;
}

async function open({ folder, snapshot, compiled }: OpenEmbedded): Promise<PGlite> {
  const made = await PGlite.create({
    pgliteWasmModule: compiled,
    extensions: { postgis: usedPostgis(), btree_gist },
    ...(folder === null ? {} : { dataDir: folder }),
    ...(snapshot === null ? {} : { loadDataDir: new Blob([readFileSync(snapshot)]) }),
  });
  forgetArraysOfRows(made);
  return made;
}

/** From this number on types belong to the rows of a catalogue or a table. */
const firstOfRows = 10_000;

/** PGlite copies all that it can read with each answer: three quarters are arrays of whole rows, which nobody asks for. */
function forgetArraysOfRows({ parsers, serializers }: PGlite): void {
  for (const known of [parsers, serializers]) {
    for (const type of Object.keys(known).map(Number)) if (type >= firstOfRows) delete known[type];
  }
}

/** Written beside and renamed, so that another process never loads half a snapshot. */
async function dump(file: string): Promise<void> {
  const blob = await opened().dumpDataDir("gzip");
  const partial = `${file}.${process.pid}.partial`;
  writeFileSync(partial, Buffer.from(await blob.arrayBuffer()));
  renameSync(partial, file);
}

function opened(): PGlite {
  if (!database) throw new Error("The embedded database is closed");
  return database;
}

/** PGlite's errors carry a huge stack and the parameters: keep the fields that may be logged. */
function describe(error: unknown) {
  const fields = error as Record<string, unknown>;
  const text = (name: string) => (typeof fields[name] === "string" ? fields[name] : null);
  return {
    message: error instanceof Error ? error.message : String(error),
    code: text("code") ?? "XX000",
    constraint: text("constraint"),
    table: text("table"),
  };
}
