import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { symlinkSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Worker } from "node:worker_threads";

/** Message completes a sentence: "it is damaged (...)". */
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
  /** Holds a link to the file, since SQLite puts its lock beside the name it opens. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly answerMs?: number;
}

/**
 * An untrusted SQLite file. Only our own statements run, on tables inspected first (`columnsOf`): a
 * view, a virtual table or a generated column would run its author's code. Answers are limited in
 * rows and time, and come from a thread that is terminated on overrun or by `signal`.
 */
export interface SqliteFile {
  readonly ask: (
    sql: string,
    values: readonly (string | number)[],
    mostRows: number,
  ) => Promise<SqliteRow[]>;
  /** Without generated columns; null where there is no such ordinary table. */
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
    // Ended while it reads, it leaves its lock behind: only beside a link is that ours to remove.
    workerData: { path: linked, isOwn: linked !== path },
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  const ready = once(worker, "message");
  // The next query reports it; without one nothing is lost.
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

/** The file itself where links are not allowed, as on Windows without the right. */
function linkTo(path: string, folder: string): string {
  const link = join(folder, `reading-${randomBytes(6).toString("hex")}.tmp`);
  try {
    symlinkSync(resolve(path), link);
    return link;
  } catch {
    return path;
  }
}
