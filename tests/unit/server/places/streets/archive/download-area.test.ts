import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tilesOfArea } from "#core/geo/tiles/area-tiles.ts";
import type { Region } from "#core/places/place.ts";
import {
  type Download,
  downloadArea,
  openCopy,
} from "#server/places/streets/archive/download-area.ts";
import { openPmtilesFile } from "#server/places/streets/archive/pmtiles.ts";
import {
  archiveAddress,
  createRangeSource,
  planetBuilds,
} from "#server/places/streets/archive/range-source.ts";
import { pmtilesOf, sceneTiles } from "#tests/support/archives.ts";
import { type RangeServer, startRangeServer } from "#tests/support/range-server.ts";
import { testFolder } from "#tests/support/scratch.ts";
import { edmonton, metresFrom, sceneFeatures } from "#tests/support/street-scene.ts";
import type { TileFeature } from "#tests/support/vector-tile.ts";

const area: Region = {
  name: "Edmonton",
  grid: null,
  west: -0.09,
  south: 51.606,
  east: -0.04,
  north: 51.634,
};

/** The scene, and far more around it that nobody asks for; longer than the first octets that are always asked for. */
const around: TileFeature[] = Array.from({ length: 3_000 }, (_, index) => {
  const from = metresFrom(
    edmonton,
    (index % 60) * 400 - 12_000,
    Math.floor(index / 60) * 400 - 10_000,
  );
  const at = [from, metresFrom(from, (index * 37) % 300, (index * 53) % 290)];
  return {
    layer: "roads",
    shape: "line",
    at,
    properties: { kind: "path", name: `Path ${index}` },
    from: 11,
  };
});
const planet = pmtilesOf(sceneTiles({ features: [...sceneFeatures("protomaps"), ...around] }), {
  leaves: 100,
});

const { signal } = new AbortController();
let folder = "";
let server: RangeServer;
const said: string[] = [];
beforeEach(async () => {
  folder = testFolder("get");
  server = await startRangeServer(planet);
  said.length = 0;
});
afterEach(async () => {
  await server.close();
});

async function download(more: Partial<Download> = {}) {
  const copied = await downloadArea({
    url: new URL(server.url),
    area,
    folder,
    maxZoom: 15,
    signal,
    say: (line) => said.push(line),
    waits: [],
    ...more,
  });
  return openCopy(copied);
}

/** Whether each tile of the area is what the archive has. */
async function expectWhole(copy: Awaited<ReturnType<typeof openCopy>>) {
  const path = join(folder, "planet");
  await writeFile(path, planet);
  const archive = await openPmtilesFile(path);
  let tiles = 0;
  for (const tile of tilesOfArea(area, 0, 14)) {
    const wanted = await archive.read(tile);
    expect(await copy.read(tile)).toEqual(wanted);
    if (wanted) tiles += 1;
  }
  expect(tiles).toBeGreaterThan(30);
  await archive.close();
  await copy.close();
}

const partial = () => readFile(join(folder, "download.part"));

describe("a download of the area", () => {
  it("asks for its tiles and for nothing else, each octet once", async () => {
    await expectWhole(await download());
    const tiles = await partial();
    const [first, ...rest] = server.asked;
    expect(first).toBe("0-16383");
    expect(server.asked).not.toContain("whole");
    const octets = rest.map((range) => range.split("-").map(Number));
    const ofTiles = octets.filter(([from = 0]) => from >= planet.length - tileLength());
    const length = ofTiles.reduce((sum, [from = 0, to = 0]) => sum + to - from + 1, 0);
    expect(length).toBe(tiles.length);
    expect(tiles.length).toBeLessThan(tileLength() / 4);
  });

  it("says licence, attribution and size before the first tile, and how far it is", async () => {
    const before: number[] = [];
    await (
      await download({ say: (line) => said.push(line) && before.push(server.sent()) })
    ).close();
    const [from, size, ...far] = said;
    expect([from, size]).toEqual([
      expect.stringMatching(
        /^http:\/\/127\.0\.0\.1:\d+\/planet\.pmtiles: Protomaps \(OpenStreetMap\)\. Attribution, drawn on every map: © OpenStreetMap contributors\. Licence: Open Database Licence \(ODbL\) 1\.0\.$/,
      ),
      expect.stringMatching(
        /^\d+ tiles of the area, zoom 0 to 14: \d+ kB to download, and nothing else is asked for\.$/,
      ),
    ]);
    // Once, or more often where a second passes on the way.
    for (const line of far) expect(line).toMatch(/^\d+ kB of \d+ kB \(\d+%\)$/);
    expect(far.at(-1)).toContain("(100%)");
    expect(before[1]).toBeLessThan(before.at(-1) ?? 0);
    expect(said.join()).not.toContain("secret");
  });

  it("goes on by itself where the connection is cut, and asks for no octet again", async () => {
    const cut = await openCut(2);
    await expectWhole(cut);
    expect(said.filter((line) => line.includes("trying again"))).toHaveLength(2);
    expectNothingTwice();
  });

  it("goes on with the next command where it was given up, and asks for no octet again", async () => {
    await expect(openCut(1, [])).rejects.toMatchObject({
      name: "ArchiveFault",
      message: expect.stringMatching(
        /broke off.*\(\d+%\) are kept: run the same command again to continue\./,
      ),
    });
    const came = await partial();
    expect(came.length).toBeGreaterThan(0);
    const tilesBefore = server.sent();
    await expectWhole(await download());
    expect(said.some((line) => /came before, going on from there/.test(line))).toBe(true);
    expect(await partial()).toHaveLength(came.length + (await restOf(tilesBefore)));
    expectNothingTwice();
  });

  it("starts over, and says so, where the archive is another than when it broke off", async () => {
    await expect(openCut(1, [])).rejects.toThrow("broke off");
    server.behave({ kind: "well" });
    server.serve(planet, '"second"');
    await expectWhole(await download());
    expect(said.some((line) => /has changed since .*broke off: starting over/.test(line))).toBe(
      true,
    );
  });

  it("starts over, and says so, where the archive changes in the middle", async () => {
    let lines = 0;
    const copy = await download({
      say: (line) => {
        said.push(line);
        lines += 1;
        if (lines === 2) server.serve(planet, '"second"');
      },
    });
    await expectWhole(copy);
    expect(said.some((line) => /has changed while it was read.*starting over/.test(line))).toBe(
      true,
    );
  });

  it("is refused where the archive keeps changing", async () => {
    let state = 0;
    const change = () => {
      state += 1;
      server.serve(planet, `"${state}"`);
    };
    await expect(download({ say: change })).rejects.toThrow("has changed while it was read");
  });

  it("tells another file by its length where the server gives no tag", async () => {
    server.serve(planet, null);
    await expect(openCut(1, [])).rejects.toThrow("broke off");
    server.behave({ kind: "well" });
    server.serve(Uint8Array.from([...planet, 0]), null);
    await expectWhole(await download());
    expect(said.some((line) => line.includes("starting over"))).toBe(true);
  });

  it("starts over in silence for another zoom", async () => {
    await expect(openCut(1, [])).rejects.toThrow("broke off");
    server.behave({ kind: "well" });
    const copy = await download({ maxZoom: 12 });
    expect(copy.maxZoom).toBe(12);
    await copy.close();
    expect(said.some((line) => line.includes("going on"))).toBe(false);
  });

  it("stops where it is told to, and keeps what came", async () => {
    const controller = new AbortController();
    const copy = download({
      signal: controller.signal,
      say: (line) => line.includes("nothing else") && controller.abort(),
    });
    await expect(copy).rejects.toMatchObject({ name: "AbortError" });
    expect(await readdir(folder)).toContain("download.json");
  });
});

describe("an address that is no good has one clear answer:", () => {
  it.each([
    ["whole files", { kind: "whole" } as const, /whole files only.*streets add FILE/],
    ["404", { kind: "status", status: 404 } as const, /There is no archive at http.*\(404\)/],
    ["403", { kind: "status", status: 403 } as const, /may not be read \(403\)/],
    ["503", { kind: "status", status: 503 } as const, /answered 503/],
    ["another part", { kind: "shifted" } as const, /another part of the file/],
  ])("%s", async (_, behaviour, words) => {
    server.behave(behaviour);
    const fault = await download().catch((error: unknown) => error);
    expect(fault).toMatchObject({ name: "ArchiveFault", message: expect.stringMatching(words) });
    expect(String(fault)).not.toContain("secret");
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ["no archive", Buffer.from("hello".repeat(9_000)), /not a PMTiles archive/],
    [
      "a file that is cut off",
      planet.subarray(0, planet.length - tileLength() / 2),
      /cut off|broke off/,
    ],
    [
      "another schema",
      pmtilesOf(sceneTiles(), { metadata: { vector_layers: [{ id: "ocean" }] } }),
      /another schema.*these layers: ocean/,
    ],
    ["another country", pmtilesOf(sceneTiles({ middle: [11.97, 57.7] })), /no tile of Edmonton/],
    ["pictures", pmtilesOf(sceneTiles(), { tileType: 3 }), /raster tiles.*JPEG/],
  ])("%s", async (_, file, words) => {
    server.serve(file);
    await expect(download()).rejects.toThrow(words);
  });

  it("nobody there", async () => {
    await server.close();
    await expect(download()).rejects.toThrow(/cannot be reached \(ECONNREFUSED\)/);
    server = await startRangeServer(planet);
  });

  it("somebody who says nothing", async () => {
    const { createServer } = await import("node:http");
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const address = silent.address();
    const port = typeof address === "object" ? address?.port : 0;
    const url = new URL(`http://127.0.0.1:${port}/a.pmtiles`);
    const source = createRangeSource(url, new AbortController().signal, 50);
    await expect(source.getBytes(0, 100)).rejects.toThrow("has said nothing for 0.05 seconds");
    silent.closeAllConnections();
    silent.close();
  });

  it("no address at all", () => {
    expect(() => archiveAddress("planet.pmtiles")).toThrow(/no address: it starts with https/);
    expect(() => archiveAddress("ftp://x.org/a")).toThrow(/no address/);
  });
});

describe("the planet's builds", () => {
  it("are tried from today's to last week's, after the one that broke off", () => {
    const now = Date.UTC(2026, 2, 2, 12);
    const builds = planetBuilds(now, null).map(String);
    expect(builds).toHaveLength(7);
    expect(builds[0]).toBe("https://build.protomaps.com/20260302.pmtiles");
    expect(builds[2]).toBe("https://build.protomaps.com/20260228.pmtiles");
    expect(planetBuilds(now, builds[3] ?? null).map(String)[0]).toBe(builds[3]);
    expect(planetBuilds(now, "https://other.org/x.pmtiles").map(String)).toEqual(builds);
  });
});

function tileLength(): number {
  const header = Buffer.from(planet.subarray(0, 127));
  return Number(header.readBigUInt64LE(64));
}

/** Header and directories come whole; tiles are cut so many times. */
async function openCut(times: number, waits: readonly number[] = [0, 0, 0]) {
  return download({
    waits,
    say: (line) => {
      said.push(line);
      if (line.includes("nothing else")) server.behave({ kind: "cut", after: 300, times });
    },
  });
}

/** Of tiles; header and directories are read again by each command. */
function expectNothingTwice(): void {
  const seen = new Set<number>();
  const from = planet.length - tileLength();
  const asked = server.asked.map((range) => range.split("-").map(Number));
  for (const [begin = 0] of asked.filter(([first = 0]) => first >= from)) {
    expect(seen.has(begin)).toBe(false);
    seen.add(begin);
  }
}

async function restOf(before: number): Promise<number> {
  const heads = server.asked
    .map((range) => range.split("-").map(Number))
    .filter(([from = 0]) => from < planet.length - tileLength());
  const half = heads.slice(heads.length / 2);
  const read = half.reduce((sum, [from = 0, to = 0]) => sum + to - from + 1, 0);
  return server.sent() - before - read;
}
