import { mkdir, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { headerAt, headerWithin } from "#core/records/find-header.ts";
import { isMadeFrom } from "#core/records/saved-profile.ts";
import type { InboxReply } from "#core/records/wire/import.ts";
import type { ImportProfile } from "#core/records/wire/import-profile.ts";
import { type Header, readHeader } from "#core/table/columns.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { openTable } from "#core/table/open-table.ts";
import type { TableRow } from "#core/table/row-reader.ts";
import { cleanFileName } from "#core/text/file-name.ts";
import { formatInstant } from "#core/time/zone.ts";
import { runAudited } from "#server/accounts/audit/audited.ts";
import type { Services } from "#server/acts/services.ts";
import { CommandError, operatorActor } from "#server/cli/command.ts";
import { databaseBehind } from "#server/db/database.ts";
import { failureText } from "#server/db/errors.ts";
import {
  fileSource,
  hashedSource,
  type ImportSource,
  newDecoder,
} from "#server/files/import-source.ts";
import { Problem, sentence } from "#server/problem.ts";
import { importCommand } from "#server/records/commands/import.ts";
import { loadProfiles } from "#server/records/import/saved-profiles.ts";
import { batchesOfFile } from "#server/records/queries/batches.ts";

/** Its name in the log and in the history of imports. */
const inboxName = "inbox";
const actor = operatorActor(inboxName);

/** A file still being written changes within this time. */
const stillMs = 30_000;
const everyMs = 10_000;
/** As programs name what they are still writing. */
const unfinished = /^\.|\.(part|partial|filepart|tmp|crdownload)$/i;
const reportEnding = ".report.txt";
const reportsShown = 20;

interface Seen {
  readonly version: string;
  readonly since: number;
}

const waitingOf = new WeakMap<object, ReadonlySet<string>>();

/**
 * Imports what arrives in a folder and stays unchanged for 30 s, one file after another, each in one transaction, by the
 * profile that knows its headings; then moves it to `done` or `refused` with its report beside it. A file whose headings
 * no profile knows waits for a person. Killed at any point, a file is stored once: moving comes last, and what was stored
 * already is known by its hash.
 */
export function createInbox(
  services: Services,
  folder: string,
  {
    say,
    signal,
    clock = () => performance.now(),
  }: {
    readonly say: (line: string) => void;
    readonly signal: AbortSignal;
    /** Of this process, in milliseconds: that of a shared folder may be another. */
    readonly clock?: () => number;
  },
) {
  const { db } = services;
  const seen = new Map<string, Seen>();
  const waiting = new Set<string>();
  waitingOf.set(databaseBehind(db), waiting);

  const isStill = async (name: string): Promise<boolean> => {
    const { size, mtimeMs } = await stat(join(folder, name));
    const version = `${size} ${mtimeMs}`;
    const before = seen.get(name);
    if (before?.version === version) return clock() - before.since >= stillMs;
    seen.set(name, { version, since: clock() });
    return false;
  };

  const putAway = async (name: string, to: "done" | "refused", report: readonly string[]) => {
    const into = join(folder, to);
    await mkdir(into, { recursive: true });
    const taken = new Set(await readdir(into));
    const stamp = new Date().toISOString().slice(0, 19).replaceAll(":", "");
    const kept = taken.has(name) ? `${stamp} ${name}` : name;
    await writeFile(join(into, `${kept}${reportEnding}`), `${report.join("\n")}\n`, {
      mode: 0o600,
    });
    await rename(join(folder, name), join(into, kept));
    seen.delete(name);
    waiting.delete(name);
  };

  const take = async (name: string): Promise<void> => {
    const file = join(folder, name);
    const source = await fileSource(file);
    const profiles = await db.transaction(actor, loadProfiles);
    const profile = await knownReading(source, profiles);
    if (profile === null) {
      waiting.add(name);
      return;
    }
    const sha256 = await hashedSource(source).digest();
    const [stored] = await db.transaction(actor, (tx) => batchesOfFile(tx, sha256, 0));
    if (stored) {
      await putAway(name, "done", [`This file was stored before, as batch ${stored.id}.`]);
      return;
    }
    const values = { profile };
    const talk = { say: () => undefined, signal, operator: inboxName, secret: null };
    const { text, exit } = await runAudited(
      importCommand,
      { ...services, ...talk },
      { positionals: [file], values },
    );
    await putAway(name, exit === 0 ? "done" : "refused", text);
  };

  const takeOrRefuse = async (name: string): Promise<void> => {
    try {
      if (await isStill(name)) await take(name);
    } catch (error) {
      if (signal.aborted || isGone(error)) return;
      const why = refusalOf(error);
      if (why === null) throw error;
      await putAway(name, "refused", [why]);
    }
  };

  const arrived = async (): Promise<readonly string[]> => {
    const here = await readdir(folder, { withFileTypes: true });
    const files = here.filter((one) => one.isFile() && !unfinished.test(one.name));
    const names = files.map(({ name }) => name).sort();
    for (const gone of [seen, waiting]) {
      for (const name of gone.keys()) if (!names.includes(name)) gone.delete(name);
    }
    return names;
  };

  return async (): Promise<void> => {
    try {
      for (const name of await arrived()) if (!signal.aborted) await takeOrRefuse(name);
    } catch (error) {
      if (!signal.aborted) say(`The inbox could not be read; trying again. ${failureText(error)}`);
    }
  };
}

const isGone = (error: unknown) => (error as NodeJS.ErrnoException).code === "ENOENT";

/** What is wrong with the file, in words; null where something else failed, and the file stays. */
function refusalOf(error: unknown): string | null {
  if (error instanceof FileFault) return sentence(error);
  if (error instanceof CommandError) return error.message;
  if (error instanceof Problem && error.status < 500) return error.detail;
  return null;
}

/** While the server runs; the function that ends it waits for the file in hand. */
export function keepInbox(
  services: Services,
  folder: string,
  say: (line: string) => void,
): () => Promise<void> {
  const stopping = new AbortController();
  const look = createInbox(services, folder, { say, signal: stopping.signal });
  let looking = look();
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, everyMs).unref();
  return async () => {
    stopping.abort(new Error("Stopped"));
    clearInterval(timer);
    await looking;
  };
}

/** What waits for a person, and what was refused, newest first, with the report that lies beside it. */
export async function readInbox({
  config,
  db,
  zone,
}: Pick<Services, "config" | "db" | "zone">): Promise<InboxReply> {
  if (config.inbox === null) return { inbox: null };
  const folder = join(config.inbox, "refused");
  const names = await readdir(folder).catch(() => []);
  const reports = await Promise.all(
    names.filter((name) => name.endsWith(reportEnding)).map((name) => reportOf(folder, name)),
  );
  const newest = reports.sort((a, b) => b.at - a.at).slice(0, reportsShown);
  return {
    inbox: {
      waiting: [...(waitingOf.get(databaseBehind(db)) ?? [])].map(cleanFileName),
      refused: newest.map(({ at, ...one }) => ({ ...one, refusedAt: formatInstant(zone, at) })),
    },
  };
}

async function reportOf(folder: string, name: string) {
  const path = join(folder, name);
  const [{ mtimeMs: at }, text] = await Promise.all([stat(path), readFile(path, "utf8")]);
  const report = text.split("\n").filter((line) => line !== "");
  return { fileName: cleanFileName(name.slice(0, -reportEnding.length)), at, report };
}

/**
 * The saved profile that was made from a file with just these headings; null where there is none. A ready-made one is no
 * answer: who reported the crimes of data.police.uk, a person must say. Throws a `FileFault` for a file without headings.
 */
async function knownReading(
  source: ImportSource,
  profiles: readonly ImportProfile[],
): Promise<string | null> {
  const { names } = await headerOf(source);
  return profiles.find(({ reading }) => isMadeFrom(reading, names))?.name ?? null;
}

async function headerOf(source: ImportSource): Promise<Header> {
  const { totalBytes: size, read, open } = source;
  const table = await openTable({ size, read, open, newDecoder }, { sheet: null });
  const first: TableRow[] = [];
  for await (const { rows } of table.rows()) {
    first.push(...rows);
    if (first.length >= headerWithin) break;
  }
  const top = first[headerAt(first)];
  if (top === undefined) throw new FileFault("the file is empty");
  return readHeader(top);
}
