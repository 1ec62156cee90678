import { decodeQR } from "qr/decode.js";
import { expect, test } from "vitest";
import { qrRows } from "#client/ui/qr-rows.ts";

const link = "https://boxster.example.org/#/phone?key=qcucg-f3xxj-a3pw6-w5495-b3af9";

/** A photograph of it: so many points for the side of a square, four octets a point. */
function photographed(rows: readonly (readonly boolean[])[], side: number) {
  const width = rows.length * side;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (let y = 0; y < width; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const isDark = rows[Math.floor(y / side)]?.[Math.floor(x / side)] === true;
      if (isDark) data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return { width, height: width, data };
}

test("a scanner reads the link of a phone back, to the letter", () => {
  expect(decodeQR(photographed(qrRows(link), 5))).toBe(link);
});

test("it is read back with a thumb over its middle", () => {
  const rows = qrRows(link).map((row) => [...row]);
  const middle = Math.floor(rows.length / 2);
  for (const row of rows.slice(middle - 2, middle + 3)) row.fill(true, middle - 2, middle + 3);
  expect(decodeQR(photographed(rows, 5))).toBe(link);
});

test("four empty squares lie around it", () => {
  const rows = qrRows(link);
  const edges = [...rows.slice(0, 4), ...rows.slice(-4)].flat();
  expect(edges.some(Boolean)).toBe(false);
  expect(rows.every((row) => ![...row.slice(0, 4), ...row.slice(-4)].some(Boolean))).toBe(true);
});
