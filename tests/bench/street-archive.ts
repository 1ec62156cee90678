import { existsSync } from "node:fs";
import { basename, resolve } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { operatorActor } from "#server/cli/command.ts";
import { fillPlaces } from "#server/places/load.ts";
import { addStreets } from "#server/places/streets/change-streets.ts";
import { readTile } from "#server/places/streets/kept-tiles.ts";
import { createStreets } from "#server/places/streets/streets.ts";
import { atMost, type BenchContext, type BenchLine, milliseconds } from "#tests/bench/timing.ts";
import { testServices } from "#tests/support/app.ts";
import { openTestDatabase } from "#tests/support/database.ts";
import { randomPlaces } from "#tests/support/pgrouting.ts";
import { matrixOf } from "#tests/support/streets.ts";

/** Not part of the clone: London to zoom 12 and both boroughs to zoom 14, © OpenStreetMap contributors, ODbL. */
const archives = ["london.pmtiles", "enfield-haringey.mbtiles"].map((name) =>
  resolve("..", "shared", "data", "streets", name),
);
const mostMs = 2_000;
const mostMB = 100;
const runs = 3;
const stops = 200;

/** Streets of a real archive: tiles copied and their roads made a graph, and what a server holds of them afterwards. */
export async function benchStreetArchive({ say }: BenchContext): Promise<BenchLine[]> {
  const missing = archives.find((one) => !existsSync(one));
  if (missing) {
    say(`Left out: there is no archive ${missing}.`);
    return [];
  }
  say("Streets: two archives...");
  const { db, drop } = await openTestDatabase("embedded");
  try {
    await fillPlaces(db);
    const services = await testServices(db);
    const { signal } = new AbortController();
    const act = { ...services, actor: operatorActor("bench"), signal };
    const lines: BenchLine[] = [];
    for (const path of archives) lines.push(await lineOf(act, path));
    const megabytes = await heldMegabytes(services.config);
    await services.solver.close();
    return [
      ...lines,
      {
        work: `memory of graph and tiles on the server, once ${stops} x ${stops} times were asked in each way to move`,
        measured: `${megabytes.toFixed(1)} MB`,
        beside: `asked: ${mostMB} MB`,
        ratio: (megabytes / mostMB).toFixed(2),
        figure: atMost(megabytes, "MB", mostMB),
      },
    ];
  } finally {
    await drop();
  }
}

async function lineOf(act: Parameters<typeof addStreets>[0], path: string): Promise<BenchLine> {
  let best = Infinity;
  let found = "";
  for (let run = 0; run < runs; run += 1) {
    const begun = performance.now();
    const given = { path, licence: null, layer: null };
    const { result } = await addStreets(act, given);
    best = Math.min(best, performance.now() - begun);
    const { segments, km } = result;
    found = `${segments.toLocaleString("en-GB")} segments, ${Math.round(km).toLocaleString("en-GB")} km`;
  }
  return {
    work: `${basename(path)} to tiles and a graph of ${found}`,
    measured: milliseconds(best),
    beside: `asked: ${mostMs} ms`,
    ratio: (best / mostMs).toFixed(2),
    figure: atMost(best, "ms", mostMs),
  };
}

/** What the process holds more once streets were opened and used; garbage is collected before both looks. */
async function heldMegabytes(config: Parameters<typeof readTile>[0]): Promise<number> {
  const collect = collector();
  collect();
  const before = heldOctets();
  const streets = createStreets(config.dataFolder);
  const open = await streets.now();
  if (!open) throw new Error("No streets were kept");
  const at = randomPlaces(open.graph, "foot", stops).map((place) => place.at);
  for (const mode of ["foot", "cycle", "vehicle"] as const) {
    matrixOf(open.router, at, mode);
  }
  for (let x = 2_044; x < 2_050; x += 1) {
    await readTile(config, { z: 12, x, y: 1_358 });
  }
  collect();
  const held = heldOctets() - before;
  // Still in use, or it would have been collected too.
  if ((await streets.now()) !== open) throw new Error("The streets changed");
  return held / 1024 ** 2;
}

function heldOctets(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function collector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
}
