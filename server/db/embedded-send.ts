import { type messages, type PGlite, protocol } from "@electric-sql/pglite";
import type { SqlValue, Statement } from "#server/db/sql.ts";

const { serialize } = protocol;
type BackendMessage = messages.BackendMessage;

/**
 * A silently missing answer would be worse than an error: PGlite 0.5.8 has answered a select
 * without columns, rows or an error (ST_Intersection of nearly coincident lines).
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
    // A failed batch may have prepared it before the error; closing a missing statement is no
    // error.
    ...(name ? [serialize.close({ type: "S", name })] : []),
    serialize.parse({ name, text: sql }),
  ];
  return [
    ...(prepared.has(name) ? [] : parse),
    serialize.bind({ statement: name, values: params.map(boundOf) }),
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

/** Bytes are sent as PostgreSQL's binary form of bytea or array (server/db/binary-array.ts). */
function boundOf(value: SqlValue): string | Uint8Array | null {
  return value instanceof Uint8Array ? value : textOf(value);
}

/** Text form; the statement determines the type. */
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
