import { describe, expect, test } from "vitest";
import { cellAt, metresBetween, neighboursOf, type Position } from "#core/geo/cell.ts";
import { centreOfSquare, lettersOfSquare, parseGridReference } from "#core/geo/national-grid.ts";
import { readGridReference } from "#core/places/place.ts";
import { readText, testSetting } from "#tests/support/import.ts";

const { region } = testSetting;

/**
 * Written by hand from Ordnance Survey's public OSTN15 test points: TP09 in London, and the next around
 * it. The figures are the published metres, cut to whole ones; the place is the published one (ETRS89).
 */
const publicPoints: readonly [reference: string, at: Position][] = [
  ["TQ 30624 78388", [-0.1199255718, 51.4893656495]],
  ["TR 39821 69565", [1.44454730409, 51.3744702555]],
  ["TL 99445 25722", [0.89724327012, 51.8943663735]],
];

describe("a grid reference", () => {
  test("names the centre of its square, with or without spaces, small or large", () => {
    for (const text of ["TQ 34567 92345", "TQ3456792345", "tq 34567 92345", " Tq34567,92345 "]) {
      const read = parseGridReference(text);
      expect(read.ok && centreOfSquare(read.value)).toEqual({ east: 534_567.5, north: 192_345.5 });
    }
    const side = (text: string) => {
      const read = parseGridReference(text);
      return read.ok ? [read.value.side, centreOfSquare(read.value)] : read.reason;
    };
    expect(side("TQ 3456 9234")).toEqual([10, { east: 534_565, north: 192_345 }]);
    expect(side("TQ345923")).toEqual([100, { east: 534_550, north: 192_350 }]);
    expect(side("TQ3492")).toEqual([1_000, { east: 534_500, north: 192_500 }]);
    expect(side("TQ39")).toEqual([10_000, { east: 535_000, north: 195_000 }]);
    expect(side("TQ")).toEqual([100_000, { east: 550_000, north: 150_000 }]);
  });

  test("has the letters that Ordnance Survey gives the corners of the country", () => {
    const corners = { SV: [0, 0], TV: [500, 0], HP: [400, 1_200], NN: [200, 700], TL: [500, 200] };
    for (const [letters, [east = 0, north = 0]] of Object.entries(corners)) {
      const read = parseGridReference(letters);
      const square = { east: east * 1_000, north: north * 1_000 };
      expect(read.ok && read.value.square, letters).toEqual(square);
      expect(lettersOfSquare(square)).toBe(letters);
    }
  });

  test("that is none is told apart: no letters, no such square, uneven, no reference at all", () => {
    const reasonOf = (text: string) => {
      const read = parseGridReference(text);
      return read.ok ? "read" : read.reason;
    };
    expect(["34567 92345", "534567,192345", "3492"].map(reasonOf)).toEqual([
      "letters_missing",
      "letters_missing",
      "letters_missing",
    ]);
    expect(["ZZ 34567 92345", "TI 345 923", "AA12"].map(reasonOf)).toEqual([
      "no_such_square",
      "no_such_square",
      "no_such_square",
    ]);
    expect(["TQ 345 9234", "TQ34567", "TQ 345678 923456"].map(reasonOf)).toEqual([
      "uneven",
      "uneven",
      "uneven",
    ]);
    for (const text of ["", "Fore Street", "T 345 923", "TQ 34a 92b", "TQ".repeat(100)]) {
      expect(reasonOf(text)).toBe("unreadable");
    }
  });
});

describe("a grid reference of the study area", () => {
  test("is within 2 m of Ordnance Survey's points in London and around it", () => {
    const wide = { ...region, south: 51, east: 2, north: 52 };
    for (const [text, at] of publicPoints) {
      const read = readGridReference(text, wide);
      expect(read.ok && metresBetween(read.value.position, at)).toBeLessThan(2);
    }
  });

  test("of 100 m is taken, its cell or one beside it; of 1 km and more it is too coarse", () => {
    const exact = readGridReference("TQ 34599 92301", region);
    const square = readGridReference("TQ 345 923", region);
    if (!exact.ok || !square.ok) throw new Error("not read");
    const cell = cellAt(exact.value.position, 10);
    expect([cell, ...neighboursOf(cell)]).toContain(cellAt(square.value.position, 10));
    for (const text of ["TQ 34 92", "TQ39", "TQ"]) {
      expect(readGridReference(text, region)).toMatchObject({
        ok: false,
        reason: { kind: "too_coarse" },
      });
    }
  });

  test("says what seems wrong: swapped, another square, no letters, outside", () => {
    const why = (text: string) => {
      const read = readGridReference(text, region);
      return read.ok ? "read" : read.reason.kind;
    };
    expect(why("TQ 345 923")).toBe("read");
    expect(why("TQ 923 345")).toBe("swapped");
    expect(why("TL 345 923")).toBe("wrong_square");
    expect(why("SQ 345 923")).toBe("wrong_square");
    expect(why("ZZ 345 923")).toBe("wrong_square");
    expect(why("345 923")).toBe("letters_missing");
    expect(why("TQ 300 800")).toBe("outside");
    expect(why("NZ 251 643")).toBe("outside");
    const other = readGridReference("TL 345 923", region);
    expect(!other.ok && other.reason.reason).toContain("the same figures in TQ lie inside");
  });
});

describe("a table with grid references", () => {
  const row = (reference: string) => `2021-11-05 22:10,${reference},complaint,asb`;
  const table = (...references: string[]) =>
    ["Date,OS Grid Ref,Kind,Category", ...references.map(row)].join("\n");

  test("is read by its heading, each reason counted", () => {
    const { drafts, faults, outline } = readText(
      table("TQ 34567 92345", "TQ345923", "TQ3492", "345 923", "TL345923", "923456", "SU 1 1", ""),
    );
    expect(outline.mapping).toMatchObject({ grid_reference: "OS Grid Ref" });
    expect(drafts.map(({ placedBy }) => placedBy)).toEqual(["point", "grid_100m"]);
    expect(faults.map(({ place, value }) => [place, value])).toEqual([
      ["too_coarse", "TQ 34 92"],
      ["letters_missing", "345 92…"],
      ["wrong_square", "TL 34… 92…"],
      ["letters_missing", "923…"],
      ["too_coarse", "SU 1 1"],
      ["empty", ""],
    ]);
    expect(outline.notes).toContain("Placed: 1 by a point, 1 by a grid square of 100 m.");
    expect(outline.notes.find((note) => note.startsWith("Refused for"))).toBe(
      "Refused for their place: 1 without a place, 2 without the letters or figures of the 100 km square, 1 with the letters of another 100 km square, 2 with a square or a postcode district too large for a cell.",
    );
  });

  test("by any of the names that exports use, and by a person's word", () => {
    for (const name of ["Grid Reference", "NGR", "GridRef", "os_grid_reference", "OSGR"]) {
      const text = table("TQ345923").replace("OS Grid Ref", name);
      expect(readText(text).outline.mapping, name).toMatchObject({ grid_reference: name });
    }
    const text = table("TQ345923").replace("OS Grid Ref", "Where");
    expect(readText(text, { map: { ngr: "Where" } }).drafts).toHaveLength(1);
  });

  test("gives rows without a point a place, and never overrules one that is wrong", () => {
    const text = [
      "Date,Latitude,Longitude,Grid ref,Kind",
      "2021-11-05,51.6179,-0.0631,TQ 300 800,complaint",
      "2021-11-05,,,TQ 345 923,complaint",
      "2021-11-05,0,0,TQ 345 923,complaint",
    ].join("\n");
    const { drafts, faults } = readText(text);
    expect(drafts.map(({ placedBy }) => placedBy)).toEqual(["point", "grid_100m"]);
    expect(faults.map(({ row: line, place }) => [line, place])).toEqual([[4, "outside"]]);
  });
});
