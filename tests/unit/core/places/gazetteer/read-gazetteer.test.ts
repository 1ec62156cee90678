import { describe, expect, test } from "vitest";
import { metresBetween } from "#core/geo/cell.ts";
import { newGazetteer } from "#core/places/wire/gazetteer.ts";
import {
  openName,
  openNames,
  openNamesHeader,
  policeHeader,
  policeRow,
  readNames,
} from "#tests/support/gazetteer.ts";

const bare = openNames.join("\r\n");
const nothing = { reach: null, borough: null, locality: null, district: null };

describe("a file of OS Open Names", () => {
  test("is read with its headings, without them, and in pieces, all alike", () => {
    const { names, counts, format } = readNames(bare);
    expect(format).toBe("os-open-names");
    expect(counts).toEqual({
      rows: 12,
      kept: 8,
      repeated: 0,
      outside: 2,
      notKept: 2,
      unreadable: 0,
    });
    expect(names.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      "street Brettenham Road",
      "street Fore Street",
      "street Park Road",
      "street Park Road",
      "street St Ann's Road",
      "street Section Lane",
      "postcode N18 2TT",
      "postcode N15 5AA",
    ]);
    expect(names[0]).toMatchObject({ borough: "Enfield", locality: "Edmonton", district: "N18" });
    expect(names.map(({ reach }) => reach)).toEqual([141, 990, 85, 85, 71, 57, null, null]);
    expect(metresBetween(names[0]?.at ?? [0, 0], [-0.0624, 51.6168])).toBeLessThan(250);
    expect(readNames(`\uFEFF${openNamesHeader}\n${bare}`).names).toEqual(names);
    expect(readNames(bare, 7)).toEqual(readNames(bare));
  });

  test("by its headings in any order, with only those that are needed", () => {
    const text =
      "LOCAL_TYPE,GEOMETRY_Y,GEOMETRY_X,NAME1\nNamed Road,192700,534200,Brettenham Road\n";
    expect(readNames(text).names).toMatchObject([{ name: "Brettenham Road", ...nothing }]);
  });

  test("keeps a name once a cell, with the longest reach of its parts", () => {
    const part = {
      name: "Short Road",
      type: "Section Of Named Road",
      east: 534_200,
      north: 192_700,
    };
    const { names, counts } = readNames(
      [
        openName({ ...part, half: 10 }),
        openName({ ...part, half: 40 }),
        openName({ ...part, half: 20 }),
      ].join("\n"),
    );
    expect(counts).toMatchObject({ rows: 3, kept: 1, repeated: 2 });
    expect(names).toMatchObject([{ reach: 57 }]);
  });

  test("an address among its names is not kept, nor taken from the page", () => {
    const at = { east: 534_191, north: 192_784 };
    const lines = [
      openName({ name: "Quagmire Street", ...at }),
      openName({ name: "12 Quagmire Street", ...at }),
      openName({ name: "Quibble Road", ...at, borough: "zq@example.org" }),
    ];
    const { names, counts } = readNames(lines.join("\n"));
    expect(names.map(({ name }) => name)).toEqual(["Quagmire Street"]);
    expect(counts).toMatchObject({ rows: 3, kept: 1, notKept: 2 });
    const [kept] = names;
    if (!kept) throw new TypeError("no name");
    const sent = (name: string) => ({
      fileName: "names.csv",
      format: "os-open-names",
      rows: 1,
      outside: 0,
      names: [{ ...kept, name }],
    });
    expect(newGazetteer.safeParse(sent("Quagmire Street")).success).toBe(true);
    expect(newGazetteer.safeParse(sent("12 Quagmire Street")).success).toBe(false);
  });

  test("counts rows that have no place, and refuses none of the others for it", () => {
    const bad = openName({ name: "Nowhere", east: 534_200, north: 192_700 }).replace(
      "534200,192700",
      "x,",
    );
    const odd = openName({ name: "N18", type: "Postcode", east: 534_200, north: 192_700 });
    expect(readNames([bare, bad, odd].join("\n")).counts).toMatchObject({ kept: 8, unreadable: 2 });
  });
});

describe("a street file of data.police.uk", () => {
  test("gives its street names with their points, and nothing else of its rows", () => {
    const text = [
      policeHeader,
      policeRow("On or near Fore Street", -0.0631, 51.6179),
      policeRow("On or near Fore Street", -0.0631, 51.6179),
      policeRow("On or near Fore Street", -0.0614, 51.6227),
      policeRow("On or near St Ann'S Road", -0.0951, 51.5829),
      policeRow("On or near Supermarket", -0.0631, 51.6179),
      policeRow("On or near A10", -0.0631, 51.6179),
      policeRow("No Location", "", ""),
      policeRow("On or near Quay Street", -2.59, 51.45),
    ].join("\n");
    const { names, counts, format } = readNames(text);
    expect(format).toBe("police-uk-street");
    expect(names).toEqual([
      { kind: "street", name: "Fore Street", at: [-0.0631, 51.6179], ...nothing },
      { kind: "street", name: "Fore Street", at: [-0.0614, 51.6227], ...nothing },
      { kind: "street", name: "St Ann's Road", at: [-0.0951, 51.5829], ...nothing },
    ]);
    expect(counts).toEqual({
      rows: 8,
      kept: 3,
      repeated: 1,
      outside: 1,
      notKept: 3,
      unreadable: 0,
    });
  });
});

describe("a file that is no gazetteer says what it is not and what to do", () => {
  const reasonOf = (text: string) => {
    try {
      return `read ${readNames(text).names.length}`;
    } catch (error) {
      return (error as Error).message;
    }
  };
  const row = openName({ name: "Far Road", east: 425_000, north: 564_000 });

  test.each([
    ["an empty file", "", /^the file is empty/],
    ["blank lines", "\n\n\n", /^the file is empty/],
    ["headings alone", `${openNamesHeader}\n`, /headings of OS Open Names and no row below/],
    [
      "a column missing",
      openNamesHeader.replace("GEOMETRY_Y,", ""),
      /^Line 1: a file of OS Open Names needs the columns GEOMETRY_Y as well/,
    ],
    [
      "events",
      "Date,Latitude,Longitude,Kind\n2021-11-05,51.6,-0.06,complaint\n",
      /neither a file of OS Open Names nor .*its columns are "Date", "Latitude"/,
    ],
    [
      "a police file without points",
      "Month,Location\n2021-10,On or near Fore Street\n",
      /needs "Longitude" and "Latitude" beside "Location"/,
    ],
    ["another place", row, /none of its 1 rows .*1 outside the area of Enfield and Haringey/],
    ["numbers", "1,2,3\n4,5,6\n", /its first line cannot be read as headings/],
    ["a quote that never closes", `${openNamesHeader}\n"never`, /a quote \("\) opens here/],
    ["not text", `${openNamesHeader}\n\0`, /NUL character/],
  ])("%s", (_, text, reason) => {
    expect(reasonOf(text)).toMatch(reason);
  });

  test("no value of a wrong file is repeated", () => {
    const text = "Jo Secret,07700 900123,12 Hidden Road\nAl Secret,07700 900124,14 Hidden Road\n";
    expect(reasonOf(text)).not.toMatch(/07700|900123/);
  });
});
