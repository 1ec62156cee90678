import { expect, test } from "vitest";
import { readWkb } from "#core/table/features/wkb.ts";

/** Octets of a shape: bytes, whole numbers of four octets and doubles, in one byte order. */
function wkb(
  isLittle: boolean,
  parts: readonly (readonly [kind: "type" | "count" | "xy", ...number[]])[],
) {
  const octets: number[] = [];
  const put = (size: 4 | 8, value: number) => {
    const view = new DataView(new ArrayBuffer(size));
    if (size === 4) view.setUint32(0, value, isLittle);
    else view.setFloat64(0, value, isLittle);
    octets.push(...new Uint8Array(view.buffer));
  };
  for (const [kind, ...values] of parts) {
    if (kind === "type") octets.push(Number(isLittle));
    for (const value of values) put(kind === "xy" ? 8 : 4, value);
  }
  return Uint8Array.from(octets);
}

test.each([true, false])("a line, little endian: %s", (isLittle) => {
  const octets = wkb(isLittle, [
    ["type", 2],
    ["count", 2],
    ["xy", -0.0631, 51.6179],
    ["xy", -0.06, 51.62],
  ]);
  expect(readWkb(octets)).toEqual({
    type: "LineString",
    coordinates: [
      [-0.0631, 51.6179],
      [-0.06, 51.62],
    ],
  });
});

test.each([
  ["of ISO", 1005, 1002],
  ["of older programs", 0x8000_0005, 0x8000_0002],
])("lines with heights %s, which are left out", (_, several, one) => {
  const octets = wkb(true, [
    ["type", several],
    ["count", 1],
    ["type", one],
    ["count", 2],
    ["xy", 1, 2, 30],
    ["xy", 3, 4, 30],
  ]);
  expect(readWkb(octets)).toEqual({
    type: "MultiLineString",
    coordinates: [
      [
        [1, 2],
        [3, 4],
      ],
    ],
  });
});

test("areas with their rings", () => {
  const ring = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 0],
  ] as const;
  const octets = wkb(true, [
    ["type", 6],
    ["count", 1],
    ["type", 3],
    ["count", 1],
    ["count", ring.length],
    ...ring.map((at) => ["xy", ...at] as const),
  ]);
  expect(readWkb(octets)).toEqual({ type: "MultiPolygon", coordinates: [[ring]] });
});

test("of a curve the type alone; what is cut off is an error", () => {
  expect(readWkb(wkb(true, [["type", 8]]))).toEqual({ type: "shape of type 8" });
  const cut = wkb(true, [
    ["type", 2],
    ["count", 4_000_000_000],
    ["xy", 1, 2],
  ]);
  expect(() => readWkb(cut)).toThrow(RangeError);
  expect(() => readWkb(new Uint8Array(3))).toThrow(RangeError);
});
