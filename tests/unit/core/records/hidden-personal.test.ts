import { describe, expect, test } from "vitest";
import { isPublicName } from "#core/places/gazetteer/names.ts";
import { placeLabel } from "#core/places/layers/place-factors.ts";
import { findReading } from "#core/records/detect.ts";
import { mustNotBeKept } from "#core/records/judge-values.ts";
import { createRowKeeper, planByReading } from "#core/records/keep-columns.ts";
import { faultOfSaved, headingsToKeep } from "#core/records/saved-profile.ts";
import { showValue } from "#core/records/show-value.ts";
import { canBeListWord, noWords } from "#core/records/word-choices.ts";
import { readHeader } from "#core/table/columns.ts";
import { cleanFileName } from "#core/text/file-name.ts";
import { isPersonalColumn, whyPersonal } from "#core/text/personal-columns.ts";
import { certainKind } from "#core/text/personal-value.ts";
import { readText } from "#tests/support/import.ts";

/** SAFEGUARDS 8, against those who would get round it, and those who do so without meaning to. */
describe("what a value is does not hide behind how it is written", () => {
  test.each([
    ["as a spreadsheet keeps a text", '="07700900123"', "phone numbers"],
    ["behind an apostrophe", "'07700900123", "phone numbers"],
    ["with a space of no width", "07700\u200b900123", "phone numbers"],
    ["with a soft hyphen", "zq\u00ad@example.org", "e-mail addresses"],
    [
      "in full-width signs",
      "\uff10\uff17\uff17\uff10\uff10\uff19\uff10\uff10\uff11\uff12\uff13",
      "phone numbers",
    ],
    ["with hyphens of another kind", "07700\u2011900\u2013123", "phone numbers"],
    ["turned right to left", "\u202eAB12 CDE", "vehicle marks"],
    ["with a space in another place", "AB 12 CDE", "vehicle marks"],
    ["with a hyphen", "AB12-CDE", "vehicle marks"],
    ["as the police number people", "93/123456X", "PNC or CRO numbers"],
    ["as courts number people", "123456/93A", "PNC or CRO numbers"],
  ])("%s", (_, value, kind) => {
    expect(certainKind(value)).toBe(kind);
    expect(mustNotBeKept(value)).toBe(true);
  });

  test("a code that is made of somebody's names is no reference that is kept", () => {
    for (const code of ["Smith.Amelia.85", "AmeliaSmith1", "amelia_smith_2"]) {
      expect(mustNotBeKept(code)).toBe(true);
    }
    for (const code of ["CAD/1234/05JAN21", "ASB-MAY-12", "5201234/21", "66/1A"]) {
      expect(mustNotBeKept(code)).toBe(false);
    }
  });
});

describe("a heading of people does not hide behind how it is written", () => {
  test.each([
    "N\u200bame",
    "\uff24\uff2f\uff22",
    "fullname",
    "LASTNAME",
    "dateofbirth",
    "MobileNumber",
    "homeaddress",
    "vehiclereg",
    "Suspect1Name",
    "VRM2",
    "Person1",
    "Alias 3",
  ])("%j", (heading) => {
    expect(isPersonalColumn(heading)).toBe(true);
  });

  test("nor is somebody's name a heading: it is left out, and in no list that is kept", () => {
    expect(whyPersonal("Amelia Smith")).toBe("its heading looks like the name of somebody");
    expect(headingsToKeep(["Date", "Amelia Smith"])).toEqual(["Date"]);
    const reading = {
      profile: "plain",
      map: { date: "Date", reference: "Amelia Smith" },
      headings: ["Date"],
      kind: null,
      source: null,
      dates: null,
      words: noWords,
      midnight: "as-written",
    } as const;
    expect(faultOfSaved(reading)).toMatch(/may describe a person/);
  });

  test("a heading with something invisible in it is still found by its name", () => {
    const { names } = readHeader({
      line: 1,
      cells: ["\u200bDate", "Lati\u00adtude", "Event\u00a0 type"],
    });
    expect(names).toEqual(["Date", "Latitude", "Event type"]);
  });
});

describe("words of a list", () => {
  test.each([
    "amelia smith",
    "AMELIA SMITH",
    "Amelia",
    "smith.amelia",
    "seen with jack",
    "female ic1",
    "polish female",
    "o'quex",
    "IC1",
  ])("%s may speak of somebody: neither shown nor kept", (word) => {
    expect(canBeListWord(word)).toBe(false);
    expect(showValue("category", word)).toBe("(not shown)");
  });

  test.each(["noise", "ASB - NUISANCE", "kerb crawling", "drug litter", "66/1A", "needles found"])(
    "%s is an entry",
    (word) => expect(canBeListWord(word)).toBe(true),
  );

  test("in a column of categories a name is in no message, no list of words and no note", () => {
    const rows = [...new Array<string>(8).fill("asb"), "AMELIA SMITH", "amelia smith"].map(
      (word) => `2021-06-05,51.6179,-0.0631,complaint,${word}`,
    );
    const read = readText(`Date,Lat,Lng,Kind,Category\n${rows.join("\n")}\n`);
    expect(read.faults).toHaveLength(2);
    expect(JSON.stringify(read)).not.toMatch(/amelia|smith/i);
  });
});

describe("a value that is in the wrong column", () => {
  test("a phone number among coordinates and a number of somebody among references are not shown", () => {
    expect(showValue("longitude", "07700 900123")).toBe("(not shown)");
    expect(showValue("reference", "14:05 21")).toBe("(not shown)");
  });

  test("in a column of a list only what is like a mark stays: codes of lists look so, phones do not", () => {
    const cells = ["Date", "Lat", "Lng", "Kind", "Category"];
    const header = readHeader({ line: 1, cells });
    const columns = { profile: "auto", map: {} } as const;
    const keeper = createRowKeeper(planByReading(header, findReading(header, columns)));
    keeper.write({ line: 1, cells });
    const sent = (category: string) =>
      keeper.write({ line: 2, cells: ["2021-06-05", "51.6", "-0.06", "complaint", category] });
    expect(sent("A12 ASB")).toContain("A12 ASB");
    expect(sent("07700 900123")).toContain("(left out)");
    expect(sent("zq@example.org")).toContain("(left out)");
  });
});

describe("names of places and files", () => {
  test.each(["12 Fore Street", "Flat 3, Quagmire House", "Amelia Smith", "AB12 CDE"])(
    "%s is no name of a lamp, a stop or a venue that is kept",
    (label) => expect(placeLabel(label)).toBeNull(),
  );

  test("a gazetteer holds streets, not somebody's house, and no script", () => {
    const names = ["Fore Street", "N18 2TT", "12 Fore Street", "Flat 2 Quex Court", "<b>Street"];
    expect(names.filter(isPublicName)).toEqual(["Fore Street", "N18 2TT"]);
  });

  test.each([
    ["calls 07700 900123.csv", "calls (left out).csv"],
    ["zq.named@example.org october.csv", "(left out) october.csv"],
    ["AB12 CDE sightings.xlsx", "(left out) sightings.xlsx"],
    ["2021-10-street.csv", "2021-10-street.csv"],
    ["20211126 153000 export.csv", "20211126 153000 export.csv"],
    ["CAD 2021 10 01 to 2021 10 31.csv", "CAD 2021 10 01 to 2021 10 31.csv"],
    ["TQ39.csv", "TQ39.csv"],
  ])("%s stands in the history as %s", (name, kept) => {
    expect(cleanFileName(name)).toBe(kept);
  });
});
