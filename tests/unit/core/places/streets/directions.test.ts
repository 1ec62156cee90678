import { expect, test } from "vitest";
import { describeWay, type NamedWay } from "#core/places/streets/directions.ts";
import { place } from "#tests/support/streets.ts";

/** Corners in steps of 100 m east and north. */
const way = (
  name: string | null,
  ...corners: readonly (readonly [number, number])[]
): NamedWay => ({
  name,
  class: "street",
  metres: 100 * (corners.length - 1),
  line: corners.map(([east, north]) => place(east, north)),
});

test("a turn between two streets without a name is told; straight on is the same street", () => {
  const turned = [
    way(null, [0, 0], [0, 1]),
    way(null, [0, 1], [-1, 1]),
    way(null, [-1, 1], [-2, 1]),
  ];
  expect(describeWay(turned)).toBe("north on a side street, left into a side street");
});

test("a named street stays one street however it bends", () => {
  const bent = [way("Fore Street", [0, 0], [0, 1]), way("Fore Street", [0, 1], [1, 1])];
  expect(describeWay(bent)).toBe("north on Fore Street");
});
