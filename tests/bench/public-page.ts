import { mkdtempSync, rmSync } from "node:fs";
import { Agent, get } from "node:http";
import { join } from "node:path";
import { publicReleaseCalls } from "#core/releases/wire/releases.ts";
import { languageCodes } from "#core/text/languages.ts";
import {
  atLeast,
  type BenchContext,
  type BenchLine,
  milliseconds,
  spreadOf,
} from "#tests/bench/timing.ts";
import { serveInProcess } from "#tests/support/served-process.ts";

const seconds = 15;
/** Each from an address of its own, for an address has a limit. */
const readers = 60;
const wanted = 200;

/**
 * Residents who read the public page at once, each on a connection of their own: any area and
 * language, compressed as a browser asks for it.
 */
export async function benchPublicPage({ folder, say }: BenchContext): Promise<BenchLine[]> {
  const data = mkdtempSync(join(folder, "public-"));
  const server = await serveInProcess({ BOXSTER_DATA: data, BOXSTER_DEMO: "1" });
  try {
    say(`Public page: ${readers} readers for ${seconds} s...`);
    const latest = await fetch(`${server.url}${publicReleaseCalls.latest.at.slice(4)}`);
    const { release } = publicReleaseCalls.latest.reply.parse(await latest.json());
    const paths = release.areas.flatMap(({ id }) =>
      languageCodes.map((lang) => `/public?area=${id}&lang=${lang}`),
    );
    const waits: number[] = [];
    let faults = 0;
    let octets = 0;
    const until = performance.now() + seconds * 1000;
    await Promise.all(
      Array.from({ length: readers }, async (_, reader) => {
        const agent = new Agent({ keepAlive: true, maxSockets: 1 });
        const from = `127.0.0.${reader + 2}`;
        for (let at = reader; performance.now() < until; at += 7) {
          const began = performance.now();
          const read = await readPage(`${server.url}${paths[at % paths.length]}`, agent, from);
          waits.push(performance.now() - began);
          octets = Math.max(octets, read.octets);
          if (read.status !== 200) faults += 1;
        }
        agent.destroy();
      }),
    );
    const rate = Math.round(waits.length / seconds);
    const { median, p95 } = spreadOf(waits);
    return [
      {
        work: `the public page, ${readers} readers at once, ${paths.length} pages of at most ${(octets / 1000).toFixed(1)} kB packed`,
        measured: `${rate} a second, ${milliseconds(median)} median, ${milliseconds(p95)} p95`,
        beside: `at least ${wanted} a second; ${faults} errors`,
        ratio: (rate / wanted).toFixed(1),
        figure: {
          ...atLeast(rate, "requests a second", wanted),
          ok: rate >= wanted && faults === 0,
        },
      },
    ];
  } finally {
    await server.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

function readPage(
  url: string,
  agent: Agent,
  localAddress: string,
): Promise<{ status: number; octets: number }> {
  return new Promise((resolve) => {
    const headers = { "accept-encoding": "br" };
    get(url, { agent, localAddress, headers }, (reply) => {
      let octets = 0;
      reply.on("data", (part: Buffer) => {
        octets += part.length;
      });
      reply.on("end", () => resolve({ status: reply.statusCode ?? 0, octets }));
    }).on("error", () => resolve({ status: 0, octets: 0 }));
  });
}
