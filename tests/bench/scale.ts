import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cellToDecimal } from "#core/geo/cell.ts";
import { createRandom } from "#core/random.ts";
import { type Database, ownerActor, withOptions } from "#server/db/database.ts";
import { fillPlaces } from "#server/places/load.ts";
import { placesOf } from "#server/places/places.ts";
import { createBatch, finishBatch } from "#server/records/queries/batches.ts";
import {
  atMost,
  type BenchContext,
  type BenchLine,
  milliseconds,
  notAsked,
  type Spread,
  spreadOf,
  timeOnce,
} from "#tests/bench/timing.ts";
import { engines, openTestDatabase } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";
import { serveInProcess } from "#tests/support/served-process.ts";

const sizes = [1_000_000, 10_000_000] as const;
const clients = 50;
const callsEach = 40;
const insertedAtOnce = 500_000;

/**
 * `GET /api/hotspots` for 50 people at once while the table grows: each asks for one of the team's
 * periods and hours, as fast as they are answered. What nobody has asked since the last import is timed
 * by itself. Beside both, how the same took with a tenth of the rows.
 */
export async function benchScale({ folder, say }: BenchContext): Promise<BenchLine[]> {
  if (!engines.includes("postgres")) {
    say("Scale: skipped, it needs TEST_DATABASE_URL.");
    return [];
  }
  const { db, url, drop } = await openTestDatabase("postgres");
  const data = mkdtempSync(join(folder, "scale-"));
  const lines: BenchLine[] = [];
  try {
    await makeDemonstration(db);
    let rows = 0;
    let before: Waits | null = null;
    for (const size of sizes) {
      say(`Scale: ${size} events...`);
      await addEvents(db, size - rows);
      rows = size;
      const server = await serveInProcess({ DATABASE_URL: url ?? "", BOXSTER_DATA: data });
      try {
        const waits = await ask(server.url);
        lines.push(...linesOf(size, waits, before));
        before = waits;
      } finally {
        await server.stop();
      }
    }
  } finally {
    await drop();
    rmSync(data, { recursive: true, force: true });
  }
  return lines;
}

/** Of what is kept. */
const askedMs = 150;

interface Waits {
  readonly anew: Spread;
  readonly again: Spread;
}

function linesOf(rows: number, waits: Waits, before: Waits | null): BenchLine[] {
  const of = `hotspots of ${rows.toLocaleString("en-GB")} events`;
  return [
    lineOf(`${of}, a question nobody has asked`, waits.anew, before?.anew),
    lineOf(`${of}, ${clients} people at once`, waits.again, before?.again, askedMs),
  ];
}

function lineOf(
  work: string,
  spread: Spread,
  before: Spread | undefined,
  asked?: number,
): BenchLine {
  return {
    work,
    measured: `${milliseconds(spread.median)} median, ${milliseconds(spread.p95)} p95`,
    beside: before ? `${milliseconds(before.p95)} p95 with a tenth of the rows` : "",
    ratio: before ? (spread.p95 / before.p95).toFixed(2) : "",
    figure: asked ? atMost(spread.p95, "ms", asked) : notAsked(spread.p95, "ms"),
  };
}

export async function makeDemonstration(db: Database): Promise<void> {
  await fillPlaces(db);
  await fillDemo(db);
}

/** Ten years before the as-at date, busy and quiet cells, one in five uncertain by hours and one in fifty by a month. */
export async function addEvents(db: Database, count: number): Promise<void> {
  const { command } = await placesOf({ db });
  const cells = command.cells.map(cellToDecimal);
  for (let done = 0; done < count; done += insertedAtOnce) {
    const rows = Math.min(insertedAtOnce, count - done);
    await withOptions(db, { long: true }).transaction(ownerActor, async (tx) => {
      const batch = await createBatch(tx, { person: "bench", fileName: "made-up" });
      await tx.query(
        `insert into event (batch_id, cell, kind, source, category, starts_at, ends_at)
         select $1::int, ($2::bigint[])[1 + floor(power(random(), 3) * $3::int)::int],
                'complaint', 'resident', 'asb', start,
                start + case when u < .02 then interval '720 hours' when u < .2 then interval '3 hours' else interval '0 hours' end
         from (
           select timestamptz '2011-11-26' + floor(random() * 5258880)::int * interval '1 minute' as start, random() as u
           from generate_series(1, $4::int)
         ) as drawn`,
        [batch, cells, cells.length, rows],
      );
      await finishBatch(tx, batch, { rows, accepted: rows, rejected: 0, duplicates: 0 });
    });
  }
  await withOptions(db, { long: true }).transaction(ownerActor, (tx) => tx.script("analyze event"));
}

/** What the people of one team look at: a few weeks that end lately, at all hours or on their nights. */
export const questions = Array.from({ length: 12 }, (_, at) => {
  const from = `2021-${["09", "10", "11"][at % 3]}-0${1 + (at % 4)}`;
  const hours = at % 2 === 0 ? "" : "&days=fri,sat&hours=20-02";
  return `/api/hotspots?from=${from}&to=2021-11-2${2 + (at % 4)}&limit=100${hours}`;
});

async function ask(url: string): Promise<Waits> {
  const cookies = await Promise.all(Array.from({ length: clients }, () => signIn(url)));
  const anew: number[] = [];
  for (const question of questions) {
    anew.push(await timeOnce(() => read(url, cookies[0] ?? "", question)));
  }
  const again: number[] = [];
  const people = cookies.map(async (cookie, person) => {
    const random = createRandom(person + 1);
    for (let call = 0; call < callsEach; call += 1) {
      const question = questions[random.integer(questions.length)] ?? "";
      again.push(await timeOnce(() => read(url, cookie, question)));
    }
  });
  await Promise.all(people);
  return { anew: spreadOf(anew), again: spreadOf(again) };
}

export async function signIn(url: string): Promise<string> {
  const reply = await fetch(`${url}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ role: "sergeant" }),
  });
  await reply.text();
  return reply.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}

export async function read(url: string, cookie: string, path: string): Promise<void> {
  const reply = await fetch(`${url}${path}`, { headers: { cookie } });
  const text = await reply.text();
  if (reply.status !== 200) throw new Error(`${path} was answered ${reply.status} ${text}`);
}
