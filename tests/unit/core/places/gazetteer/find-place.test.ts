import { describe, expect, test } from "vitest";
import { cellAt, neighboursOf } from "#core/geo/cell.ts";
import { createPlaceFinder, type PlaceWords } from "#core/places/gazetteer/find-place.ts";
import {
  boroughKey,
  postcodeKey,
  streetKey,
  withoutHouseNumber,
} from "#core/places/gazetteer/names.ts";
import {
  knownNames,
  openNames,
  policeHeader,
  policeRow,
  readNames,
} from "#tests/support/gazetteer.ts";

const names = knownNames(readNames(openNames.join("\n")));
const finder = createPlaceFinder(names);
const cellOf = (name: string, borough = "") =>
  names.find((one) => one.name === name && (borough === "" || one.borough === borough))?.cell;

function find(words: Partial<PlaceWords>, by = finder): string {
  const found = by.find({ street: "", postcode: "", borough: "", ...words });
  return found.ok ? `${found.value.method} ${found.value.cell}` : found.reason;
}

describe("names are compared", () => {
  test("without regard to capitals, signs, and the short forms of Road and its like", () => {
    for (const name of [
      "St Ann's Road",
      "ST. ANNS RD",
      "st ann’s rd.",
      "On or near St Ann'S Road",
    ]) {
      expect(streetKey(name), name).toBe("st anns road");
    }
    expect(streetKey("High St")).toBe("high street");
    expect(streetKey("St")).toBe("st");
    expect(streetKey("Elm & Oak Gdns")).toBe("elm and oak gardens");
    expect(streetKey("Café Rd")).toBe("cafe road");
  });

  test("and nothing is guessed: another spelling is another street", () => {
    for (const other of [
      "Brettenham",
      "Bretenham Road",
      "Brettenham Street",
      "Upper Fore Street",
    ]) {
      expect(find({ street: other }), other).toBe("street_unknown");
    }
  });

  test("house numbers, flats and whole addresses' postcodes are taken as such", () => {
    expect(withoutHouseNumber(streetKey("12a Fore St"))).toBe("fore street");
    expect(withoutHouseNumber(streetKey("12-14 Fore Street"))).toBe("fore street");
    expect(withoutHouseNumber(streetKey("Flat 3, 12 Fore Street"))).toBe("fore street");
    expect(withoutHouseNumber(streetKey("1st Avenue"))).toBe("1st avenue");
    expect(postcodeKey("n18 2tt")).toBe("N182TT");
    expect(postcodeKey("12 Fore Street, London N182TT")).toBe("N182TT");
    for (const text of ["N18", "N18 2", "Fore Street", "XN18 2TTX", "N18 2TT extra"]) {
      expect(postcodeKey(text), text).toBeNull();
    }
    expect(
      ["LB Enfield", "London Borough of Enfield", "Enfield Council", "ENFIELD"].map(boroughKey),
    ).toEqual(Array.from({ length: 4 }, () => "enfield"));
  });
});

describe("a row is placed", () => {
  test("by its postcode first, else by its street", () => {
    expect(find({ postcode: "N18 2TT", street: "Fore Street" })).toBe(
      `postcode ${cellOf("N18 2TT")}`,
    );
    expect(find({ street: "12 Brettenham Rd" })).toBe(`street ${cellOf("Brettenham Road")}`);
    expect(find({ postcode: "N18 9ZZ", street: "Brettenham Road" })).toBe(
      `street ${cellOf("Brettenham Road")}`,
    );
  });

  test("of a name that lies in two places never by a guess, but by the borough, town or district named", () => {
    expect(find({ street: "Park Road" })).toBe("street_ambiguous");
    for (const borough of ["Enfield", "LB Enfield", "Edmonton", "N18"]) {
      expect(find({ street: "Park Road", borough }), borough).toBe(
        `street_in_borough ${cellOf("Park Road", "Enfield")}`,
      );
    }
    expect(find({ street: "Park Road", postcode: "N8" })).toBe(
      `street_in_borough ${cellOf("Park Road", "Haringey")}`,
    );
    expect(find({ street: "Park Road", borough: "Greater London" })).toBe("street_ambiguous");
  });

  test("not at all where the row says another borough, or one that nobody knows", () => {
    expect(find({ street: "Brettenham Road", borough: "Haringey" })).toBe("not_in_borough");
    expect(find({ street: "Brettenham Road", borough: "Brighton" })).toBe("borough_unknown");
    expect(find({ street: "Brettenham Road", borough: "London" })).toMatch(/^street /);
  });

  test("never on a street longer than a cell and its ring: its middle would become a hotspot", () => {
    expect(find({ street: "Fore Street" })).toBe("street_long");
    expect(find({ street: "Fore Street", borough: "Enfield" })).toBe("street_long");
  });

  test("never by half a postcode, and each failure has its own word", () => {
    expect(find({ postcode: "N18" })).toBe("too_coarse");
    expect(find({ postcode: "N18 2" })).toBe("too_coarse");
    expect(find({ postcode: "N18 9ZZ" })).toBe("postcode_unknown");
    expect(find({ postcode: "by the park" })).toBe("unreadable");
    expect(find({ street: "No Such Road" })).toBe("street_unknown");
    expect(find({})).toBe("empty");
    expect(find({ borough: "Enfield" })).toBe("empty");
  });
});

describe("a street with several points", () => {
  const at = cellAt([-0.0631, 51.6179], 10);
  const police = (...points: (readonly [number, number])[]) => {
    const rows = points.map(([lng, lat]) => policeRow("On or near Town Road", lng, lat));
    return createPlaceFinder(knownNames(readNames([policeHeader, ...rows].join("\n"))));
  };

  test("in one cell or the ring around it is one place", () => {
    const [next = at] = neighboursOf(at);
    const found = find({ street: "Town Road" }, police([-0.0631, 51.6179], [-0.0631, 51.6186]));
    expect(found.startsWith("street ")).toBe(true);
    expect([at, next, ...neighboursOf(at)]).toContain(found.slice("street ".length));
  });

  test("farther apart is in several places, whatever borough is named", () => {
    const apart = police([-0.0631, 51.6179], [-0.0614, 51.6227]);
    expect(find({ street: "Town Road" }, apart)).toBe("street_ambiguous");
  });
});
