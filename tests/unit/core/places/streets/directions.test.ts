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

test("turn after turn without a name is one piece of way to the street that comes next", () => {
  const zigzag = [
    way("Fore Street", [0, 0], [0, 1]),
    way(null, [0, 1], [-1, 1]),
    way(null, [-1, 1], [-1, 2]),
    way(null, [-1, 2], [-2, 2]),
    way("Sebastopol Road", [-2, 2], [-2, 3]),
  ];
  expect(describeWay(zigzag)).toBe(
    "north on Fore Street, left by side streets to Sebastopol Road (300 m), right into it",
  );
});

test("a way without any name says where it heads, by what and how far", () => {
  const steps = [
    way(null, [0, 0], [1, 0]),
    way(null, [1, 0], [1, 1]),
    way(null, [1, 1], [2, 1]),
    way(null, [2, 1], [2, 2]),
  ];
  expect(describeWay(steps)).toBe("north-east by side streets (400 m)");
  const ofClass = (name: NamedWay["class"]) =>
    describeWay(steps.map((one) => ({ ...one, class: name })));
  expect(ofClass("path")).toBe("north-east by paths (400 m)");
  expect(ofClass("main")).toBe("north-east by streets without a name (400 m)");
});
