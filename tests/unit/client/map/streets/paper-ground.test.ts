import { afterEach, expect, test, vi } from "vitest";
import { loadPaperGround } from "#client/map/streets/paper-ground.ts";
import type { ShownBasemap } from "#core/places/wire/places.ts";
import { keptTile } from "#tests/support/kept-tile.ts";
import { edmonton } from "#tests/support/street-scene.ts";

const [lng, lat] = edmonton;
const bounds = [lng - 0.004, lat - 0.003, lng + 0.004, lat + 0.003] as const;
let versions = 0;

function tilesOf(maxZoom = 14): ShownBasemap {
  versions += 1;
  return {
    minZoom: 0,
    maxZoom,
    version: `v${versions}`,
    attribution: "",
    bounds: [-0.2, 51.5, 0, 51.7],
    names: ["streets"],
    roads: [],
    segments: 0,
    named: 0,
  };
}

/** A server that has the scene; what it was asked for. */
function serveScene(refuse: (url: string) => boolean = () => false): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    if (refuse(url)) return new Response(null, { status: 500 });
    const [, z, x, y] = /\/(\d+)\/(\d+)\/(\d+)\?/.exec(url)?.map(Number) ?? [];
    const tile = { z: z ?? 0, x: x ?? 0, y: y ?? 0 };
    const octets = keptTile(tile);
    return new Response(octets, { status: octets ? 200 : 204 });
  });
  return asked;
}
afterEach(() => {
  vi.unstubAllGlobals();
});

test("streets come with kind and name", async () => {
  serveScene();
  const ground = await loadPaperGround({
    tiles: tilesOf(),
    bounds,
    width: 900,
  });
  const kindOf = (name: string) => ground.lines.find((line) => line.name === name)?.kind;
  expect(kindOf("Fore Street")).toBe("main");
  expect(kindOf("Church Street")).toBe("secondary");
  expect(kindOf("Solomon Avenue")).toBe("street");
  expect(ground.lines.some(({ kind }) => kind === "rail")).toBe(true);
  expect(ground.green.length).toBeGreaterThan(0);
  for (const [x, y] of ground.lines.flatMap(({ line }) => line)) {
    expect(Math.abs(x - lng)).toBeLessThan(0.06);
    expect(Math.abs(y - lat)).toBeLessThan(0.06);
  }
});

test("a drawing asks once for each tile", async () => {
  const asked = serveScene();
  const wish = { tiles: tilesOf(), bounds, width: 900 } as const;
  await loadPaperGround(wish);
  const once = asked.length;
  await loadPaperGround(wish);
  expect(asked).toHaveLength(once);
  expect(once).toBeLessThan(10);
  for (const url of asked) expect(url).toMatch(/^\/api\/tiles\/14\/\d+\/\d+\?v=v\d+$/);
});

test("the wider the ground, the coarser the tiles; never closer than the archive has", async () => {
  const asked = serveScene();
  const wide = [lng - 0.12, lat - 0.1, lng + 0.12, lat + 0.1] as const;
  const tiles = tilesOf(12);
  await loadPaperGround({ tiles, bounds: wide, width: 700 });
  expect(asked[0]).toContain("/tiles/11/");
  asked.length = 0;
  await loadPaperGround({ tiles, bounds, width: 1900 });
  expect(asked[0]).toContain("/tiles/12/");
});

test("where a tile fails there are no streets, and it is asked for again the next time", async () => {
  const tiles = tilesOf();
  const wish = { tiles, bounds, width: 900 } as const;
  serveScene(() => true);
  await expect(loadPaperGround(wish)).rejects.toThrow("500");
  vi.stubGlobal("fetch", async () => new Response("no tile at all"));
  await expect(loadPaperGround(wish)).rejects.toThrow();
  serveScene();
  expect((await loadPaperGround(wish)).lines.length).toBeGreaterThan(5);
});
