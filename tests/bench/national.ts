import { mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { cellAt, disk, type H3Cell, sortCells } from "#core/geo/cell.ts";
import { createSummary } from "#core/hotspots/counts.ts";
import { prepareEvents, studyIndexOfCells } from "#core/hotspots/prepare.ts";
import { summarise } from "#core/hotspots/summary.ts";
import { createStudySet } from "#core/places/study-set.ts";
import type { EventColumns } from "#core/records/columns.ts";
import { eventKinds } from "#core/records/kinds.ts";
import { createZone } from "#core/time/zone.ts";
import {
  type BenchContext,
  type BenchLine,
  milliseconds,
  notAsked,
  spreadOf,
  timeOnce,
} from "#tests/bench/timing.ts";

const forces = 43;
const years = 10;
const firstYear = 2012;
const rows = Number(process.env["BENCH_NATIONAL_ROWS"] ?? 110_000_000);
/** Rings of cells around the middle of a force: 8,269 cells, as many as two boroughs have. */
const rings = 52;
/** 8 weeks of the last autumn, half-open, in UTC. */
const [from, to] = ["2021-10-01", "2021-11-26"] as const;

/** What is used of DuckDB, which is no package of this project. */
interface Connection {
  readonly run: (sql: string) => Promise<unknown>;
  readonly runAndReadAll: (sql: string) => Promise<{ readonly getRows: () => unknown[][] }>;
}

/**
 * The national reading (docs/scale.md): events of 43 forces as Parquet by force and month, with the columns of
 * `boxster export events --parquet`, and what counting them by cell costs on this machine. One force's counts are compared with
 * Boxster's own over the same rows. Needs DuckDB: `npm install --no-save @duckdb/node-api`.
 */
export async function benchNational({ folder, say }: BenchContext): Promise<BenchLine[]> {
  const db = await openDuckDb();
  if (!db) {
    say("National: skipped, it needs DuckDB: npm install --no-save @duckdb/node-api.");
    return [];
  }
  const files = join(folder, "national");
  mkdirSync(files);
  await addCells(db);
  const madeMs = await timeOnce(async () => {
    for (let force = 0; force < forces; force += 1) {
      say(`National: force ${force + 1} of ${forces}...`);
      await writeForce(db, files, force);
    }
  });
  const found = readdirSync(files, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".parquet"),
  );
  const octets = found.reduce((sum, name) => sum + statSync(join(files, name)).size, 0);
  const [[all] = []] = await ask(db, `select count(*) from ${parquet(files)}`);
  say(`National: ${String(all)} rows in ${found.length} files, ${(octets / 1e9).toFixed(2)} GB.`);
  await compare(db, files);
  const one = await timed(db, countsByCell(files, { force: 0, from, to }));
  const nation = await timed(db, countsByCell(files, { from, to }));
  const whole = await timed(
    db,
    countsByCell(files, { from: `${firstYear}-01-01`, to: "2022-01-01" }),
    3,
  );
  const nights = await timed(db, countsByCell(files, { from, to, nights: true }));
  const size = `${(Number(all) / 1e6).toFixed(0)} M rows of ${forces} forces, ${(octets / 1e9).toFixed(1)} GB`;
  return [
    {
      work: `national: ${size} written as Parquet by force and month`,
      measured: `${(madeMs / 1000).toFixed(0)} s`,
      beside: "",
      ratio: `${(octets / Number(all)).toFixed(1)} octets a row`,
      figure: notAsked(madeMs / 1000, "s"),
    },
    ...(
      [
        ["8 weeks of one force, counts by cell", one, one],
        ["8 weeks of all forces, counts by cell", nation, one],
        ["its Friday and Saturday nights", nights, nation],
        [`${years} years of all forces, counts by cell`, whole, nation],
      ] as const
    ).map(([work, ms, beside]) => ({
      work: `national: ${work}`,
      measured: milliseconds(ms),
      beside: milliseconds(beside),
      ratio: `${(ms / beside).toFixed(2)} times the line before`,
      figure: notAsked(ms, "ms"),
    })),
  ];
}

async function openDuckDb(): Promise<Connection | null> {
  // By a name that nothing resolves beforehand: whoever runs this brings it along.
  const name = ["@duckdb", "node-api"].join("/");
  try {
    const { DuckDBInstance } = (await import(name)) as {
      DuckDBInstance: { create: (path: string) => Promise<{ connect: () => Promise<Connection> }> };
    };
    const db = await (await DuckDBInstance.create(":memory:")).connect();
    await db.run("set timezone = 'UTC'; set preserve_insertion_order = false");
    return db;
  } catch {
    return null;
  }
}

/** Each force has its cells, the busiest first: the square of an even draw takes half of all events to a quarter of them. */
async function addCells(db: Connection): Promise<void> {
  await db.run("create table cells (force int, place int, cell varchar)");
  for (let force = 0; force < forces; force += 1) {
    const values = cellsOf(force).map((cell, at) => `(${force},${at},'${cell}')`);
    await db.run(`insert into cells values ${values.join(",")}`);
  }
}

function cellsOf(force: number): readonly H3Cell[] {
  const middle = [-4.5 + (force % 7) * 0.9, 50.6 + Math.floor(force / 7) * 0.6] as const;
  return sortCells(disk(cellAt(middle, 10), rings));
}

/** A fifth of the events have an uncertain span of up to half a day. */
async function writeForce(db: Connection, files: string, force: number): Promise<void> {
  const count = Math.round(rows / forces);
  const minutes = years * 365.25 * 1440;
  await db.run(`copy (
    with drawn as (
      select i, hash(i, ${force}) as h, hash(i, ${force}, 1) as g from range(${count}) t(i)
    ), placed as (
      select i, h, g,
             floor(pow((h % 1000003) / 1000003.0, 2) * ${cellsOf(force).length})::int as place,
             timestamp '${firstYear}-01-01' + to_minutes((g % ${Math.floor(minutes)})::bigint) as starts_at
        from drawn
    )
    select cell, starts_at,
           starts_at + to_minutes(case when h % 5 = 0 then (g % 720)::bigint else 0 end) as ends_at,
           ['complaint', 'sighting'][1 + (h % 2)::int] as kind, 'resident' as source,
           ['asb', 'kerb_crawling', 'other'][1 + (g % 3)::int] as category,
           strftime(starts_at, '%Y-%m') as month
      from placed join cells on cells.force = ${force} and cells.place = placed.place
     order by starts_at
  ) to '${join(files, `force=${force}`)}' (format parquet, compression zstd, partition_by (month))`);
}

function parquet(files: string): string {
  return `read_parquet('${files}/**/*.parquet', hive_partitioning = true, hive_types_autocast = false)`;
}

interface Asked {
  readonly force?: number;
  readonly from: string;
  readonly to: string;
  readonly nights?: boolean;
}

/** Events whose midpoint lies inside, by cell (DEFINITIONS); a file holds the events that start in its month. */
function countsByCell(files: string, { force, from, to, nights }: Asked): string {
  const middle = "starts_at + (ends_at - starts_at) / 2";
  const local = `timezone('Europe/London', timezone('UTC', ${middle}))`;
  return `select cell, count(*) from ${parquet(files)}
    where ${force === undefined ? "true" : `force = '${force}'`}
      and month between strftime(date '${from}' - interval 1 month, '%Y-%m') and '${to.slice(0, 7)}'
      and ${middle} >= timestamp '${from}' and ${middle} < timestamp '${to}'
      ${nights ? `and isodow(${local} - interval 6 hour) in (5, 6) and (hour(${local}) >= 20 or hour(${local}) < 4)` : ""}
    group by cell`;
}

async function ask(db: Connection, sql: string): Promise<unknown[][]> {
  return (await db.runAndReadAll(sql)).getRows();
}

async function timed(db: Connection, sql: string, runs = 5): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run <= runs; run += 1) times.push(await timeOnce(() => ask(db, sql)));
  // The first one reads the files from the disk.
  return spreadOf(times.slice(1)).median;
}

/** The same eight weeks of one force by Boxster's own counting, cell by cell. */
async function compare(db: Connection, files: string): Promise<void> {
  const read = await ask(
    db,
    `select cell, epoch(starts_at) // 60, epoch(ends_at) // 60 from ${parquet(files)}
      where force = '0' and month between '2021-09' and '2021-11' order by starts_at`,
  );
  const cells = cellsOf(0);
  const places = new Map(cells.map((cell, at) => [String(cell), at]));
  const length = read.length;
  const columns: EventColumns = {
    length,
    cells,
    cell: Uint32Array.from(read, ([cell]) => places.get(String(cell)) ?? 0),
    start: Int32Array.from(read, ([, start]) => Number(start)),
    end: Int32Array.from(read, ([, , end]) => Number(end)),
    kind: new Uint8Array(length),
    source: new Uint8Array(length),
    category: new Uint8Array(length),
    type: new Uint8Array(length),
    types: [],
  };
  const study = createStudySet("force", 10, cells);
  const events = prepareEvents(columns, createZone("Europe/London"));
  const minuteOf = (day: string) => Date.parse(`${day}T00:00:00Z`) / 60_000;
  const { counts } = summarise(
    events,
    studyIndexOfCells(columns, study),
    {
      ...{ from: minuteOf(from), to: minuteOf(to), kinds: [eventKinds[0]], sources: ["resident"] },
      ...{ categories: null, hours: null },
    },
    createSummary(cells.length),
  );
  const theirs = new Map(
    (await ask(db, countsByCell(files, { force: 0, from, to }))).map(([cell, count]) => [
      String(cell),
      Number(count),
    ]),
  );
  cells.forEach((cell, at) => {
    const [own, other] = [counts[at] ?? 0, theirs.get(cell) ?? 0];
    if (own !== other) throw new Error(`${cell}: Boxster counts ${own}, DuckDB ${other}`);
  });
}
