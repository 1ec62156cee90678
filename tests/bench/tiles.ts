import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { Agent, createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { createApp } from "#server/app/app.ts";
import { operatorActor } from "#server/cli/command.ts";
import { ownerActor } from "#server/db/database.ts";
import { writeSetting } from "#server/db/settings.ts";
import { fillPlaces } from "#server/places/load.ts";
import { addStreets } from "#server/places/streets/change-streets.ts";
import {
  atMost,
  type BenchContext,
  type BenchLine,
  milliseconds,
  type Spread,
  spreadOf,
} from "#tests/bench/timing.ts";
import { testServices } from "#tests/support/app.ts";
import { pmtilesOf, sceneTiles } from "#tests/support/archives.ts";
import { openTestDatabase } from "#tests/support/database.ts";
import { edmonton, metresFrom } from "#tests/support/street-scene.ts";
import type { TileFeature } from "#tests/support/vector-tile.ts";

/** As many as a browser opens to one server. */
const connections = 6;
const requests = 3_000;
const targetMs = 20;
/** Of octets that do not press: a tile of the middle of London, packed, at zoom 14. */
const tileOctets = 60_000;

/** Tiles as a map asks for them: signed in, over a socket, six at a time, each tile of the area in turn. */
export async function benchTiles({ folder, say }: BenchContext): Promise<BenchLine[]> {
  say(`Tiles: ${requests} of about ${tileOctets / 1_000} kB...`);
  const { db, drop } = await openTestDatabase("embedded");
  try {
    await fillPlaces(db);
    await db.transaction(ownerActor, (tx) => writeSetting(tx, "demo", { asAt: "2021-11-26" }));
    const services = await testServices(db);
    const file = join(folder, "large.pmtiles");
    await writeFile(file, pmtilesOf(sceneTiles({ features: largeFeatures(), minZoom: 14 })));
    const act = { ...services, signal: new AbortController().signal };
    const given = { path: file, licence: null, layer: null };
    const { result } = await addStreets(act, operatorActor("bench"), given);
    const [kept, bytes] = [result.tiles ?? 0, result.bytes ?? 0];
    const limits = { persons: 1_000_000, strangers: 1_000_000 };
    const app = await createApp(services, { limits });
    try {
      const url = await app.listen({ host: "127.0.0.1", port: 0 });
      const cookie = await signIn(url);
      const { median, p95 } = spreadOf(await timesOf(url, cookie, addresses()));
      const bare = await bareTimes();
      return [
        {
          work: `tile p95, ${kept} tiles of ${Math.round(bytes / kept / 1_000)} kB, ${connections} at a time`,
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
function largeFeatures(): TileFeature[] {
  return Array.from({ length: 64 }, (_, index): TileFeature => {
    const from = metresFrom(
      edmonton,
      (index % 8) * 1_500 - 6_000,
      Math.floor(index / 8) * 1_500 - 6_000,
    );
    const name = randomBytes(tileOctets * 0.75).toString("base64");
    const at = [from, metresFrom(from, 90, 40)];
    return { layer: "roads", shape: "line", at, properties: { kind: "minor_road", name } };
  });
}

function addresses(): readonly string[] {
  const tiles = sceneTiles({ features: largeFeatures(), minZoom: 14 });
  return tiles.map(({ z, x, y }) => `/api/tiles/${z}/${x}/${y}`);
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
