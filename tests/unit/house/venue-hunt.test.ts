import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { cellAt, cellToDecimal, type Position } from "#core/geo/cell.ts";
import { positionOfGrid } from "#core/geo/national-grid.ts";
import { huntIn } from "#tests/support/hunt/venue-hunt.ts";

/** The hunt for a venue (tests/browser/protected-time/venue-hunt.browser.ts) is worth what it sees. */
const venue: Position = [-0.0631274917, 51.6179318253];
const quarry = { venues: [venue], words: ["qUince sTreet"] };
const hunt = (octets: Buffer) => huntIn({ name: "file", octets }, quarry);
const around = (octets: Buffer) =>
  Buffer.concat([Buffer.from("much else "), octets, Buffer.from(" and more")]);

const numbers = (write: (octets: Buffer, value: number, at: number) => void, values: Position) => {
  const octets = Buffer.alloc(24);
  for (const [at, value] of values.entries()) write(octets, value, 8 * at);
  return octets;
};
const [lng, lat] = venue;
/** Three metres north. */
const beside: Position = [lng, lat + 0.000_027];
const cell = (resolution: number) => cellAt(venue, resolution);
const words = "qUince sTreet";

const traces: readonly [string, Buffer][] = [
  ["words", Buffer.from(words)],
  ["words in UTF-16", Buffer.from(words, "utf16le")],
  ["words in UTF-16, the other end first", Buffer.from(words, "utf16le").swap16()],
  ["figures", Buffer.from(`{"lat":${lat},"lng":${lng}}`)],
  ["figures the other way round", Buffer.from(`[${lng.toFixed(5)},${lat.toFixed(5)}]`)],
  ["figures in UTF-16", Buffer.from(`${lat}, ${lng}`, "utf16le")],
  ["figures of a point three metres away", Buffer.from(beside.join())],
  ["doubles", numbers((octets, value, at) => octets.writeDoubleLE(value, at), venue)],
  [
    "doubles three metres away",
    numbers((octets, value, at) => octets.writeDoubleBE(value, at), beside),
  ],
  ["floats", numbers((octets, value, at) => octets.writeFloatLE(value, at), [lat, lng])],
  [
    "whole numbers",
    numbers((octets, value, at) => octets.writeInt32LE(Math.round(value * 1e7), at), venue),
  ],
  [
    "radians",
    numbers((octets, value, at) => octets.writeDoubleLE((value * Math.PI) / 180, at), venue),
  ],
  ...[11, 13, 15].flatMap((resolution): [string, Buffer][] => {
    const octets = Buffer.alloc(8);
    octets.writeBigInt64LE(BigInt(cellToDecimal(cell(resolution))));
    return [
      [`a cell of ${resolution} as figures`, Buffer.from(cell(resolution))],
      [`a cell of ${resolution} as a decimal`, Buffer.from(cellToDecimal(cell(resolution)))],
      [`a cell of ${resolution} as a number`, octets],
      [`a cell of ${resolution} as a number, the other end first`, Buffer.from(octets).reverse()],
    ];
  }),
  ["pressed by gzip", gzipSync(`at ${lat}, ${lng}`)],
  ["pressed by deflate", deflateSync(`at ${lat}, ${lng}`)],
  [
    "pressed by gzip and cut off",
    gzipSync(`at ${lat}, ${lng} ${"and more ".repeat(999)}`).subarray(0, 70),
  ],
];

describe("the hunt for a venue", () => {
  test.each(traces)("sees it as %s", (_, octets) => {
    expect(hunt(around(octets))).not.toEqual([]);
  });

  test("sees it in metres of the national grid", () => {
    const quarryThere = { venues: [positionOfGrid(534_184, 192_870)], words: [] };
    const octets = Buffer.from("at 534186.5, 192868");
    expect(huntIn({ name: "file", octets }, quarryThere)).toHaveLength(1);
  });

  test("sees it pressed by brotli, where a file or an answer in Chromium's cache begins", () => {
    const pressed = brotliCompressSync(`at ${lat}, ${lng}`);
    const key = Buffer.from("1/0/http://127.0.0.1/api/places");
    const head = Buffer.alloc(24);
    head.writeBigUInt64LE(0xfcfb6d1ba7725c30n);
    head.writeUInt32LE(key.length, 12);
    expect(hunt(pressed)).not.toEqual([]);
    expect(hunt(Buffer.concat([head, key, pressed, Buffer.alloc(40, 7)]))).not.toEqual([]);
  });

  test("passes by what the server may keep, and what is near by chance", () => {
    for (const octets of [
      Buffer.from(`${cell(10)} ${cell(9)} ${cellToDecimal(cell(9))}`),
      Buffer.from(`${lat}, and nothing else`),
      Buffer.from([lng + 0.001, lat].join()),
      numbers((to, value, at) => to.writeDoubleLE(value, at), [lng, lat + 0.001]),
      Buffer.from("Quince Street"),
    ]) {
      expect(hunt(around(octets))).toEqual([]);
    }
  });
});
