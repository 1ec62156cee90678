import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type Database, ownerActor } from "#server/db/database.ts";
import { type EmbeddedDatabase, openEmbedded } from "#server/db/embedded.ts";
import { partsOf } from "#tests/support/continued-fill.ts";
import { type Fill, sharedFills } from "#tests/support/filled-template.ts";
import {
  type Contents,
  contentsOf,
  restore,
  type Stand,
  standOf,
} from "#tests/support/kept-rows.ts";
import { migratedSnapshot } from "#tests/support/migrated.ts";
import { runFolder } from "#tests/support/run-names.ts";

/** The rows of the catalogue that say what the schema, its rules and rights are, but for `pg_class`. */
const catalogues = [
  "pg_attribute",
  "pg_constraint",
  "pg_trigger",
  "pg_policy",
  "pg_proc",
  "pg_authid",
  "pg_auth_members",
  "pg_db_role_setting",
  "pg_default_acl",
  "pg_namespace",
  "pg_type",
];

/** Which changes with its tables' files, so that what is asked of it is named. */
const tables = `select concat_ws(' ', relname, relkind, relrowsecurity, relforcerowsecurity, relacl)
  from pg_class where relnamespace = 'public'::regnamespace`;

/** Quick to ask: any change, also one that was taken back, gives its row a newer transaction. */
function lastChangeOf(db: Database): Promise<string> {
  return linesOf(
    db,
    catalogues.map(
      (name) => `select concat_ws(' ', '${name}', count(*), max(xmin::text::bigint)) from ${name}`,
    ),
  );
}

/** What the rows say; what a session keeps to itself goes first. */
async function wordsOf(db: Database): Promise<string> {
  await db.transaction(ownerActor, (tx) => tx.script("discard temp"));
  return linesOf(
    db,
    catalogues.map((name) => {
      const ours = name === "pg_namespace" ? "where nspname !~ '^pg_(toast_)?temp_'" : "";
      return `select '${name} ' || md5(string_agg(one::text, ' ' order by one::text)) from ${name} as one ${ours}`;
    }),
  );
}

async function linesOf(db: Database, asked: readonly string[]): Promise<string> {
  const [found] = await db.transaction(ownerActor, (tx) =>
    tx.query<{ lines: string }>(
      `select string_agg(line, chr(10) order by line) as "lines"
       from (${[...asked, tables].join(" union all ")}) as found (line)`,
    ),
  );
  return found?.lines ?? "";
}

/**
 * Two migrated embedded databases a test process, one of them for the demonstration: starting one takes 2 to 4 s of
 * processor time, putting back what a block of tests changed a tenth of one. Each is lent to one block at a time; a
 * further one that is wanted meanwhile is started again.
 */
interface Kept {
  readonly db: EmbeddedDatabase;
  /** As the migrations left it. */
  readonly migrated: Contents;
  schema: { readonly lastChange: string; readonly words: string };
  /** What it held when it was last lent, or before it was filled by somebody whose rows are not kept. */
  lent: { readonly contents: Contents; readonly stand: Stand };
}

interface Place {
  kept: Kept | null;
  isLent: boolean;
  /** As those who fill it left it, by who that was: the demonstration is worked out once. */
  readonly filled: Map<Fill, Contents>;
  /** By whom it was filled so far. */
  readonly fills: Set<Fill>;
}

const empty = (): Place => ({ kept: null, isLent: false, filled: new Map(), fills: new Set() });
const places = { plain: empty(), demonstration: empty() };

export interface LentDatabase {
  readonly db: Database;
  readonly giveBack: () => Promise<void>;
}

function sharedFile(fill: Fill): string | null {
  const folder = process.env[runFolder];
  const name = sharedFills.get(fill);
  return name && folder ? join(folder, `${name}.json`) : null;
}

/** What the other process of this run has worked out. */
function readShared(fill: Fill): Contents | undefined {
  const file = sharedFile(fill);
  if (!file || !existsSync(file)) return undefined;
  const { rows, numbers } = JSON.parse(readFileSync(file, "utf8"));
  return { rows: new Map(rows), numbers: new Map(numbers) };
}

function writeShared(fill: Fill, { rows, numbers }: Contents): void {
  const file = sharedFile(fill);
  if (!file) return;
  const partial = `${file}.${process.pid}`;
  writeFileSync(partial, JSON.stringify({ rows: [...rows], numbers: [...numbers] }));
  renameSync(partial, file);
}

/** Migrated and filled, whoever had it before; null while another block has it. */
export async function borrowDatabase(fill?: Fill): Promise<LentDatabase | null> {
  const place = fill && isDemonstration(fill) ? places.demonstration : places.plain;
  if (place.isLent) return null;
  place.isLent = true;
  const { kept } = place;
  const { db, migrated, lent } =
    kept && (await isAsMigrated(kept)) ? kept : await startAgain(place);
  const restored = await (fill
    ? fillFrom({ db, place, migrated, lent }, fill)
    : restore(db, lent, migrated));
  if (place.kept) place.kept.lent = restored;
  return lend(db, place);
}

function isDemonstration(fill: Fill): boolean {
  return sharedFills.has(fill) || sharedFills.has(partsOf(fill)?.from ?? fill);
}

/** Reading out what a filling left takes about half of this; most are wanted by one block alone. */
const worthKeepingMs = 1_000;

interface Filling {
  readonly db: Database;
  readonly place: Place;
  readonly migrated: Contents;
  readonly lent: Kept["lent"];
}

async function fillFrom(filling: Filling, fill: Fill): Promise<Kept["lent"]> {
  const { db, place, migrated, lent } = filling;
  const known = place.filled.get(fill) ?? (await sharedOrMine(fill));
  if (known) {
    place.filled.set(fill, known);
    return restore(db, lent, known);
  }
  try {
    const parts = partsOf(fill);
    const bare = await (parts ? fillFrom(filling, parts.from) : restore(db, lent, migrated));
    const begun = performance.now();
    await (parts?.more ?? fill)(db);
    const isQuick = performance.now() - begun < worthKeepingMs && !sharedFills.has(fill);
    if (isQuick && !place.fills.has(fill)) {
      place.fills.add(fill);
      return bare;
    }
  } catch (error) {
    giveUp(fill);
    throw error;
  }
  const made = { contents: await contentsOf(db), stand: await standOf(db) };
  writeShared(fill, made.contents);
  place.filled.set(fill, made.contents);
  return made;
}

/** Nothing where this process is to work it out: while the other one does, waiting costs less than doing the same. */
async function sharedOrMine(fill: Fill): Promise<Contents | undefined> {
  const file = sharedFile(fill);
  if (!file || isMine(file)) return undefined;
  while (!existsSync(file) && isWorking(file)) await wait(100);
  return readShared(fill);
}

const begun = (file: string) => `${file}.begun`;

/** Whether this process is the first that wants it. */
function isMine(file: string): boolean {
  try {
    writeFileSync(begun(file), String(process.pid), { flag: "wx" });
    return true;
  } catch {
    return false;
  }
}

/** So that nobody waits for it. */
function giveUp(fill: Fill): void {
  const file = sharedFile(fill);
  if (file) rmSync(begun(file), { force: true });
}

/** The process that has begun it may have ended without. */
function isWorking(file: string): boolean {
  try {
    const pid = Number(readFileSync(begun(file), "utf8"));
    return pid !== process.pid && process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** What a block left running must not reach into the next one. */
function lend(db: EmbeddedDatabase, place: Place): LentDatabase {
  let isOver = false;
  return {
    db: {
      ...db,
      transaction: async (...asked) => {
        if (isOver) throw new Error("The test database was given back");
        return db.transaction(...asked);
      },
      close: async () => undefined,
    },
    giveBack: async () => {
      isOver = true;
      place.isLent = false;
    },
  };
}

/** Where a block has changed the schema, or left the connection in a state that answers nothing. */
async function startAgain(place: Place): Promise<Kept> {
  await place.kept?.db.close().catch(() => undefined);
  const db = await openEmbedded({ folder: null, snapshot: await migratedSnapshot() });
  const migrated = await contentsOf(db);
  const lent = { contents: migrated, stand: await standOf(db) };
  const schema = { lastChange: await lastChangeOf(db), words: await wordsOf(db) };
  place.kept = { db, migrated, schema, lent };
  return place.kept;
}

/** A block that took its change of the schema back leaves newer rows in the catalogue that say the same. */
async function isAsMigrated(kept: Kept): Promise<boolean> {
  try {
    const now = await lastChangeOf(kept.db);
    if (now === kept.schema.lastChange) return true;
    if ((await wordsOf(kept.db)) !== kept.schema.words) return false;
    kept.schema = { ...kept.schema, lastChange: await lastChangeOf(kept.db) };
    return true;
  } catch {
    return false;
  }
}
