import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { createRandom } from "#core/random.ts";
import { noWords } from "#core/records/word-choices.ts";
import { type Database, ownerActor, withOptions } from "#server/db/database.ts";
import { openEmbedded } from "#server/db/embedded.ts";
import { migrate } from "#server/db/migrate.ts";
import { snapshotFile } from "#server/db/open.ts";
import { fileSource } from "#server/files/import-source.ts";
import { fillPlaces } from "#server/places/load.ts";
import { runImport } from "#server/records/import/run-import.ts";
import { type BenchContext, type BenchLine, milliseconds, timeOnce } from "#tests/bench/timing.ts";
import { testServices } from "#tests/support/app.ts";
import { type Engine, engines, openTestDatabase } from "#tests/support/database.ts";

const sizes = [100_000, 1_000_000] as const;
const header = "Type,Date,Latitude,Longitude,Legislation,Object of search,Outcome";

/**
 * Rows a second through the whole import beside a bare COPY of the same file (on the embedded
 * engine, which has no COPY from a file: a bare insert of as many rows), and memory by size.
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
        const bare = await timeOnce(() =>
          engine === "postgres" ? copy(db, file) : insert(db, rows),
        );
        const { whole, peak } = await importFile(db, file, rows);
        lines.push({
          work: `import of ${rows.toLocaleString("en-GB")} rows, ${engine}`,
          measured: `${milliseconds(whole)}, ${Math.round(rows / (whole / 1000)).toLocaleString("en-GB")} rows/s, ${(peak / 1e6).toFixed(0)} MB over idle`,
          beside: `${milliseconds(bare)} for a bare ${engine === "postgres" ? "COPY of the same file" : "insert of as many rows made in SQL"}`,
          ratio: (whole / bare).toFixed(1),
        });
      } finally {
        await drop();
      }
    }
  }
  return lines;
}

/** The embedded database in a folder, as users have it: in memory, its files would count as the import's. */
async function openForImport(engine: Engine, folder: string) {
  if (engine === "postgres") return openTestDatabase(engine);
  const db = await openEmbedded({ folder, snapshot: await snapshotFile(() => undefined) });
  await migrate(db);
  return { db, drop: () => db.close() };
}

async function importFile(
  db: Database,
  file: string,
  rows: number,
): Promise<{ whole: number; peak: number }> {
  const services = await testServices(db);
  const idle = process.memoryUsage().rss;
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss - idle);
  }, 20);
  try {
    const whole = await timeOnce(async () => {
      const result = await runImport(services, {
        actor: ownerActor,
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
      });
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
