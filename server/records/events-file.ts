import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Actor } from "#core/role.ts";
import { minuteMs, type Zone } from "#core/time/zone.ts";
import { type Act, knownUntil } from "#server/acts/services.ts";
import { type Database, databaseBehind, withOptions } from "#server/db/database.ts";
import type { Encoding } from "#server/http/encodings.ts";
import { type EventsWork, type MadeFile, makeFiles } from "#server/records/make-events-files.ts";
import { knownBetween, loadPackedEvents } from "#server/records/queries/events.ts";
import { readableEventsVersion } from "#server/records/queries/events-version.ts";

export type EventsPart = "recent" | "older";

/** core/records/column-file.ts, the same for everybody who may read events. */
export interface EventsFile extends MadeFile {
  /** Of its content: the same octets, the same tag. */
  readonly tag: string;
  /** Compressed once per encoding. */
  readonly packed: (encoding: Encoding) => Promise<Buffer>;
}

interface EventsFiles extends Readonly<Record<EventsPart, EventsFile>> {
  readonly version: string;
  /** `YYYY-MM-DD`: the first day of the recent file. */
  readonly recentFrom: string;
  /** Epoch milliseconds between which the same events are known. */
  readonly known: { readonly from: number | null; readonly until: number | null };
}

/** Newest per database; older files are dropped. */
const kept = new WeakMap<Database, EventsFiles>();
const making = new WeakMap<Database, Promise<void>>();

/**
 * A file of the current events. Files are built once after each change, outside any request; the
 * database checks each reader first, and each reading has a line in the audit chain.
 */
export async function readEventsFile(
  act: Act,
  part: EventsPart,
): Promise<{ readonly file: EventsFile; readonly olderRows: number; readonly pair: string }> {
  const { actor, zone } = act;
  const db = databaseBehind(act.db);
  const before = Math.floor(knownUntil(act) / minuteMs) * minuteMs;
  const recentFrom = firstOfRecent(zone, before);
  const reading = withOptions(act.db, { events: true });
  const ask = { reading, actor, before, recentFrom, zone };
  for (let tries = 1; ; tries += 1) {
    const files = kept.get(db);
    const isAsked = (version: string) =>
      files?.version === version &&
      files.recentFrom === recentFrom &&
      (files.known.from ?? before) <= before &&
      before < (files.known.until ?? Number.POSITIVE_INFINITY);
    try {
      return await reading.transaction(actor, async (tx) => {
        const version = await readableEventsVersion(tx);
        // After several imports in a row, a waiting reader gets the events as they were before the
        // last.
        if (!files || !(isAsked(version) || tries > mostTries)) throw new Stale();
        act.addDetail(detailOf(files[part], part, zone));
        const { recent, older } = files;
        return { file: files[part], olderRows: older.rows, pair: tagOf(recent.tag + older.tag) };
      });
    } catch (error) {
      // Rolled back, so no audit line was written.
      if (!(error instanceof Stale)) throw error;
    }
    await makeOnce(db, ask);
  }
}

const mostTries = 3;

class Stale extends Error {}

function detailOf({ first, last, rows }: EventsFile, part: EventsPart, zone: Zone) {
  const dateOf = (minute: number | null) =>
    minute === null ? null : zone.dateOf(minute * minuteMs);
  return { part, from: dateOf(first), to: dateOf(last), events: rows };
}

function firstOfRecent(zone: Zone, before: number): string {
  const [year = "", month = ""] = zone.dateOf(before - 1).split("-");
  return `${Number(year) - 2}-${month}-01`;
}

interface Asking {
  readonly reading: Database;
  readonly actor: Actor;
  readonly before: number;
  readonly recentFrom: string;
  readonly zone: Zone;
}

/** Shared by concurrent callers; later changes are found by the next. */
function makeOnce(db: Database, asking: Asking): Promise<void> {
  const known = making.get(db);
  if (known) return known;
  const made = make(asking)
    .then((files) => {
      kept.set(db, files);
    })
    .finally(() => making.delete(db));
  making.set(db, made);
  return made;
}

async function make({ reading, actor, before, recentFrom, zone }: Asking): Promise<EventsFiles> {
  const { version, packed, known } = await reading.transaction(
    actor,
    async (tx) => ({
      version: await readableEventsVersion(tx),
      packed: await loadPackedEvents(tx, { before }),
      known: await knownBetween(tx, before),
    }),
    { beside: true, oneSnapshot: true, readOnly: true },
  );
  const work = { packed, recentFrom: Math.floor(zone.startOfDate(recentFrom) / minuteMs) };
  const made = isLarge(packed) ? await makeInThread(work) : makeFiles(work);
  return { version, recentFrom, known, recent: fileOf(made.recent), older: fileOf(made.older) };
}

/** From some ten thousand events on, a thread pays off. */
const isLarge = (packed: EventsWork["packed"]) => (packed?.row.cell.length ?? 0) > 500_000;

function makeInThread(work: EventsWork): Promise<ReturnType<typeof makeFiles>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./events-thread.ts", import.meta.url), { workerData: work });
    worker.once("message", resolve);
    worker.once("error", reject);
    // After an answer this rejection has no effect.
    worker.once("exit", () =>
      reject(new Error("The thread of the events ended without an answer")),
    );
  });
}

function tagOf(content: Uint8Array | string): string {
  return `"${createHash("sha256").update(content).digest("base64url").slice(0, 22)}"`;
}

function fileOf(made: MadeFile): EventsFile {
  const bodies = new Map<Encoding, Promise<Buffer>>();
  return {
    ...made,
    tag: tagOf(made.octets),
    packed: (encoding) => {
      const body = bodies.get(encoding) ?? compress[encoding](made.octets);
      bodies.set(encoding, body);
      return body;
    },
  };
}

/** In Node's thread pool. Higher Brotli levels take five times as long for a twentieth less. */
const compress: Record<Encoding, (octets: Uint8Array) => Promise<Buffer>> = {
  br: (octets) =>
    promisify(brotliCompress)(octets, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (octets) => promisify(gzip)(octets),
};
