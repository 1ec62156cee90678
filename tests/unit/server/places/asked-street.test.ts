import { expect, test } from "vitest";
import { buildGraph } from "#core/places/streets/build-graph.ts";
import { linesOfStreet } from "#server/places/asked-place.ts";
import { place, street } from "#tests/support/streets.ts";

test("a street goes on behind a gap of a kilometre, over which another street leads, and not behind two", () => {
  const named = (from: number, to: number, name: string) =>
    street(
      [
        [from, 0],
        [to, 0],
      ],
      { name },
    );
  const graph = buildGraph([
    named(0, 3, "High Road"),
    named(3, 13, "Fore Street"),
    named(13, 16, "High Road"),
    named(16, 36, "Hertford Road"),
    named(36, 39, "High Road"),
  ]);
  const known = { street: "High Road", at: place(1, 0), lines: [], points: [place(1, 0)] };
  const east = linesOfStreet(graph, known)
    .flat()
    .map(([lng]) => Math.round((lng - place(0, 0)[0]) / 0.001445));
  expect([...new Set(east)].toSorted((a, b) => a - b)).toEqual([0, 3, 13, 16]);
});
