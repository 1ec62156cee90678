import { describe, expect, it } from "vitest";
import { createNameFinder } from "#core/places/streets/source/join-names.ts";
import { streetName } from "#core/places/streets/street-words.ts";

const line = (...points: readonly (readonly [x: number, y: number])[]) =>
  points.map(([x, y]) => ({ x, y }));
const named = (name: string | undefined, part: ReturnType<typeof line>, more = {}) => ({
  properties: { class: "minor", ...(name === undefined ? {} : { name }), ...more },
  parts: [part],
});
const find = (names: Parameters<typeof createNameFinder>[0], ...drawn: ReturnType<typeof line>[]) =>
  createNameFinder(names, "name")({ class: "minor" }, drawn).map(({ name, part }) => [
    name,
    part.map(({ x }) => x),
  ]);

describe("the name of a drawn line", () => {
  it("is that of the line that lies along it, a metre or two off", () => {
    const names = [
      named("Fore Street", line([0, 3], [1000, -2])),
      named("Far", line([0, 40], [1000, 40])),
    ];
    expect(find(names, line([0, 0], [400, 0], [1000, 0]))).toEqual([
      ["Fore Street", [0, 400, 1000]],
    ]);
  });

  it("is not that of what crosses it, of another class, or too far off", () => {
    const names = [
      named("Crosses", line([500, -300], [500, 300])),
      {
        ...named("A path", line([0, 0], [1000, 0])),
        properties: { class: "path", name: "A path" },
      },
      named("Beside", line([0, 20], [1000, 20])),
    ];
    expect(find(names, line([0, 0], [1000, 0]))).toEqual([[null, [0, 1000]]]);
  });

  it("changes where the streets do: a line of two streets comes in two parts", () => {
    const names = [
      named("High Road", line([0, 0], [600, 0])),
      named("Fore Street", line([600, 0], [1000, 0])),
    ];
    expect(find(names, line([0, 0], [600, 0], [1000, 0]))).toEqual([
      ["High Road", [0, 600]],
      ["Fore Street", [600, 1000]],
    ]);
  });

  it("goes on over a stretch with a number alone, and over a short gap, not over a long one", () => {
    const road = (from: number, to: number) => named("High Road", line([from, 0], [to, 0]));
    const number = named(undefined, line([300, 0], [700, 0]), { ref: "A10" });
    const drawn = line([0, 0], [300, 0], [700, 0], [1000, 0]);
    expect(find([road(0, 300), number, road(700, 1000)], drawn)).toEqual([
      ["High Road", [0, 300, 700, 1000]],
    ]);
    expect(find([road(0, 300), road(700, 1000)], drawn).map(([name]) => name)).toEqual([
      "High Road",
      null,
      "High Road",
    ]);
    const short = line([0, 0], [300, 0], [340, 0], [1000, 0]);
    expect(find([road(0, 300), road(340, 1000)], short)).toEqual([
      ["High Road", [0, 300, 340, 1000]],
    ]);
  });

  it("is none without a layer of names", () => {
    expect(find([], line([0, 0], [9, 9]))).toEqual([[null, [0, 9]]]);
  });
});

it.each([
  ["Great Cambridge Rd.", "Great Cambridge Road"],
  ["Devonshire Hill Ln.", "Devonshire Hill Lane"],
  ["St. Ann's Rd.", "St. Ann's Road"],
  ["Park Cres.", "Park Crescent"],
  ["Long St.", "Long Street"],
  ["Long St. North", "Long Street North"],
  ["Sunnyside Rd. East", "Sunnyside Road East"],
  ["Park Ave. Road", "Park Avenue Road"],
  ["Old St. James Rd.", "Old St. James Road"],
  ["High Rd", "High Rd"],
  ["Rd.", "Rd."],
  ["A10", "A10"],
  [" Fore Street ", "Fore Street"],
  ["-", null],
  ["", null],
  [7, null],
  ["<b>Fore Street</b>", null],
  ["John Smith, 07700 900123", null],
  ["Route 66 (B1234)", "Route 66 (B1234)"],
  ["x".repeat(81), null],
])("a street written %j is called %j", (written, name) => {
  expect(streetName(written)).toBe(name);
});
