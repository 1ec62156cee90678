import { expect, test } from "vitest";
import { buildGraph } from "#core/places/streets/build-graph.ts";
import type { StreetLine } from "#core/places/streets/line.ts";
import { segmentMiddle, segmentNames } from "#core/places/streets/segment-names.ts";
import { place, street } from "#tests/support/streets.ts";

const namesOf = (lines: readonly StreetLine[]) => {
  const graph = buildGraph(lines);
  return segmentNames(graph, ([lng, lat]) => `${lng.toFixed(3)} ${lat.toFixed(3)}`).toSorted();
};

const fore = street("0 0, 0 2, 0 4, 0 6", { name: "Fore Street", class: "main" });
const side = (name: string, north: number, more: Partial<StreetLine> = {}) =>
  street(
    [
      [0, north],
      [3, north],
    ],
    { name, ...more },
  );

test("a segment is called by its street and the streets that meet its ends, from the south on", () => {
  expect(namesOf([fore, side("Sebastopol Road", 2), side("Brettenham Road", 4)])).toEqual([
    "Brettenham Road from Fore Street to its end",
    "Fore Street between Sebastopol Road and Brettenham Road",
    "Fore Street from Brettenham Road to its end",
    "Fore Street from Sebastopol Road to its end",
    "Sebastopol Road from Fore Street to its end",
  ]);
  const drawnBack = { ...fore, line: [...fore.line].reverse() };
  expect(namesOf([drawnBack, side("Sebastopol Road", 2), side("Brettenham Road", 4)])[1]).toBe(
    "Fore Street between Sebastopol Road and Brettenham Road",
  );
});

test("of several streets that meet there the widest names the junction, of equal ones the first by name", () => {
  const names = namesOf([
    street("0 0, 0 2", { name: "Fore Street", class: "main" }),
    side("Wide Road", 2, { class: "secondary" }),
    street("0 2, -3 2", { name: "Narrow Road" }),
    side("Zoar Road", 0),
    street("0 0, -3 0", { name: "Aden Road" }),
  ]);
  expect(names).toContain("Fore Street between Aden Road and Wide Road");
});

test("past a junction without a name the street is followed to the next with one, and parts are told apart", () => {
  const names = namesOf([
    fore,
    side("Sebastopol Road", 0),
    street("0 2, 3 2", { class: "service" }),
    street("0 4, 3 4", { class: "path" }),
    side("Brettenham Road", 6),
  ]);
  const between = "Fore Street between Sebastopol Road and Brettenham Road";
  expect(names.filter((name) => name.startsWith("Fore"))).toEqual([
    `${between} (part 1 of 3)`,
    `${between} (part 2 of 3)`,
    `${between} (part 3 of 3)`,
  ]);
  expect(names).toContain("unnamed path off Fore Street");
  expect(names).toContain("unnamed service road off Fore Street");
});

test("crescents, rings and streets that meet nothing are named by what there is", () => {
  expect(
    namesOf([
      fore,
      street("0 2, 2 3, 0 4", { name: "The Crescent" }),
      street("9 0, 9 1", { name: "Island Walk" }),
      street("9 3, 9 4", { class: "cycleway" }),
    ]),
  ).toEqual([
    expect.stringMatching(/^-0\.05\d 51\.621 \(unnamed cycle track\)$/),
    "Fore Street from The Crescent to its end (part 1 of 2)",
    "Fore Street from The Crescent to its end (part 2 of 2)",
    "Fore Street off The Crescent",
    "Island Walk",
    "The Crescent off Fore Street",
  ]);
});

test("every segment of a net has a name of its own", () => {
  const block = [0, 1, 2, 3].flatMap((at) => [
    street(
      [
        [at, 0],
        [at, 1],
        [at, 2],
        [at, 3],
      ],
      { name: at % 2 ? "Odd Street" : null },
    ),
    street(
      [
        [0, at],
        [1, at],
        [2, at],
        [3, at],
      ],
      { name: "Cross Street" },
    ),
  ]);
  const names = namesOf(block);
  expect(new Set(names).size).toBe(names.length);
});

test("the middle of a segment lies half way along it, not half way between its ends", () => {
  const graph = buildGraph([street("0 0, 0 2, 4 2")]);
  const [lng, lat] = segmentMiddle(graph, 0);
  const [east, north] = place(1, 2);
  expect(lng).toBeCloseTo(east, 4);
  expect(lat).toBeCloseTo(north, 4);
});
