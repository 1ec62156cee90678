import { existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { FileFault } from "#core/table/file-fault.ts";
import { createTextReader } from "#core/table/text-reader.ts";
import { formatCount } from "#core/text/numbers.ts";
import { CommandError, type Talk } from "#server/cli/command.ts";
import { fileSource, newDecoder, piecesOf } from "#server/files/import-source.ts";
import { type FieldError, sentence } from "#server/problem.ts";

/** Of a file that cannot be read, and of work that is stopped, nothing is kept. */
export async function orNothing<Value>(
  { signal }: Pick<Talk, "signal">,
  work: () => Promise<Value>,
): Promise<Value> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof FileFault) {
      throw new CommandError(`${sentence(cause)} Nothing was saved.`, { cause });
    }
    if (!signal.aborted) throw cause;
    throw new CommandError("It was cancelled. Nothing was saved.", { cause });
  }
}

/** A table or document, in whatever encoding. */
export async function readText(path: string): Promise<string> {
  const reader = createTextReader(newDecoder);
  const pieces: string[] = [];
  for await (const bytes of piecesOf(await fileSource(path))) pieces.push(reader.push(bytes));
  const text = [...pieces, reader.finish()].join("");
  if (text === "") throw new FileFault("the file is empty");
  return text;
}

/** What must be UTF-8, for a wrong letter would not be seen. */
export async function readUtf8(path: string, mostBytes: number): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > mostBytes) {
      throw new CommandError(`${path} is larger than ${formatCount(mostBytes / 1_000)} kB.`);
    }
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path));
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    const why = cause instanceof TypeError ? "is not UTF-8 text" : "cannot be read";
    throw new CommandError(`${path} ${why}.`, { cause });
  }
}

const listedFaults = 20;

/** A table is taken whole or not at all. */
export function refuseFaults(faults: readonly FieldError[]): void {
  if (faults.length === 0) return;
  const listed = faults.slice(0, listedFaults).map(({ row, field = "", reason }) => {
    const where = field === "" ? `line ${row}` : `line ${row}, ${field}`;
    return `${where}: ${reason.replace(/\.$/, "")}`;
  });
  const more = faults.length - listed.length;
  throw new CommandError(
    `Nothing was saved. ${listed.join("; ")}${more > 0 ? `; and ${more} more` : ""}.`,
  );
}

/** Before anything is read for it. */
export function refuseExisting(file: string): void {
  if (existsSync(file)) throw new CommandError(`${file} exists already: give another name.`);
}

/** Written beside and renamed, for its owner alone: a disk that fills up leaves no half of it. */
export function writeWhole(file: string, content: Uint8Array | string): void {
  const partial = `${file}.${process.pid}.partial`;
  try {
    writeFileSync(partial, content, { flag: "wx", mode: 0o600 });
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === "ENOSPC"
        ? "the disk is full"
        : code === "ENOENT"
          ? "its folder is not there"
          : "the system refused it";
    throw new CommandError(`${file} could not be written: ${why}. No file was left.`, {
      cause: error,
    });
  }
}

const progressEveryMs = 2_000;

/** A line now and then for a long file; a short one needs none. `what` as in "rows". */
export function createProgressLines(say: (line: string) => void, what: string) {
  let lastAt = Date.now();
  return (done: {
    readonly count: number;
    readonly bytes: number;
    readonly totalBytes: number | null;
  }) => {
    if (done.count === 0 || Date.now() - lastAt < progressEveryMs) return;
    lastAt = Date.now();
    const share = done.totalBytes ? ` (${Math.floor((100 * done.bytes) / done.totalBytes)}%)` : "";
    say(`${formatCount(done.count)} ${what}${share}`);
  };
}
