import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { createRandom } from "#core/random.ts";
import { ownerActor } from "#server/db/database.ts";
import { fileSource } from "#server/files/import-source.ts";
import { importPositions } from "#server/patrols/positions/import-positions.ts";
import { fillPlaces } from "#server/places/load.ts";
import {
  atMost,
  type BenchContext,
  type BenchLine,
  milliseconds,
  timeOnce,
} from "#tests/bench/timing.ts";
import { testServices } from "#tests/support/app.ts";
import { openTestDatabase } from "#tests/support/database.ts";

const fixes = 10_000_000;
const devices = 60;
const refreshSeconds = 10;
const target = { ms: 60_000, octets: 500e6 };

/**
 * Ten million fixes from a file to stored dose, beside only reading its octets and parting them into lines; and the most
 * memory over idle.
 */
export async function benchPositions({ folder, say }: BenchContext): Promise<BenchLine[]> {
  say(`Positions: ${fixes} fixes...`);
  const file = join(folder, "positions.csv");
  await writeWalks(file);
  const bare = await timeOnce(() => readLines(file));
  const { db, drop } = await openTestDatabase("embedded");
  const services = await testServices(db);
  try {
    await fillPlaces(db);
    let peak = 0;
    const idle = process.memoryUsage().rss;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss - idle);
    }, 20);
    const spentBefore = process.cpuUsage();
    const whole = await timeOnce(async () => {
      const result = await importPositions(
        { ...services, actor: ownerActor },
        {
          sources: [await fileSource(file)],
          choices: {
            map: {},
            order: "day-first",
            refresh: null,
            devicePerFile: false,
          },
          signal: new AbortController().signal,
          onProgress: () => undefined,
        },
      );
      if (result.accepted !== fixes) throw new Error(`${result.accepted} of ${fixes} came in`);
    });
    const { user, system } = process.cpuUsage(spentBefore);
    clearInterval(watch);
    const work = `${fixes.toLocaleString("en-GB")} fixes of ${devices} devices to patrol time`;
    return [
      {
        work,
        measured: `${milliseconds(whole)}, processor time ${milliseconds((user + system) / 1000)}`,
        beside: `${milliseconds(bare)} for reading the file and parting it into lines`,
        ratio: (whole / bare).toFixed(1),
        figure: atMost(whole / 1000, "s", target.ms / 1000),
      },
      {
        work: `${work}: memory`,
        measured: `${(peak / 1e6).toFixed(0)} MB over idle`,
        beside: `${((fixes * 8) / 1e6).toFixed(0)} MB for eight octets a fix`,
        ratio: (peak / (fixes * 8)).toFixed(1),
        figure: atMost(peak / 1e6, "MB", target.octets / 1e6),
      },
    ];
  } finally {
    await services.solver.close();
    await drop();
  }
}

async function readLines(file: string): Promise<void> {
  let lines = 0;
  for await (const piece of (await fileSource(file)).open()) {
    for (let at = piece.indexOf(10); at !== -1; at = piece.indexOf(10, at + 1)) lines += 1;
  }
  if (lines < fixes) throw new Error(`${lines} lines`);
}

/** Devices on foot and in vehicles in turn, line by line in order of time, as a log has them. */
async function writeWalks(file: string): Promise<void> {
  const random = createRandom(53);
  const out = createWriteStream(file);
  let lines = ["time,device,latitude,longitude"];
  const flush = async () => {
    if (!out.write(`${lines.join("\n")}\n`)) await once(out, "drain");
    lines = [];
  };
  const start = Date.now() - 30 * 86_400_000;
  const at = Array.from({ length: devices }, (_, device) => ({
    lat: 51.6 + random.next() * 0.05,
    lng: -0.1 + random.next() * 0.06,
    heading: random.next() * 6.28,
    step: (device % 2 === 0 ? 13 : 90) / 111_200,
  }));
  for (let written = 0; written < fixes; ) {
    const time = new Date(start + Math.floor(written / devices) * refreshSeconds * 1000);
    const text = time.toISOString().slice(0, 19);
    for (let device = 0; device < devices && written < fixes; device += 1, written += 1) {
      const own = at[device];
      if (own === undefined) continue;
      own.heading += (random.next() - 0.5) * 0.6;
      own.lat = bounced(own.lat + Math.cos(own.heading) * own.step, 51.58, 51.68);
      own.lng = bounced(own.lng + Math.sin(own.heading) * own.step * 1.6, -0.13, -0.02);
      lines.push(`${text}Z,R${1_000 + device},${own.lat.toFixed(6)},${own.lng.toFixed(6)}`);
    }
    if (lines.length > 10_000) await flush();
  }
  await flush();
  out.end();
  await once(out, "finish");
}

function bounced(value: number, least: number, most: number): number {
  if (value < least) return 2 * least - value;
  return value > most ? 2 * most - value : value;
}
