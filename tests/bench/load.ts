import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createRandom } from "#core/random.ts";
import { openEvents, settled } from "#tests/bench/open.ts";
import { addEvents, makeDemonstration, questions, read, signIn } from "#tests/bench/scale.ts";
import {
  type BenchContext,
  type BenchLine,
  milliseconds,
  type Spread,
  spreadOf,
  timeOnce,
} from "#tests/bench/timing.ts";
import { engines, openTestDatabase } from "#tests/support/database.ts";
import { serveInProcess } from "#tests/support/served-process.ts";

const events = 1_000_000;
const people = 50;
/** Of each half: without anybody opening the page, and with. */
const seconds = Number(process.env["BENCH_LOAD_SECONDS"] ?? 150);
/** Of all that people do. */
const opening = 0.015;
/** Milliseconds between two things that one person does. */
const pause = { least: 500, more: 1_500 };

/**
 * 50 people at a million events, five minutes: what hotspots take while nobody opens the page, and while 1.5% of what people do is
 * to open it.
 */
export async function benchLoad({ folder, say }: BenchContext): Promise<BenchLine[]> {
  if (!engines.includes("postgres")) {
    say("Load: skipped, it needs TEST_DATABASE_URL.");
    return [];
  }
  const { db, url, drop } = await openTestDatabase("postgres");
  const data = mkdtempSync(join(folder, "load-"));
  try {
    say(`Load: ${events} events...`);
    await makeDemonstration(db);
    await addEvents(db, events);
    const server = await serveInProcess({ DATABASE_URL: url ?? "", BOXSTER_DATA: data });
    try {
      await settled(server);
      const cookies = await Promise.all(Array.from({ length: people }, () => signIn(server.url)));
      // The first question of each kind, and the first page, are other benches'.
      for (const question of questions) await read(server.url, cookies[0] ?? "", question);
      await openEvents(server.url, cookies[0] ?? "");
      say(`Load: ${people} people for twice ${seconds} s...`);
      const without = await work(server.url, cookies, 0);
      const mixed = await work(server.url, cookies, opening);
      const ratio = mixed.hotspots.p95 / without.hotspots.p95;
      return [
        {
          work: `hotspots of ${events.toLocaleString("en-GB")} events, ${people} people, ${mixed.opens} of whom open the page in ${seconds} s`,
          measured: wordsOf(mixed.hotspots),
          beside: `${wordsOf(without.hotspots)} while nobody does, in this run; ${without.calls + mixed.calls} calls, ${without.faults + mixed.faults} errors`,
          ratio: ratio.toFixed(2),
          figure: {
            value: ratio,
            unit: "times the p95 without",
            target: 2,
            ok: ratio <= 2 && without.faults + mixed.faults === 0,
          },
        },
      ];
    } finally {
      await server.stop();
    }
  } finally {
    await drop();
    rmSync(data, { recursive: true, force: true });
  }
}

function wordsOf({ median, p95 }: Spread): string {
  return `${milliseconds(median)} median, ${milliseconds(p95)} p95`;
}

const others = [
  "/api/keep-clear/notices",
  "/api/keep-clear/notices",
  "/api/session",
  "/api/keep-clear",
  "/api/plans?from=2021-11-29&days=7",
];

async function work(url: string, cookies: readonly string[], opens: number) {
  const until = performance.now() + seconds * 1000;
  const waits: number[] = [];
  const counts = { calls: 0, opens: 0, faults: 0 };
  await Promise.all(
    cookies.map(async (cookie, person) => {
      const random = createRandom(person + 1);
      while (performance.now() < until) {
        await wait(pause.least + random.integer(pause.more));
        counts.calls += 1;
        try {
          const drawn = random.next();
          if (drawn < opens) {
            counts.opens += 1;
            await openEvents(url, cookie);
          } else if (drawn < 0.3) {
            const question = questions[random.integer(questions.length)] ?? "";
            waits.push(await timeOnce(() => read(url, cookie, question)));
          } else await read(url, cookie, others[random.integer(others.length)] ?? "");
        } catch {
          counts.faults += 1;
        }
      }
    }),
  );
  return { ...counts, hotspots: spreadOf(waits) };
}
