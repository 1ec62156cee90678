import { once } from "node:events";
import { createWriteStream, mkdirSync } from "node:fs";
import { chmod } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createRandom } from "#core/random.ts";
import { noWords } from "#core/records/word-choices.ts";
import { type Database, ownerActor, withOptions } from "#server/db/database.ts";
import { openEmbedded } from "#server/db/embedded.ts";
import { migrate } from "#server/db/migrate.ts";
import { snapshotFile } from "#server/db/open.ts";
import { fileSource } from "#server/files/import-source.ts";
import { fillPlaces } from "#server/places/load.ts";
import { runImport } from "#server/records/import/run-import.ts";
import { timeBackends } from "#tests/bench/backend-time.ts";
import {
  atLeast,
  atMost,
  type BenchContext,
  type BenchLine,
  milliseconds,
  timeOnce,
} from "#tests/bench/timing.ts";
import { testServices } from "#tests/support/app.ts";
import { type Engine, engines, openTestDatabase } from "#tests/support/database.ts";

const sizes = [100_000, 1_000_000] as const;
const header = "Type,Date,Latitude,Longitude,Legislation,Object of search,Outcome";

/**
 * Rows a second through the whole import beside a bare COPY of the same file (on the embedded
 * engine, which has no COPY from a file: a bare insert of as many rows), and memory by size. On PostgreSQL its processor
 * time too, beside that of a COPY of the same rows, ready made, into a table that has the keys, indexes and rules of
 * `event`, with foreign keys in place of its triggers.
 */
export async function benchImport({ folder, say }: BenchContext): Promise<BenchLine[]> {
  const lines: BenchLine[] = [];
  for (const engine of engines) {
    for (const rows of sizes) {
      say(`Import: ${rows} rows, ${engine}...`);
      const file = join(folder, `stops-${rows}.csv`);
      await writeStops(file, rows);
      const { db, drop } = await openForImport(engine, join(folder, `embedded-${rows}`));
      try {
        await fillPlaces(db);
        lines.push(...(await (engine === "postgres" ? onServer : onEmbedded)(db, file, rows)));
      } finally {
        await drop();
      }
    }
  }
  return lines;
}

async function onServer(db: Database, file: string, rows: number): Promise<BenchLine[]> {
  const bare = await timeOnce(() => copy(db, file));
  let imported: Imported = { whole: 0, peak: 0 };
  const spent = await timeBackends(db, async () => {
    imported = await importFile(db, file, rows);
  });
  const keyed = await timeBackends(db, await prepareReady(db, dirname(file)));
  const { whole } = imported;
  const line = lineOf(imported, rows, "postgres");
  return [
    {
      ...line,
      beside: `${milliseconds(bare)} for a bare COPY of the same file`,
      ratio: (whole / bare).toFixed(1),
      figure: atMost(whole / bare, "x", 8),
    },
    ...(spent === null || keyed === null
      ? []
      : [
          {
            work: `${line.work}: processor time of the database`,
            measured: milliseconds(spent),
            beside: `${milliseconds(keyed)} for a COPY of the ready rows into a table with the same keys and foreign keys row by row`,
            ratio: (spent / keyed).toFixed(2),
            figure: atMost(spent / keyed, "x", 0.8),
          },
        ]),
  ];
}

async function onEmbedded(db: Database, file: string, rows: number): Promise<BenchLine[]> {
  const bare = await timeOnce(() => insert(db, rows));
  const imported = await importFile(db, file, rows);
  const { whole } = imported;
  const speed = rows / (whole / 1000);
  return [
    {
      ...lineOf(imported, rows, "embedded"),
      beside: `${milliseconds(bare)} for a bare insert of as many rows made in SQL`,
      ratio: (whole / bare).toFixed(1),
      figure: atLeast(speed, "rows/s", 40_000),
    },
  ];
}

function lineOf({ whole, peak }: Imported, rows: number, engine: Engine) {
  return {
    work: `import of ${rows.toLocaleString("en-GB")} rows, ${engine}`,
    measured: `${milliseconds(whole)}, ${Math.round(rows / (whole / 1000)).toLocaleString("en-GB")} rows/s, ${(peak / 1e6).toFixed(0)} MB over idle`,
  };
}

/** The embedded database in a folder, as users have it: in memory, its files would count as the import's. */
async function openForImport(engine: Engine, folder: string) {
  if (engine === "postgres") return openTestDatabase(engine);
  const db = await openEmbedded({ folder, snapshot: await snapshotFile(() => undefined) });
  await migrate(db);
  return { db, drop: () => db.close() };
}

interface Imported {
  /** Milliseconds. */
  readonly whole: number;
  /** Octets over idle. */
  readonly peak: number;
}

async function importFile(db: Database, file: string, rows: number): Promise<Imported> {
  const services = await testServices(db);
  const idle = process.memoryUsage.rss();
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss() - idle);
  }, 20);
  try {
    const whole = await timeOnce(async () => {
      const result = await runImport(
        { ...services, actor: ownerActor },
        {
          source: await fileSource(file),
          choices: {
            profile: "auto",
            map: {},
            kind: null,
            source: null,
            dates: null,
            words: noWords,
            midnight: "as-written",
          },
          dryRun: false,
          signal: new AbortController().signal,
          onProgress: () => undefined,
        },
      );
      if (result.accepted !== rows) throw new Error(`${result.accepted} of ${rows} rows came in`);
    });
    return { whole, peak };
  } finally {
    clearInterval(watch);
    await services.solver.close();
  }
}

/** As PostgreSQL takes a file by itself: text into a table without index or rule. */
async function copy(db: Database, file: string): Promise<void> {
  const columns = header
    .split(",")
    .map((name) => `"${name}" text`)
    .join(", ");
  await withOptions(db, { long: true }).transaction(ownerActor, async (tx) => {
    await tx.script(`create table bare (${columns})`);
    await tx.script(`copy bare from '${file}' (format csv, header)`);
  });
  await db.transaction(ownerActor, (tx) => tx.script("drop table bare"));
}

/**
 * Writes all events as they are stored to a file in PostgreSQL's own binary form, makes a table as `event` was, and
 * answers what copies the one into the other.
 */
async function prepareReady(db: Database, folder: string): Promise<() => Promise<void>> {
  const columns = `batch_id, cell, kind, source, category, starts_at, ends_at, ward, reference,
    duplicate_key, placed_by, type_code, segment, streets`;
  // The database's own user writes there.
  const open = join(folder, "ready");
  mkdirSync(open, { recursive: true });
  await chmod(open, 0o777);
  const run = (sql: string) =>
    withOptions(db, { long: true }).transaction(ownerActor, (tx) => tx.script(sql));
  await run(`
    copy event (${columns}) to '${open}/events' (format binary);
    create table keyed (like event including all);
    alter table keyed
      add foreign key (batch_id) references batch (id) on delete cascade,
      add foreign key (type_code) references event_type (code);
    create trigger span_noted after insert on keyed
      referencing new table as written for each statement execute function note_event_span();`);
  return () => run(`copy keyed (${columns}) from '${open}/events' (format binary)`);
}

async function insert(db: Database, rows: number): Promise<void> {
  await withOptions(db, { long: true }).transaction(ownerActor, async (tx) => {
    await tx.script("create temporary table bare (a bigint, b timestamptz, c text) on commit drop");
    await tx.query(
      `insert into bare
       select $2::bigint + n, now() + n * interval '1 minute', 'stop_search'
       from generate_series(1, $1::int) as n`,
      [rows, "622236710000000000"],
    );
  });
}

/** The columns of the publisher's stop-and-search file. */
async function writeStops(file: string, rows: number): Promise<void> {
  const random = createRandom(rows);
  const out = createWriteStream(file);
  let lines = [header];
  const flush = async () => {
    if (!out.write(`${lines.join("\n")}\n`)) await once(out, "drain");
    lines = [];
  };
  for (let row = 0; row < rows; row += 1) {
    const at = new Date(Date.parse("2021-06-01T00:00Z") + random.integer(180 * 1440) * 60_000);
    const time = `${at.toISOString().slice(0, 19)}+00:00`;
    const lat = (51.58 + random.next() * 0.09).toFixed(6);
    const lng = (-0.14 + random.next() * 0.12).toFixed(6);
    lines.push(
      `Person search,${time},${lat},${lng},Misuse of Drugs Act 1971 (section 23),Controlled drugs,Arrest`,
    );
    if (lines.length === 10_000) await flush();
  }
  await flush();
  out.end();
  await once(out, "finish");
  // The database's own user reads it.
  await chmod(file, 0o644);
}
