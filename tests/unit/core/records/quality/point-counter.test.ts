import { describe, expect, test } from "vitest";
import { cellAt, eventResolution, type Position } from "#core/geo/cell.ts";
import { createRandom } from "#core/random.ts";
import { createPointCounter, placesInCell } from "#core/records/quality/point-counter.ts";

const middle: Position = [-0.0634, 51.6255];

function counter(positions: readonly Position[], limit?: number) {
  const made = createPointCounter(limit);
  for (const position of positions) {
    made.look({
      kind: "complaint",
      source: "resident",
      position,
      cell: cellAt(position, eventResolution),
    });
  }
  return made.counts()[0];
}

describe("shared points of a file", () => {
  const random = createRandom(7);
  const anywhere = (): Position => [
    middle[0] + (random.next() - 0.5) * 0.1,
    middle[1] + (random.next() - 0.5) * 0.06,
  ];
  const free = Array.from({ length: 4_000 }, anywhere);

  test("free points are neither repeated nor snapped", () => {
    expect(counter(free)).toMatchObject({ events: 4_000, points: 4_000, repeated: 0, snapped: 0 });
  });

  test("points that are moved to 200 places are snapped nearly all", () => {
    const places = free.slice(0, 200);
    const moved = free.map((_, index) => places[index % 200] as Position);
    const counts = counter(moved);
    expect(counts).toMatchObject({ events: 4_000, points: 200, repeated: 4_000 });
    expect((counts?.snapped ?? 0) / 4_000).toBeGreaterThan(0.95);
  });

  test("what chance brings among the addresses of a cell is not called snapped", () => {
    // 60 reports a cell, each at one of its fifty addresses.
    const cells = free.slice(0, 60);
    const addresses = cells.flatMap((at) => {
      const inside = Array.from(
        { length: placesInCell },
        (_, index): Position => [at[0], at[1] + index * 1e-6],
      );
      return Array.from(
        { length: 60 },
        () => inside[Math.floor(random.next() * placesInCell)] as Position,
      );
    });
    const counts = counter(addresses);
    expect((counts?.repeated ?? 0) / addresses.length).toBeGreaterThan(0.6);
    expect((counts?.snapped ?? 0) / addresses.length).toBeLessThan(0.1);
  });

  test("more points than are held give the same shares from a sample of them", () => {
    const half = free.flatMap((at, index) => (index % 2 === 0 ? [at, at] : [at]));
    const all = counter(half);
    const some = counter(half, 500);
    expect(all).toMatchObject({ events: 6_000, points: 4_000, repeated: 4_000 });
    expect(Math.abs((some?.points ?? 0) / 4_000 - 1)).toBeLessThan(0.15);
    expect(Math.abs((some?.repeated ?? 0) / 4_000 - 1)).toBeLessThan(0.1);
  });

  test("kinds and sources are counted apart", () => {
    const made = createPointCounter();
    const cell = cellAt(middle, eventResolution);
    for (const source of ["resident", "partner", "resident"] as const) {
      made.look({ kind: "complaint", source, position: middle, cell });
    }
    expect(made.counts().map(({ source, events, repeated }) => [source, events, repeated])).toEqual(
      [
        ["resident", 2, 2],
        ["partner", 1, 0],
      ],
    );
  });
});
