import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { eventResolution } from "#core/geo/cell.ts";
import { noWords } from "#core/import/word-choices.ts";
import { createRandom } from "#core/random.ts";
import { ownerActor } from "#server/db/database.ts";
import { openEmbedded } from "#server/db/embedded.ts";
import { migrate } from "#server/db/migrate.ts";
import { snapshotFile } from "#server/db/snapshot.ts";
import { fileSource } from "#server/import/import-source.ts";
import { runImport } from "#server/import/run-import.ts";
import { fillPlaces } from "#server/places/load.ts";
import { type BenchContext, type BenchLine, milliseconds, timeOnce } from "#tests/bench/timing.ts";
import { testServices } from "#tests/support/app.ts";

const sizes = [16_412, 100_000] as const;

/** Rows a second through the whole import beside a bare insert of as many rows, and memory by size. */
export async function benchImport({ folder, say }: BenchContext): Promise<BenchLine[]> {
  const db = await openEmbedded({ folder: null, snapshot: await snapshotFile(say) });
  try {
    await migrate(db);
    await fillPlaces(db);
    const services = await testServices(db);
    const lines: BenchLine[] = [];
    for (const rows of sizes) {
      say(`Import: ${rows} rows...`);
      const file = join(folder, `stops-${rows}.csv`);
      writeFileSync(file, stopsFile(rows));
      let peak = 0;
      const idle = process.memoryUsage().rss;
      const watch = setInterval(() => {
        peak = Math.max(peak, process.memoryUsage().rss - idle);
      }, 20);
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
      clearInterval(watch);
      const bare = await timeOnce(() =>
        db.transaction(ownerActor, async (tx) => {
          await tx.script(
            "create temporary table bare (a bigint, b timestamptz, c text) on commit drop",
          );
          await tx.query(
            `insert into bare
             select $2::bigint + n, now() + n * interval '1 minute', 'stop_search'
             from generate_series(1, $1::int) as n`,
            [rows, "622236710000000000"],
          );
        }),
      );
      lines.push({
        work: `import of ${rows.toLocaleString("en-GB")} rows, embedded, H3 resolution ${eventResolution}`,
        measured: `${milliseconds(whole)}, ${Math.round(rows / (whole / 1000)).toLocaleString("en-GB")} rows/s, ${(peak / 1e6).toFixed(0)} MB over idle`,
        beside: `${milliseconds(bare)} for a bare insert of as many rows made in SQL`,
        ratio: (whole / bare).toFixed(1),
      });
    }
    await services.solver.close();
    return lines;
  } finally {
    await db.close();
  }
}

/** The columns of the publisher's stop-and-search file. */
function stopsFile(rows: number): string {
  const random = createRandom(rows);
  const lines = ["Type,Date,Latitude,Longitude,Legislation,Object of search,Outcome"];
  for (let row = 0; row < rows; row += 1) {
    const at = new Date(Date.parse("2021-06-01T00:00Z") + random.integer(180 * 1440) * 60_000);
    const time = `${at.toISOString().slice(0, 19)}+00:00`;
    const lat = (51.58 + random.next() * 0.09).toFixed(6);
    const lng = (-0.14 + random.next() * 0.12).toFixed(6);
    lines.push(
      `Person search,${time},${lat},${lng},Misuse of Drugs Act 1971 (section 23),Controlled drugs,Arrest`,
    );
  }
  return `${lines.join("\n")}\n`;
}
