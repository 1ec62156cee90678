import { parquetWriteBuffer, schemaFromColumnData } from "hyparquet-writer";
import { describe, expect, test } from "vitest";
import { featuresIn } from "#tests/support/features.ts";
import { readBytes, recordsOf, spanText } from "#tests/support/import.ts";

type Columns = Parameters<typeof parquetWriteBuffer>[0]["columnData"];
type More = Partial<Parameters<typeof parquetWriteBuffer>[0]>;
const parquet = (columnData: Columns, more: More = {}) =>
  new Uint8Array(parquetWriteBuffer({ columnData, ...more }));

/** Little-endian WKB of a point. */
function wkb(lng: number, lat: number): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(21));
  bytes.setUint8(0, 1);
  bytes.setUint32(1, 1, true);
  bytes.setFloat64(5, lng, true);
  bytes.setFloat64(13, lat, true);
  return new Uint8Array(bytes.buffer);
}
const geo = (crs?: object) => ({
  key: "geo",
  value: JSON.stringify({
    version: "1.0.0",
    primary_column: "geometry",
    columns: { geometry: { encoding: "WKB", geometry_types: ["Point"], ...(crs ? { crs } : {}) } },
  }),
});
const when = [new Date("2021-06-05T13:05:00Z"), new Date("2021-06-06T22:10:00Z")];
const events: Columns = [
  { name: "Date", data: when, type: "TIMESTAMP" },
  { name: "Kind", data: ["complaint", "sighting"], type: "STRING" },
  { name: "Category", data: ["asb", null], type: "STRING", nullable: true },
];
const plain: Columns = [
  ...events,
  { name: "Latitude", data: [51.6179, 51.6158], type: "DOUBLE" },
  { name: "Longitude", data: [-0.0631, -0.0639], type: "DOUBLE" },
];

describe("a Parquet file", () => {
  test("is a table whose rows are counted as records, over its row groups", async () => {
    const read = await readBytes(parquet(plain, { rowGroupSize: 1 }));
    expect(read.table).toMatchObject({ format: "parquet", unit: "record" });
    expect(read.drafts.map(spanText)).toEqual([
      "2021-06-05T14:05:00+01:00",
      "2021-06-06T23:10:00+01:00",
    ]);
    expect(read.faults).toEqual([]);
  });

  test.each([
    ["without a reference system", undefined, ["longitude", "latitude"], wkb(-0.0631, 51.6179)],
    [
      "in WGS84",
      { id: { authority: "EPSG", code: 4326 } },
      ["longitude", "latitude"],
      wkb(-0.0631, 51.6179),
    ],
    [
      "on the National Grid",
      { id: { authority: "EPSG", code: 27700 } },
      ["easting", "northing"],
      wkb(534_200, 193_000),
    ],
  ])("has its points of GeoParquet first, %s", async (_, crs, axes, at) => {
    const data = [at, at];
    const file = parquet([...events, { name: "geometry", data, type: "BYTE_ARRAY" }], {
      kvMetadata: [geo(crs)],
    });
    const [header, first] = await recordsOf(file);
    expect(header?.cells).toEqual([...axes, "Date", "Kind", "Category"]);
    expect(first?.line).toBe(1);
    expect((await readBytes(file)).drafts).toHaveLength(2);
  });

  test("keeps the day of a date, the zone of a time, whole numbers and lists as text", async () => {
    const columns: Columns = [
      { name: "Day", data: [new Date("2021-03-28T00:00:00Z")] },
      { name: "Local", data: [new Date("2021-03-28T02:30:00Z")] },
      { name: "Number", data: [9_007_199_254_740_993n] },
      { name: "Sure", data: [true] },
    ];
    const overrides = { Day: { name: "Day", type: "INT32", converted_type: "DATE" } as const };
    const file = parquet(columns, {
      schema: schemaFromColumnData({ columnData: columns, schemaOverrides: overrides }),
    });
    expect((await recordsOf(file)).map(({ cells }) => cells)).toEqual([
      ["Day", "Local", "Number", "Sure"],
      [
        "2021-03-28",
        expect.stringMatching(/^2021-03-28T02:30:00.000Z?$/),
        "9007199254740993",
        "true",
      ],
    ]);
  });

  test("of lines and areas is a layer of shapes, which events are not read from", async () => {
    const line = [
      [-0.0631, 51.6179],
      [-0.0639, 51.6158],
    ];
    const octets = Buffer.alloc(9 + 16 * line.length);
    octets.set([1, 2, 0, 0, 0, line.length]);
    line.flat().forEach((value, at) => {
      octets.writeDoubleLE(value, 9 + 8 * at);
    });
    const name: Columns[number] = { name: "name", data: ["Fore Street"], type: "STRING" };
    const data = [new Uint8Array(octets)];
    const shape: Columns[number] = { name: "geometry", data, type: "BYTE_ARRAY" };
    const file = parquet([name, shape], { kvMetadata: [geo()] });
    const { features } = await featuresIn(file, { shapes: "lines" });
    expect(features[0]?.geometry).toEqual({ type: "LineString", coordinates: line });
    expect(features[0]?.properties.get("name")).toBe("Fore Street");
    await expect(featuresIn(parquet([name]))).rejects.toThrow("no column of shapes");
    await expect(featuresIn(file.slice(0, 200))).rejects.toThrow("missing or damaged");
  });

  test.each([
    ["cut off", parquet(plain).slice(0, 300), "missing or damaged; write it again"],
    [
      "only its signature",
      new Uint8Array([0x50, 0x41, 0x52, 0x31]),
      "missing or damaged; write it again",
    ],
    [
      "in another reference system",
      parquet([...events, { name: "geometry", data: [wkb(1, 2), wkb(1, 2)], type: "BYTE_ARRAY" }], {
        kvMetadata: [geo({ id: { authority: "EPSG", code: 4277 } })],
      }),
      "EPSG:4277",
    ],
    [
      "in a reference system without a code",
      parquet([...events, { name: "geometry", data: [wkb(1, 2), wkb(1, 2)], type: "BYTE_ARRAY" }], {
        kvMetadata: [geo({ name: "Grid of a town" })],
      }),
      '"Grid of a town" that is not read',
    ],
  ])("%s is refused in one line", async (_, file, words) => {
    await expect(readBytes(file)).rejects.toThrow(words);
  });

  test("whatever octet is wrong, it is read or refused in words", async () => {
    const whole = parquet(plain);
    for (let at = 4; at < whole.length; at += 7) {
      const broken = whole.slice();
      broken[at] = (broken[at] ?? 0) ^ 0xff;
      await readBytes(broken).catch((error: Error) =>
        expect(error.name, error.stack).toBe("FileFault"),
      );
    }
  });
});
