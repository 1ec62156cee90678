import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { addEvents, makeDemonstration, signIn } from "#tests/bench/scale.ts";
import {
  atMost,
  type BenchContext,
  type BenchLine,
  milliseconds,
  notAsked,
  spreadOf,
  timeOnce,
} from "#tests/bench/timing.ts";
import { engines, openTestDatabase } from "#tests/support/database.ts";
import { type ServedProcess, serveInProcess } from "#tests/support/served-process.ts";

const events = 1_000_000;
const visitors = 30;

/**
 * What opening the page costs the server at a million events: the first visitor after a change, each further one, and 30 at
 * once with sign-ins beside them. Compressed as a browser asks for it.
 */
export async function benchOpen({ folder, say }: BenchContext): Promise<BenchLine[]> {
  if (!engines.includes("postgres")) {
    say("Open: skipped, it needs TEST_DATABASE_URL.");
    return [];
  }
  const { db, url, drop } = await openTestDatabase("postgres");
  const data = mkdtempSync(join(folder, "open-"));
  try {
    say(`Open: ${events} events...`);
    await makeDemonstration(db);
    await addEvents(db, events);
    const server = await serveInProcess({ DATABASE_URL: url ?? "", BOXSTER_DATA: data });
    try {
      return await measure(server);
    } finally {
      await server.stop();
    }
  } finally {
    await drop();
    rmSync(data, { recursive: true, force: true });
  }
}

async function measure(server: ServedProcess): Promise<BenchLine[]> {
  const cookies = await Promise.all(Array.from({ length: visitors }, () => signIn(server.url)));
  const [one = ""] = cookies;
  await settled(server);
  const first = await costOf(server, () => openEvents(server.url, one));
  await settled(server);
  const many = 20;
  const further = await costOf(server, async () => {
    for (let at = 0; at < many; at += 1) await openEvents(server.url, one);
  });
  const waits: number[] = [];
  const signIns: number[] = [];
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, server.memory() ?? 0);
  }, 50);
  await Promise.all([
    ...cookies.map(async (cookie) => {
      waits.push(await timeOnce(() => openEvents(server.url, cookie)));
    }),
    ...Array.from({ length: 5 }, async () => {
      signIns.push(await timeOnce(() => signIn(server.url)));
    }),
  ]);
  clearInterval(watch);
  const seconds = further.processor / many;
  return [
    {
      work: `events of ${events.toLocaleString("en-GB")} to the first visitor after a change`,
      measured: `${milliseconds(first.ms)}, ${first.processor.toFixed(2)} s of processor time, ${(first.octets / 1e6).toFixed(1)} MB`,
      beside: "",
      ratio: "",
      figure: notAsked(first.ms, "ms"),
    },
    lineOf(
      "to each further visitor, processor time of the server",
      seconds,
      "s",
      0.05,
      first.processor,
    ),
    lineOf(
      `to ${visitors} visitors at once, p95`,
      spreadOf(waits).p95 / 1000,
      "s",
      2,
      first.ms / 1000,
    ),
    lineOf("to sign in meanwhile, p95", spreadOf(signIns).p95 / 1000, "s", 0.3, null),
    lineOf("memory of the server meanwhile, at most", most, "MB", 600, null),
  ];
}

function lineOf(
  work: string,
  value: number,
  unit: string,
  target: number,
  first: number | null,
): BenchLine {
  return {
    work,
    measured: `${value.toPrecision(2)} ${unit}`,
    beside: first === null ? "" : `${first.toPrecision(2)} ${unit} for the first, in this run`,
    ratio: first === null ? "" : (value / first).toFixed(3),
    figure: atMost(value, unit, target),
  };
}

/** A server that has just started looks for displacement, in threads of its own. */
export async function settled(server: ServedProcess): Promise<void> {
  for (let tries = 0; tries < 120; tries += 1) {
    const before = processorSeconds(server.pid);
    await wait(1_000);
    if (processorSeconds(server.pid) - before < 0.03) return;
  }
}

interface Cost {
  readonly ms: number;
  /** Seconds of the server's process. */
  readonly processor: number;
  readonly octets: number;
}

async function costOf(server: ServedProcess, work: () => Promise<unknown>): Promise<Cost> {
  const before = processorSeconds(server.pid);
  let octets = 0;
  const ms = await timeOnce(async () => {
    const got = await work();
    octets = typeof got === "number" ? got : 0;
  });
  return { ms, processor: processorSeconds(server.pid) - before, octets };
}

function processorSeconds(pid: number): number {
  if (!readdirSync("/proc").includes(String(pid))) return 0;
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // Behind the name in brackets: user and system time are the 12th and 13th, in hundredths.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Both files, as a page asks for them, left compressed: what a browser does with them is not the server's. Octets over the wire. */
export async function openEvents(url: string, cookie: string): Promise<number> {
  let octets = 0;
  for (const part of ["recent", "older"]) {
    octets += await new Promise<number>((resolve, reject) => {
      const headers = { cookie, "accept-encoding": "br, gzip" };
      const asked = get(`${url}/api/events?part=${part}`, { headers }, (reply) => {
        if (reply.statusCode !== 200) reject(new Error(`Events: ${reply.statusCode}`));
        let length = 0;
        reply.on("data", (chunk: Buffer) => {
          length += chunk.length;
        });
        reply.once("end", () => resolve(length));
      });
      asked.once("error", reject);
    });
  }
  return octets;
}
