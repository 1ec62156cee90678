import { describe, expect, test } from "vitest";
import { readText } from "#tests/support/import.ts";

const streetHeader = "Crime ID,Month,Longitude,Latitude,Location,LSOA code,Crime type";
const street = (...types: string[]) =>
  [
    streetHeader,
    ...types.map((type, at) => `${at}a,2021-03,-0.0631,51.6179,On or near High Street,E01,${type}`),
  ].join("\n");

const plain = (...types: string[]) =>
  [
    "Date,Latitude,Longitude,Kind,Force code",
    ...types.map((type) => `2021-06-05,51.6179,-0.0631,complaint,"${type}"`),
  ].join("\n");
const byCode = { map: { type: "Force code" } };

const typesOf = ({ drafts }: ReturnType<typeof readText>) => drafts.map(({ type }) => type);

describe("types of the ready profiles (DEFINITIONS, Events)", () => {
  test("a street file keeps the publisher's own word beside the category", () => {
    const read = readText(street("Burglary", "anti-social BEHAVIOUR", "Drugs"));
    expect(typesOf(read)).toEqual(["Burglary", "Anti-social behaviour", "Drugs"]);
    expect(read.drafts.map(({ category }) => category)).toEqual(["other", "asb", "other"]);
    expect(read.outline.mapping).toMatchObject({ category: "Crime type", type: "Crime type" });
  });

  test("a word that is not in the publisher's list is counted, and its row kept without a type", () => {
    const read = readText(street("Burglary", "Time travel", "Time travel", "Amelia Smith", ""));
    expect(typesOf(read)).toEqual(["Burglary", null, null, null, null]);
    expect(read.faults).toEqual([]);
    const note = read.outline.notes.find((each) => each.startsWith("Type not known"));
    expect(note).toBe(
      'Type not known: 3 rows are kept without one, for what they have under "Crime type": "Time travel" (2), not shown (1).',
    );
    expect(JSON.stringify(read)).not.toContain("Amelia");
  });

  test("stops keep the object of search, collisions the severity as word or code", () => {
    const stops = readText(
      [
        "Type,Date,Latitude,Longitude,Legislation,Object of search",
        "Person search,2021-05-31T23:20:00+00:00,51.6179,-0.0631,PACE,Offensive weapons",
        "Person search,2021-05-31T23:21:00+00:00,51.6179,-0.0631,PACE,",
      ].join("\n"),
    );
    expect(typesOf(stops)).toEqual(["Offensive weapons", null]);
    const collisions = readText(
      [
        "accident_index,longitude,latitude,accident_severity,date,time",
        "1,-0.0631,51.6179,Slight,2022/01/01,02:24",
        "2,-0.0631,51.6179,1,2022/01/01,02:24",
      ].join("\n"),
      { kind: "complaint" },
    );
    expect(typesOf(collisions)).toEqual(["Slight", "Fatal"]);
  });

  test("the type is no part of what tells a row apart", () => {
    const [mapped] = readText(plain("Drugs"), byCode).drafts;
    const [unmapped] = readText(plain("Drugs")).drafts;
    expect(mapped?.identity).toBe(unmapped?.identity);
    expect(mapped?.type).toBe("Drugs");
    expect(unmapped?.type).toBeNull();
  });

  test("a person may say that no column holds the type", () => {
    expect(typesOf(readText(street("Burglary"), { map: { type: "" } }))).toEqual([null]);
  });
});

describe("types of a mapping of one's own", () => {
  test("its words are kept as first written, whatever the case of the others", () => {
    const read = readText(plain("Shop theft", "SHOP THEFT", "ASB-02", ""), byCode);
    expect(typesOf(read)).toEqual(["Shop theft", "Shop theft", "ASB-02", null]);
  });

  test("what could speak of a person is refused with row and column, and not shown", () => {
    const read = readText(
      plain("Shop theft", "Seen with Amelia Smith", "AB12 CDE", "(left out)"),
      byCode,
    );
    expect(typesOf(read)).toEqual(["Shop theft"]);
    expect(read.faults).toMatchObject([
      { row: 3, column: "Force code", value: "(not shown)" },
      { row: 4, column: "Force code", value: "(not shown)" },
      { row: 5, column: "Force code", value: "(left out)" },
    ]);
    expect(read.faults[0]?.reason).toContain("type");
    expect(JSON.stringify(read)).not.toMatch(/Amelia|AB12/);
  });

  test("a word of more than 40 letters is refused", () => {
    const read = readText(plain("a".repeat(41)), byCode);
    expect(read.faults).toMatchObject([{ row: 2, value: "(too long to show)" }]);
  });

  test("the 65th word shows that the column is no closed list: the file is refused at its row", () => {
    const words = Array.from({ length: 65 }, (_, at) => `C${at + 1}`);
    expect(typesOf(readText(plain(...words.slice(0, 64)), byCode))).toHaveLength(64);
    expect(() => readText(plain(...words), byCode)).toThrow(
      expect.objectContaining({
        line: 66,
        column: "Force code",
        value: "C65",
        reason: expect.stringContaining("more than 64") as unknown,
      }),
    );
  });
});
