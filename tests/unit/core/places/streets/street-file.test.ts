import { describe, expect, test } from "vitest";
import { FileFault } from "#core/table/file-fault.ts";
import { readStreetFile, streetFile } from "#tests/support/streets.ts";

const region = {
  name: "Enfield",
  grid: "EPSG:27700" as const,
  west: -0.2,
  south: 51.5,
  east: 0.1,
  north: 51.8,
};
const here = [
  [-0.06, 51.62],
  [-0.06, 51.63],
];
const there = [
  [11.97, 57.7],
  [11.98, 57.7],
];

function read(...features: Parameters<typeof streetFile>[0]) {
  return readStreetFile(streetFile(features), region);
}

describe("a file of streets", () => {
  test.each([
    [
      { highway: "primary", name: "Fore Street" },
      { class: "main", name: "Fore Street", oneWay: 0 },
    ],
    [
      { highway: "tertiary_link", oneway: "-1" },
      { class: "secondary", name: null, oneWay: -1 },
    ],
    [
      { highway: "footway", oneway: "no" },
      { class: "path", name: null, oneWay: 0 },
    ],
    [
      { kind: "minor_road", name: "A" },
      { class: "secondary", name: "A", oneWay: 0 },
    ],
    [
      { road_function: "Restricted Local Access Road", name_1: "Bull Lane" },
      { class: "service", name: "Bull Lane", oneWay: 0 },
    ],
    [
      { class: "A Road", road_name: "A10" },
      { class: "main", name: "A10", oneWay: 0 },
    ],
  ])("reads %j", async (properties, wanted) => {
    const { lines, notes } = await read({ coordinates: here, properties });
    expect(lines).toEqual([{ line: here, ...wanted }]);
    expect(notes.filter((note) => note.includes("unknown"))).toEqual([]);
  });

  test("keeps lines without names and kinds, and says so", async () => {
    const { lines, notes } = await read({ coordinates: [here, here], type: "MultiLineString" });
    expect(lines.map(({ name, class: kind }) => [name, kind])).toEqual([
      [null, "street"],
      [null, "street"],
    ]);
    expect(notes).toEqual([
      "No property holds names, so directions can only say what kind of street it is.",
      "No property says what kind of street a line is, so all are taken as streets.",
    ]);
  });

  test("leaves out areas, what is not built, other places and what may speak of a person", async () => {
    const found = await read(
      { coordinates: here, properties: { highway: "residential", name: "ask jo@example.org" } },
      { coordinates: [[...here, here[0]]], type: "Polygon", properties: { highway: "pedestrian" } },
      { coordinates: here, properties: { highway: "construction" } },
      { coordinates: here, properties: { highway: "wormhole" } },
      { coordinates: there, properties: { highway: "primary" } },
    );
    expect(found.lines.map(({ name, class: kind }) => [name, kind])).toEqual([
      [null, "street"],
      [null, "street"],
    ]);
    expect(found.outside).toBe(1);
    expect(found.notes).toEqual([
      "1 of an unknown kind, taken as streets.",
      "1 feature without a line, left out.",
      "1 that nobody can go along, left out.",
      "1 name left out: too long, or with signs of a person, a number or a page.",
    ]);
  });

  test("reads metres of the British National Grid", async () => {
    const { lines, notes } = await read({
      coordinates: [
        [534000, 193000],
        [534100, 193000],
      ],
    });
    expect(lines[0]?.line[0]?.[1]).toBeCloseTo(51.62, 2);
    expect(notes[0]).toBe("Read as metres of the British National Grid (EPSG:27700).");
  });
});

describe("a file that is refused, with one answer", () => {
  const swapped = here.map(([lng, lat]) => [lat, lng]);
  const area = { coordinates: [[...here, here[0]]], type: "Polygon" };
  test.each([
    ["empty", "", "the file is empty"],
    [
      "no JSON",
      "lines",
      "this cannot be read as JSON, as where a file was cut off; export it again",
    ],
    ["no features", streetFile([]), /^the file is empty: its collection has no features/],
    ["TopoJSON", '{"type":"Topology"}', /^this is TopoJSON/],
    ["areas", streetFile([area]), /^no feature of this file is a line \(the first is a Polygon\)/],
    [
      "another country",
      streetFile([{ coordinates: there }]),
      "none of 1 line lies in Enfield; give the streets of this area",
    ],
    [
      "swapped coordinates",
      streetFile([{ coordinates: swapped }]),
      "longitude and latitude are swapped in this file: in GeoJSON the longitude comes first",
    ],
    [
      "a line of one point",
      streetFile([{ coordinates: here }, { coordinates: [here[0]] }]),
      "feature 2 has a line of one point; a line needs at least two",
    ],
    [
      "a point that is no number",
      streetFile([{ coordinates: [[-0.06, null], here[1]] }]),
      "feature 1 has a point that is not two numbers",
    ],
    [
      "NaN",
      streetFile([{ coordinates: here }]).replace("51.63", "NaN"),
      /^this cannot be read as JSON/,
    ],
    [
      "a point off the world",
      streetFile([{ coordinates: [here[0], [-0.06, 251.6]] }]),
      /^feature 1 has the point -0\.06, 251\.6, which is no longitude and latitude/,
    ],
    [
      "only what is not built",
      streetFile([{ coordinates: here, properties: { highway: "proposed" } }]),
      "no line of this file is a street that can be used",
    ],
  ])("%s", async (_, text, fault) => {
    const reading = readStreetFile(text, region);
    await expect(reading).rejects.toThrow(FileFault);
    await expect(reading).rejects.toThrow(fault);
  });
});
