import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { symlinkSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Worker } from "node:worker_threads";

/** What a file of somebody else's could not be asked, in a sentence's end: "it is damaged (...)". */
export class SqliteFault extends Error {
  override readonly name = "SqliteFault";
}

type SqliteValue = string | number | bigint | Uint8Array | null;
export type SqliteRow = Readonly<Record<string, SqliteValue>>;

export interface SqliteQuestion {
  readonly sql: string;
  readonly values: readonly (string | number)[];
  readonly mostRows: number;
}
export type SqliteAnswer = { readonly rows: SqliteRow[] } | { readonly fault: string };

export interface SqliteTools {
  /** Where a link to the file may be made: SQLite puts its lock beside the name by which it opens a file. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** How long one question may take. */
  readonly answerMs?: number;
}

/**
 * A SQLite file that somebody else made. It is asked by statements of ours alone, of tables that were looked at first
 * (`columnsOf`): a view, a virtual table or a generated column would be a program of whoever made it. What it answers is
 * bounded in rows and in time, and comes from a thread that is ended where it does not, or where `signal` says so.
 */
export interface SqliteFile {
  readonly ask: (
    sql: string,
    values: readonly (string | number)[],
    mostRows: number,
  ) => Promise<SqliteRow[]>;
  /** Of an ordinary table, without those that are worked out; null where there is no such table. */
  readonly columnsOf: (table: string) => Promise<readonly string[] | null>;
  readonly close: () => Promise<void>;
}

const usualAnswerMs = 20_000;
const mostColumns = 500;

export function openSqlite(
  path: string,
  { folder, signal, answerMs = usualAnswerMs }: SqliteTools,
): SqliteFile {
  signal.throwIfAborted();
  const linked = linkTo(path, folder);
  const worker = new Worker(new URL("./sqlite-thread.ts", import.meta.url), {
    workerData: { path: linked },
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  const ready = once(worker, "message");
  // Whoever asks next is told; where nobody does, nothing is lost.
  ready.catch(() => undefined);
  let last: Promise<unknown> = ready;
  const askOnce = async (question: SqliteQuestion) => {
    signal.throwIfAborted();
    const late = AbortSignal.timeout(answerMs);
    try {
      worker.postMessage(question);
      const [answer] = (await once(worker, "message", {
        signal: AbortSignal.any([late, signal]),
      })) as [SqliteAnswer];
      if ("rows" in answer) return answer.rows;
      throw new SqliteFault(`it is damaged, cut off or in use (${answer.fault})`);
    } catch (error) {
      if (error instanceof SqliteFault) throw error;
      await worker.terminate();
      signal.throwIfAborted();
      throw new SqliteFault(
        late.aborted
          ? `reading it takes too long (nothing came for ${answerMs / 1000} seconds)`
          : "reading it takes more than there is room for",
        { cause: error },
      );
    }
  };
  const file: SqliteFile = {
    ask: (sql, values, mostRows) => {
      const asked = last.then(() => askOnce({ sql, values, mostRows }));
      last = asked.catch(() => undefined);
      return asked;
    },
    columnsOf: async (table) => {
      const [found] = await file.ask(
        "select type from pragma_table_list(?) where schema = 'main'",
        [table],
        mostColumns,
      );
      if (found?.["type"] !== "table") return null;
      const columns = await file.ask(
        "select name, hidden from pragma_table_xinfo(?)",
        [table],
        mostColumns,
      );
      return columns.filter(({ hidden }) => hidden === 0).map(({ name }) => String(name));
    },
    close: async () => {
      await worker.terminate();
      if (linked === path) return;
      await rm(linked, { force: true });
      await rm(`${linked}.lock`, { recursive: true, force: true });
    },
  };
  return file;
}

/** Where no link may be made (Windows wants a right for it), the file itself. */
function linkTo(path: string, folder: string): string {
  const link = join(folder, `reading-${randomBytes(6).toString("hex")}.tmp`);
  try {
    symlinkSync(path, link);
    return link;
  } catch {
    return path;
  }
}
