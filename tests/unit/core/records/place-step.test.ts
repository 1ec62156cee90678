import { describe, expect, test } from "vitest";
import { type H3Cell, parentCell } from "#core/geo/cell.ts";
import { createPlaceFinder } from "#core/places/gazetteer/find-place.ts";
import { readFound, withoutWords } from "#core/records/place-step.ts";
import { cellColumn } from "#core/table/columns.ts";
import { knownNames, openNames, readNames, sentTable } from "#tests/support/gazetteer.ts";
import { readText } from "#tests/support/import.ts";

const names = knownNames(readNames(openNames.join("\n")));
const places = createPlaceFinder(names);
const map = { street: "Home address", borough: "Borough", postcode: "Post code" };
const file = [
  "Date,Home address,Borough,Post code,Kind,Category,Caller name",
  "2021-11-05 22:10,12 Brettenham Road,Enfield,,complaint,asb,Jo Hidden",
  '2021-11-06 22:10,"14, Park Rd",Haringey,,complaint,asb,Al Hidden',
  "2021-11-07 22:10,Park Road,,,complaint,asb,Bo Hidden",
  "2021-11-08 22:10,,,N18 2TT,complaint,asb,Cy Hidden",
  "2021-11-09 22:10,Nowhere Lane,,,complaint,asb,Di Hidden",
  "2021-11-10 22:10,Fore Street,,,complaint,asb,Ed Hidden",
  "2021-11-11 22:10,,,,complaint,asb,Fy Hidden",
].join("\n");

function sent(text = file, given: Record<string, string> = map): string {
  return sentTable(text, given, places);
}

describe("words about a place stay where the file is read", () => {
  test("what leaves holds cells and no street, number, borough or postcode", () => {
    const text = sent();
    expect(text).not.toMatch(/Brettenham|Park|Fore|Nowhere|N18|2TT|Enfield|Haringey|Hidden|1[24]/);
    expect(text.split("\n")[0]).toBe(`Date,${cellColumn},Kind,Category`);
    expect(text.split("\n")[1]).toMatch(/^2021-11-05 22:10,8a[0-9a-f]{13} street,complaint,asb$/);
  });

  test("what is read from it is what a command reads from the file itself, line by line", () => {
    const here = readText(file, { map }, undefined, { places });
    const there = readText(sent(), { map: { ...withoutWords(map), cell: cellColumn } }, undefined, {
      hasCells: true,
    });
    expect(there.drafts).toEqual(here.drafts);
    expect(there.drafts.map(({ line, placedBy }) => [line, placedBy])).toEqual([
      [2, "street"],
      [3, "street_in_borough"],
      [5, "postcode"],
    ]);
    const reasons = ({ faults }: typeof here) => faults.map(({ row, place }) => [row, place]);
    expect(reasons(there)).toEqual(reasons(here));
    expect(reasons(there)).toEqual([
      [4, "street_ambiguous"],
      [6, "street_unknown"],
      [7, "street_long"],
      [8, "empty"],
    ]);
    expect(there.outline.notes).toContain(
      "Placed: 1 by the postcode, 1 by the street's name, 1 by the street's name and its borough.",
    );
    expect(JSON.stringify(here.faults)).not.toMatch(/Nowhere|Park R|Fore S/);
  });

  test("a street, a postcode and a borough are known by their headings", () => {
    const text = [
      "Date,Street,Borough,Postcode,Kind",
      "2021-11-05,12 Brettenham Road,,,complaint",
      "2021-11-06,Park Road,Haringey,,complaint",
      "2021-11-07,,,N18 2TT,complaint",
    ].join("\n");
    const { drafts, outline } = readText(text, {}, undefined, { places });
    expect(drafts.map(({ placedBy }) => placedBy)).toEqual([
      "street",
      "street_in_borough",
      "postcode",
    ]);
    const mapping = { street: "Street", borough: "Borough", postcode: "Postcode" };
    expect(outline).toMatchObject({ mapping, blockedColumns: [] });
    const without = readText(text, { map: { postcode: "" } }, undefined, { places });
    expect(without.outline.mapping).not.toHaveProperty("postcode");
    expect(without.faults).toMatchObject([{ row: 4, place: "empty" }]);
  });

  test("a heading that speaks of a person is read as words only where somebody maps it", () => {
    const text = "Date,Home postcode,Kind\n2021-11-05,N18 2TT,complaint\n";
    expect(() => readText(text, {}, undefined, { places })).toThrow(/a street or a postcode/);
    const map = { postcode: "Home postcode" };
    expect(readText(text, { map }, undefined, { places }).drafts).toHaveLength(1);
  });

  test("words alone need a list to find them by", () => {
    const text = "Date,Street,Kind\n2021-11-05,Brettenham Road,complaint\n";
    expect(() => readText(text)).toThrow(/no list of streets or postcodes/);
  });

  test("without a list, a column of postcodes beside points is left alone, and that is said", () => {
    const text = [
      "Date,Latitude,Longitude,Postcode,Kind",
      "2021-11-05,51.6179,-0.0631,N18 2TT,complaint",
      "2021-11-05,,,N18 2TT,complaint",
    ].join("\n");
    expect(readText(text).outline.notes).toContain("Not used: Postcode.");
    const { drafts, faults, outline } = readText(text, { map: { postcode: "Postcode" } });
    expect(drafts).toMatchObject([{ line: 2, placedBy: "point" }]);
    expect(faults).toMatchObject([{ row: 3, reason: "the row has no place" }]);
    expect(outline.notes).toContain(
      'To use "Postcode", first add a list of postcodes under "Boundaries and places". Until then rows without a point are refused.',
    );
  });

  test("a refused word is repeated nowhere, not even figures alone", () => {
    const text = "Date,Street,Kind\n2021-11-05,12 10,complaint\n2021-11-05,7 May,complaint\n";
    const { faults } = readText(text, { map: { street: "Street" } }, undefined, { places });
    expect(faults.map(({ value }) => value)).toEqual(["(not shown)", "(not shown)"]);
  });

  test("a row that has a point keeps it, and a wrong point is never overruled by words", () => {
    const text = [
      "Date,Latitude,Longitude,Street,Kind",
      "2021-11-05,51.6179,-0.0631,St Ann's Road,complaint",
      "2021-11-05,0,0,St Ann's Road,complaint",
      "2021-11-05,,,St Ann's Road,complaint",
    ].join("\n");
    const { drafts, faults } = readText(text, { map: { street: "Street" } }, undefined, { places });
    expect(drafts.map(({ line, placedBy }) => [line, placedBy])).toEqual([
      [2, "point"],
      [4, "street"],
    ]);
    expect(faults).toMatchObject([{ row: 3, place: "outside" }]);
  });

  test("cells beyond the header and short rows stay what they were", () => {
    const text = ["Date,Street,Kind", "2021-11-05,Brettenham Road,complaint,x", "2021-11-05"].join(
      "\n",
    );
    const lines = sent(text, { street: "Street" }).trim().split("\n");
    expect(lines[1]).toMatch(/^2021-11-05,8a[0-9a-f]{13} street,complaint,\?$/);
    expect(lines[2]).toBe("2021-11-05");
  });
});

describe("a column of cells", () => {
  const cell = names[0]?.cell ?? "";
  const table = (text: string) => `Date,${cellColumn},Kind\n2021-11-05,${text},complaint\n`;
  const choices = { map: { cell: cellColumn } };

  test("is read from the page alone", () => {
    expect(() => readText(table(`${cell} street`), choices)).toThrow(/written by the page itself/);
    expect(
      readText(table(`${cell} street`), choices, undefined, { hasCells: true }).drafts,
    ).toHaveLength(1);
  });

  test.each([
    ["another resolution", `${parentCell(cell as H3Cell, 9)} street`, "outside"],
    ["far away", "8a2a1072b59ffff street", "outside"],
    ["no cell", "zz street", "unreadable"],
    ["no such method", `${cell} guess`, "unreadable"],
    ["words", "12 Hidden Road", "unreadable"],
    ["more words", `${cell} street and more`, "unreadable"],
    ["no such reason", "none whatever", "unreadable"],
  ])("that holds %s is refused and not repeated", (_, text, place) => {
    const { faults, drafts } = readText(table(text), choices, undefined, { hasCells: true });
    expect(drafts).toEqual([]);
    expect(faults).toMatchObject([{ place, value: "(not shown)" }]);
  });

  test("is read back as it was written, and from nothing else", () => {
    expect(readFound(`${cell} postcode`)).toEqual({
      ok: true,
      value: { cell, method: "postcode" },
    });
    expect(readFound("none street_long")).toEqual({ ok: false, reason: "street_long" });
    expect(readFound("")).toBeNull();
  });
});
