import { expect, test } from "vitest";
import { metresBetween } from "#core/geo/cell.ts";
import { buildGraph } from "#core/places/streets/build-graph.ts";
import { createNearest } from "#core/places/streets/nearest.ts";
import { roadsWithout } from "#core/places/streets/roads-without.ts";
import { place, street } from "#tests/support/streets.ts";

/** Where Fore Street, a straight line north in steps of 100 m, is lacked: from and to. */
function lackedOn(length: number, ...streets: string[]): [number, number][] {
  const { line } = street(`0 0, 0 ${length}`);
  const road = {
    name: "Fore Street",
    line: line.map(([lng, lat]): [number, number] => [lng, lat]),
  };
  const graph = buildGraph(streets.map((corners) => street(corners)));
  return roadsWithout([road], createNearest(graph)).map(({ name, line: [from, ...more] }) => {
    expect(name).toBe("Fore Street");
    const steps = (at = place(0, 0)) => metresBetween(place(0, 0), at) / 100;
    return [steps(from), steps(more.at(-1))];
  });
}

test.each([
  ["a road that the streets have, thirty metres off at most", 10, ["0.3 0, 0.3 10"], []],
  ["from where its street ends to its own end", 12, ["0 0, 0 6"], [[6, 12]]],
  ["in a gap", 12, ["0 0, 0 3", "0 8, 0 12"], [[3, 8]]],
  ["whole, without streets near it", 5, ["9 0, 9 5"], [[0, 5]]],
  ["not in a stretch of a junction's length", 10, ["0 0, 0 4", "0 5, 0 10"], []],
])("a road is lacked: %s", (_, length, streets, expected) => {
  const near = (value: number) => expect.toSatisfy((one: number) => Math.abs(one - value) < 0.6);
  expect(lackedOn(length, ...streets)).toEqual(expected.map((ends) => ends.map(near)));
});
