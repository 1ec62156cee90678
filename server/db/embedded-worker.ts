import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { parentPort } from "node:worker_threads";
import { type messages, PGlite, protocol } from "@electric-sql/pglite";
import { btree_gist } from "@electric-sql/pglite/contrib/btree_gist";
import { announcementChannel, type SqlValue, type Statement } from "#server/db/database.ts";
import type {
  EmbeddedAnnouncement,
  EmbeddedReply,
  EmbeddedRequest,
  OpenEmbedded,
} from "#server/db/embedded-protocol.ts";
import { usedPostgis } from "#server/db/postgis-files.ts";
import { createQueue } from "#server/db/queue.ts";

const { serialize } = protocol;
type BackendMessage = messages.BackendMessage;

/**
 * An answer that is missing in silence would be worse than a fault. PGlite 0.5.8 has answered a select
 * without columns, rows or an error (ST_Intersection of lines that run together).
 */
const lostAnswer = "The embedded database lost the answer of a statement";

/**
 * Sends statements to PGlite in one pass of PostgreSQL's extended protocol: parse, bind, describe and
 * execute of each, then one sync, so that after the first error the rest is skipped. PGlite's own `query`
 * goes into the engine six times for one statement and copies all its readers for each answer.
 */
export function createSend(database: PGlite) {
  const prepared = new Set<string>();
  return async (statements: readonly Statement[]): Promise<unknown[][]> => {
    const parts = statements.flatMap((statement) => messagesOf(statement, prepared));
    const answered = await database.execProtocolStream(joined([...parts, serialize.sync()]));
    const answers = readAnswers(answered, database.parsers);
    if (answers.length < statements.length) throw new Error(lostAnswer);
    for (const { name } of statements) if (name) prepared.add(name);
    return answers;
  };
}

function messagesOf({ name = "", sql, params = [] }: Statement, prepared: ReadonlySet<string>) {
  const parse = [
    // A batch that failed may have prepared it before the fault: closing what is not there is no error.
    ...(name ? [serialize.close({ type: "S", name })] : []),
    serialize.parse({ name, text: sql }),
  ];
  return [
    ...(prepared.has(name) ? [] : parse),
    serialize.bind({ statement: name, values: params.map(textOf) }),
    serialize.describe({ type: "P" }),
    serialize.execute({}),
  ];
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A parameter as PostgreSQL reads it in its text form; of what type it is the statement says. */
function textOf(value: SqlValue): string | null {
  if (value === null) return null;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString("hex")}`;
  if (typeof value !== "object") return String(value);
  return `{${value.map(elementOf).join(",")}}`;
}

function elementOf(value: SqlValue): string {
  const text = textOf(value);
  if (text === null) return "NULL";
  return Array.isArray(value) ? text : `"${text.replace(/["\\]/g, "\\$&")}"`;
}

/** The rows of each statement, by name of column. */
function readAnswers(answered: readonly BackendMessage[], readers: PGlite["parsers"]) {
  const answers: unknown[][] = [];
  let columns: Column[] | null = null;
  let rows: unknown[] = [];
  for (const message of answered) {
    if (message.name === "noData") {
      columns = [];
    } else if (isRowDescription(message)) {
      columns = message.fields.map(({ name, dataTypeID }) => ({ name, read: readers[dataTypeID] }));
    } else if (isDataRow(message)) {
      if (columns?.length !== message.fields.length) throw new Error(lostAnswer);
      rows.push(readRow(columns, message.fields));
    } else if (message.name === "commandComplete") {
      if (!columns) throw new Error(lostAnswer);
      answers.push(rows);
      [columns, rows] = [null, []];
    }
  }
  return answers;
}

interface Column {
  readonly name: string;
  readonly read: ((text: string) => unknown) | undefined;
}

function readRow(columns: readonly Column[], texts: readonly (string | null)[]) {
  const row: Record<string, unknown> = {};
  for (const [at, { name, read }] of columns.entries()) {
    const text = texts[at] ?? null;
    row[name] = text === null || !read ? text : read(text);
  }
  return row;
}

const isRowDescription = (message: BackendMessage): message is messages.RowDescriptionMessage =>
  message.name === "rowDescription";
const isDataRow = (message: BackendMessage): message is messages.DataRowMessage =>
  message.name === "dataRow";

/**
 * The thread that owns PGlite: a query blocks its event loop for as long as it runs
 * (0 timer ticks in 2.9 s measured), so it must not be the server's thread.
 */
let database: PGlite | null = null;
let send: ReturnType<typeof createSend> | null = null;

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
      send = createSend(database);
      await database.listen(announcementChannel, announce);
      return [];
    case "send":
      if (!send) throw closed();
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
      send = null;
      return [];
  }
}

/** Always listening: the one connection hears what is committed over it. */
function announce(announcement: string): void {
  port?.postMessage({ announcement } satisfies EmbeddedAnnouncement);
}

async function open({ folder, snapshot, compiled }: OpenEmbedded): Promise<PGlite> {
  return PGlite.create({
    pgliteWasmModule: compiled,
    extensions: { postgis: usedPostgis(), btree_gist },
    ...(folder === null ? {} : { dataDir: folder }),
    ...(snapshot === null ? {} : { loadDataDir: new Blob([readFileSync(snapshot)]) }),
  });
}

/** Written beside and renamed, so that another process never loads half a snapshot. */
async function dump(file: string): Promise<void> {
  const blob = await opened().dumpDataDir("gzip");
  const partial = `${file}.${process.pid}.partial`;
  writeFileSync(partial, Buffer.from(await blob.arrayBuffer()));
  renameSync(partial, file);
}

function opened(): PGlite {
  if (!database) throw closed();
  return database;
}

const closed = () => new Error("The embedded database is closed");

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
