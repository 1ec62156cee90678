import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pmtilesOf, sceneTiles } from "#tests/support/archives.ts";
import { type RangeServer, startRangeServer } from "#tests/support/range-server.ts";
import { edmonton, metresFrom } from "#tests/support/street-scene.ts";
import type { TileFeature } from "#tests/support/vector-tile.ts";

/** Of more octets than the head of an archive, so that a download breaks off among them. */
const roads = Array.from({ length: 900 }, (_, index): TileFeature => {
  const [east, north] = [(index % 30) * 40, Math.floor(index / 30) * 40];
  const at = [metresFrom(edmonton, east, north), metresFrom(edmonton, east + 40, north)];
  const properties = { kind: "minor_road", name: `Road ${index}` };
  return { layer: "roads", shape: "line", at, properties };
});

let server: RangeServer;
beforeAll(async () => {
  server = await startRangeServer(pmtilesOf(sceneTiles({ features: roads }), { compression: 1 }));
});
afterAll(() => server.close());

interface Start {
  readonly lines: readonly string[];
  readonly page: URL;
  /** Whether streets were asked for before the first page was there. */
  readonly askedBefore: boolean;
  readonly end: () => Promise<void>;
}

/** `npm start` with words of its own, until the first page is there. */
async function start(folder: string, ...words: readonly string[]): Promise<Start> {
  const port = await freePort();
  const before = server.asked.length;
  const child = spawn(process.execPath, [join("server", "cli", "start.mjs"), ...words], {
    env: { ...process.env, PORT: String(port), BOXSTER_DATA: folder },
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (octets: Buffer) => lines.push(...octets.toString().split("\n")));
  }
  const page = new URL(`http://127.0.0.1:${port}/`);
  while (
    !(await fetch(page).then(
      (reply) => reply.ok,
      () => false,
    ))
  )
    await wait(50);
  const askedBefore = server.asked.length > before;
  return {
    lines,
    page,
    askedBefore,
    end: async () => {
      const over = new Promise((done) => child.once("exit", done));
      child.kill("SIGINT");
      await over;
    },
  };
}

function freePort(): Promise<number> {
  const probe = createServer();
  return new Promise((done) => {
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => done(port));
    });
  });
}

const hasStreets = async ({ page }: Start) => {
  const signedIn = await fetch(new URL("/api/session", page), {
    method: "POST",
    headers: { "content-type": "application/json", origin: new URL(page).origin },
    body: JSON.stringify({ role: "sergeant" }),
  });
  const cookie = signedIn.headers.getSetCookie().map((one) => one.split(";")[0] ?? "");
  const reply = await fetch(new URL("/api/places", page), {
    headers: { cookie: cookie.join("; ") },
  });
  return ((await reply.json()) as { basemap: unknown }).basemap !== null;
};

test("a server of streets that is slow, cut or absent keeps no first page waiting, and what broke off goes on", async () => {
  const folder = await mkdtemp(join(tmpdir(), "boxster-start-"));
  try {
    server.behave({ kind: "cut", after: 17_000, times: 1_000 });
    const cut = await start(folder, `--streets=${server.url}`);
    expect(cut.askedBefore).toBe(false);
    await expect
      .poll(() => cut.lines.join(" "), { timeout: 60_000 })
      .toMatch(/broke off.*trying again/);
    expect(await hasStreets(cut)).toBe(false);
    await cut.end();

    const absent = await start(folder, "--streets=http://127.0.0.1:9/planet.pmtiles");
    await expect
      .poll(() => absent.lines.join(" "), { timeout: 60_000 })
      .toMatch(/cannot be reached/);
    expect(absent.lines.filter((line) => line.includes("planet.pmtiles"))).toHaveLength(1);
    await absent.end();

    server.behave({ kind: "slow", ms: 700 });
    const slow = await start(folder, `--streets=${server.url}`);
    expect(slow.askedBefore).toBe(false);
    await expect.poll(() => hasStreets(slow), { timeout: 120_000 }).toBe(true);
    expect(slow.lines.join(" ")).toMatch(/came before, going on from there/);
    await slow.end();
    for (const { lines } of [cut, absent, slow]) {
      expect(lines.join(" ")).not.toMatch(/Warning|unsettled|ended before it answered/);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
