import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { Agent, createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname } from "node:path";
import { performance } from "node:perf_hooks";
import { gzipSync } from "node:zlib";
import { buildGraph } from "#core/places/streets/build-graph.ts";
import { createApp } from "#server/app/app.ts";
import type { Config } from "#server/config.ts";
import { ownerActor } from "#server/db/database.ts";
import { writeSetting } from "#server/db/settings.ts";
import { fillPlaces } from "#server/places/load.ts";
import { createKeptFile } from "#server/places/streets/kept-file.ts";
import { streetsFile } from "#server/places/streets/streets.ts";
import {
  atMost,
  type BenchContext,
  type BenchLine,
  milliseconds,
  type Spread,
  spreadOf,
} from "#tests/bench/timing.ts";
import { testServices } from "#tests/support/app.ts";
import { openTestDatabase } from "#tests/support/database.ts";
import { wordsOf } from "#tests/support/kept-graph.ts";
import { edmonton } from "#tests/support/street-scene.ts";
import { tileAt } from "#tests/support/vector-tile.ts";

/** As many as a browser opens to one server. */
const connections = 6;
const requests = 3_000;
const targetMs = 20;
/** Of octets that do not press: a tile of the middle of London, packed, at zoom 14. */
const tileOctets = 46_000;

/** Tiles as a map asks for them: signed in, over a socket, six at a time, each tile of the area in turn. */
export async function benchTiles({ say }: BenchContext): Promise<BenchLine[]> {
  say(`Tiles: ${requests} of about ${tileOctets / 1_000} kB...`);
  const { db, drop } = await openTestDatabase("embedded");
  try {
    await fillPlaces(db);
    await db.transaction(ownerActor, (tx) => writeSetting(tx, "demo", { asAt: "2021-11-26" }));
    const services = await testServices(db);
    await keepLarge(services.config);
    const limits = { persons: 1_000_000, strangers: 1_000_000 };
    const app = await createApp(services, { limits });
    try {
      const url = await app.listen({ host: "127.0.0.1", port: 0 });
      const cookie = await signIn(url);
      const { median, p95 } = spreadOf(await timesOf(url, cookie, addresses()));
      const bare = await bareTimes();
      return [
        {
          work: `tile p95, ${block.length} tiles of ${tileOctets / 1_000} kB, ${connections} at a time`,
          measured: `${milliseconds(p95)}, median ${milliseconds(median)}`,
          beside: `${milliseconds(bare.p95)}, median ${milliseconds(bare.median)}, of a server that sends as many octets and does nothing else, in this run; asked: ${targetMs} ms`,
          ratio: (p95 / bare.p95).toFixed(2),
          figure: atMost(p95, "ms", targetMs),
        },
      ];
    } finally {
      await app.close();
      await services.solver.close();
    }
  } finally {
    await drop();
  }
}

/** What the machine and its sockets take by themselves. */
async function bareTimes(): Promise<Spread> {
  const octets = randomBytes(tileOctets * 0.75);
  const server = createServer((_request, reply) => reply.end(octets));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const times = await timesOf(`http://127.0.0.1:${port}`, "", addresses());
  server.close();
  return spreadOf(times);
}

/** One street in each tile of zoom 14 about the middle, with a name as long as a whole tile is. */
/** A block of 8 by 8 in the middle of the area. */
const middle = tileAt(edmonton, 14);
const block = Array.from({ length: 64 }, (_, index) => ({
  z: 14,
  x: middle.x + (index % 8) - 4,
  y: middle.y + Math.floor(index / 8) - 4,
}));

/** Puts an archive in place as it is kept, of octets that do not press: what is in a tile is nobody's matter on its way. */
async function keepLarge(config: Config): Promise<void> {
  const path = streetsFile(config.dataFolder);
  await mkdir(dirname(path), { recursive: true });
  const file = await createKeptFile(path);
  for (const tile of block) await file.add(tile, gzipSync(randomBytes(tileOctets)));
  await file.finish(buildGraph([]), wordsOf({ source: "bench" }));
}

function addresses(): readonly string[] {
  return block.map(({ z, x, y }) => `/api/tiles/${z}/${x}/${y}`);
}

async function signIn(url: string): Promise<string> {
  const reply = await fetch(`${url}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ role: "sergeant" }),
  });
  return reply.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
}

/** Milliseconds of each, from the question to the last octet; the first round of all warms up and does not count. */
async function timesOf(url: string, cookie: string, paths: readonly string[]): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  let next = 0;
  const work = async () => {
    while (next < requests + paths.length) {
      const index = next;
      next += 1;
      const from = performance.now();
      await fetchTile(`${url}${paths[index % paths.length] ?? ""}`, cookie, agent);
      if (index >= paths.length) times.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  agent.destroy();
  return times;
}

function fetchTile(url: string, cookie: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers: { cookie, "accept-encoding": "gzip" } }, (reply) => {
      if (reply.statusCode !== 200) reject(new Error(`${url} answered ${reply.statusCode}`));
      reply.on("data", () => undefined);
      reply.on("end", resolve);
    }).on("error", reject);
  });
}
