import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { halfCuts, type WholeRow } from "#core/patrols/solve/half-cuts.ts";

const count = 9;
const rows: fc.Arbitrary<WholeRow[]> = fc.array(
  fc
    .record({
      entries: fc.uniqueArray(
        fc.record({ column: fc.nat(count - 1), value: fc.constantFrom(1, 1, 1, 2, -1) }),
        { minLength: 2, selector: ({ column }) => column },
      ),
      limit: fc.nat(3),
    })
    .map(({ entries, limit }) => ({
      columns: entries.map(({ column }) => column),
      values: entries.map(({ value }) => value),
      limit,
    })),
  { minLength: 2, maxLength: 7 },
);
const shares = fc.array(
  fc.nat(12).map((twelfths) => twelfths / 12),
  {
    minLength: count,
    maxLength: count,
  },
);

const sum = ({ columns, values }: WholeRow, of: (column: number) => number) =>
  columns.reduce((all, column, at) => all + (values[at] ?? 0) * of(column), 0);

describe("sums of rows, halved and rounded down", () => {
  test.prop([rows, shares])("never forbid a whole choice that the rows allow", (drawn, inPart) => {
    const all = drawn.filter((row) => sum(row, (column) => inPart[column] ?? 0) <= row.limit);
    const cuts = halfCuts({ rows: all, shares: inPart, most: 20 });
    for (const cut of cuts)
      expect(sum(cut, (column) => inPart[column] ?? 0)).toBeGreaterThan(cut.limit);
    for (let bits = 0; bits < 1 << count; bits += 1) {
      const isIn = (column: number) => (bits >> column) & 1;
      if (all.some((row) => sum(row, isIn) > row.limit)) continue;
      for (const cut of cuts) expect(sum(cut, isIn)).toBeLessThanOrEqual(cut.limit);
    }
  });

  test("three that exclude each other two by two, half each, are cut off", () => {
    const pair = (a: number, b: number) => ({ columns: [a, b], values: [1, 1], limit: 1 });
    const cuts = halfCuts({
      rows: [pair(0, 1), pair(1, 2), pair(0, 2)],
      shares: [0.5, 0.5, 0.5],
      most: 5,
    });
    expect(cuts).toEqual([{ columns: [0, 1, 2], values: [1, 1, 1], limit: 1 }]);
  });
});
