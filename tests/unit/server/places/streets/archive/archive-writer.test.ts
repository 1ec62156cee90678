import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { PMTiles, tileIdToZxy } from "pmtiles";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createArchive, type KeptWords } from "#server/places/streets/archive/archive-writer.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "boxster-writer-"));
});
afterAll(() => rm(folder, { recursive: true }));

const words: KeptWords = {
  attribution: "© OpenStreetMap contributors",
  layers: ["roads", "water"],
  minZoom: 0,
  maxZoom: 15,
  bounds: { west: -0.25, south: 51.53, east: 0.05, north: 51.73 },
  own: { schema: "protomaps", source: "of-a-test.pmtiles" },
};

/** Tiles by id, each with the text that is in it. */
async function write(name: string, contents: readonly (readonly [id: number, text: string])[]) {
  const path = join(folder, name);
  const writer = await createArchive(path);
  for (const [id, text] of contents) {
    const [z, x, y] = tileIdToZxy(id);
    await writer.add({ z, x, y }, gzipSync(text));
  }
  const written = await writer.finish(words);
  const octets = await readFile(path);
  const archive = new PMTiles({
    getKey: () => name,
    getBytes: async (offset, length) => ({
      data: Uint8Array.from(octets.subarray(offset, offset + length)).buffer,
    }),
  });
  const read = async (id: number) => {
    const found = await archive.getZxy(...tileIdToZxy(id));
    return found ? Buffer.from(found.data).toString() : null;
  };
  return { written, octets, archive, read };
}

/** Up to 65,535, and hardly to be told beforehand: a directory of such steps is long. */
function hashOf(index: number): number {
  return createHash("sha256").update(String(index)).digest().readUInt16LE(0);
}

describe("an archive of our own", () => {
  it("is read by the makers' own package, with header, words and tiles", async () => {
    const { archive, read, written, octets } = await write("plain", [
      [0, "world"],
      [1, "north"],
      [7, "far"],
    ]);
    expect(await archive.getHeader()).toMatchObject({
      clustered: true,
      tileType: 1,
      tileCompression: 2,
      minZoom: 0,
      maxZoom: 15,
      minLon: -0.25,
      maxLat: 51.73,
      numAddressedTiles: 3,
      numTileEntries: 3,
      numTileContents: 3,
    });
    expect(await archive.getMetadata()).toMatchObject({
      attribution: words.attribution,
      vector_layers: [{ id: "roads" }, { id: "water" }],
      boxster: { ...words.own, hash: written.hash },
    });
    expect([await read(0), await read(1), await read(7)]).toEqual(["world", "north", "far"]);
    expect([await read(2), await read(8)]).toEqual([null, null]);
    expect(written).toMatchObject({ tiles: 3, bytes: octets.length });
  });

  it("has leaf directories where one would not fit into its beginning", async () => {
    const ids: number[] = [];
    for (let index = 0; index < 9_000; index += 1) ids.push((ids.at(-1) ?? 0) + 1 + hashOf(index));
    const { archive, read } = await write(
      "leaves",
      ids.map((id) => [id, `tile ${id} `] as const),
    );
    const header = await archive.getHeader();
    expect(header.leafDirectoryLength).toBeGreaterThan(0);
    expect(header.rootDirectoryOffset + header.rootDirectoryLength).toBeLessThanOrEqual(16_384);
    for (const id of [ids[0], ids[4_095], ids[4_096], ids[8_999], ids[1_234]]) {
      expect(await read(id ?? 0)).toContain(`tile ${id} `);
    }
    expect(await read((ids[5_000] ?? 0) + 1)).toBeNull();
  });

  it("takes tiles in their order alone, and never writes over a file", async () => {
    const path = join(folder, "order");
    const writer = await createArchive(path);
    await writer.add({ z: 1, x: 0, y: 0 }, gzipSync("one"));
    const late = writer.add({ z: 0, x: 0, y: 0 }, gzipSync("late"));
    await expect(late).rejects.toThrow("order");
    await writer.close();
    await expect(createArchive(path)).rejects.toMatchObject({ code: "EEXIST" });
  });
});
