import { describe, expect, test } from "vitest";
import { previewImport } from "#core/records/preview.ts";
import { showValue } from "#core/records/show-value.ts";
import { isPersonalColumn } from "#core/text/personal-columns.ts";
import { autoChoices, plainTable, readText, testSetting } from "#tests/support/import.ts";
import { createTextKeeper } from "#tests/support/keep-text.ts";

const personalHeaders = [
  "Name",
  "First name",
  "SURNAME",
  "victim_name",
  "Suspect",
  "Officer Name",
  "DOB",
  "D.O.B.",
  "dateOfBirth",
  "Age range",
  "Gender",
  "Self-defined ethnicity",
  "Nationality",
  "Phone",
  "Mobile No.",
  "tel",
  "E-mail",
  "Email address",
  "Home address",
  "House number",
  "VRM",
  "Vehicle registration",
  "number plate",
  "Car",
  "PNC ID",
  "Passport no",
  "National Insurance Number",
  "Notes",
  "Description",
  "free_text",
  "MO",
  "Comments",
];

const harmlessHeaders = [
  "Date",
  "Time",
  "Latitude",
  "Longitude",
  "Easting",
  "Northing",
  "Category",
  "Kind",
  "Crime type",
  "Source",
  "Reference",
  "LSOA name",
  "LSOA code",
  "Ward name",
  "Street name",
  "Policing operation",
  "Part of a policing operation",
  "Location",
  "Legislation",
  "Object of search",
  "Outcome",
  "Reported by",
  "Falls within",
  "number_of_vehicles",
  "number_of_casualties",
  "Last outcome category",
  "weather_conditions",
];

describe("columns that look personal", () => {
  test.each(personalHeaders)("%s is dropped", (header) => {
    expect(isPersonalColumn(header)).toBe(true);
  });

  test.each(harmlessHeaders)("%s is kept", (header) => {
    expect(isPersonalColumn(header)).toBe(false);
  });

  test("cannot be read even when a person maps them, and no value of them comes out", () => {
    const secret = "Zebedee Quillfeather";
    const file = `Date,Lat,Lng,Kind,Full Name,Notes\n2021-06-05,51.6179,-0.0631,complaint,${secret},${secret}\n2021-06-05,91,-0.0631,complaint,${secret},${secret}`;
    expect(() => readText(file, { map: { category: "Full Name" } })).toThrow(/looks personal/);
    const read = readText(file);
    expect(read.outline.blockedColumns).toEqual(["Full Name", "Notes"]);
    expect(read.drafts).toHaveLength(1);
    expect(JSON.stringify(read)).not.toContain("Zebedee");
  });

  test("a file without a header does not show its first record in the refusal", () => {
    const file = "07700 900123,zq@example.org,12345678\n07700 900124,x@example.org,1";
    try {
      readText(file);
      expect.unreachable("the file must be refused");
    } catch (error) {
      expect(String(error)).not.toMatch(/07700|example\.org|12345678/);
    }
  });
});

describe("what a message may repeat of a refused cell", () => {
  test.each([
    ["category", "loud music"],
    ["date", "31/02/2021"],
    ["date", "2021-06-05T25:00:00Z"],
    ["date", "last Tuesday"],
    ["time", "25:99"],
    ["latitude", "1e308"],
    ["latitude", "NaN"],
    ["latitude", "51,6"],
    ["latitude", "999"],
    ["latitude", "=51.6+0"],
    ["longitude", "n/a"],
    ["easting", "5342"],
    ["date", "20211105221560"],
    ["date", "2021-11-05 22:15:61"],
    ["date", "5th November 2021"],
    ["time", "10pm"],
    ["time", "-01:00"],
    ["category", "Violence and sexual offences"],
    ["category", "ROAD TRAFFIC COLLISION"],
    ["category", "dragons"],
    ["kind", "party"],
    ["source", "a bird"],
    ["category", "=cmd()"],
  ] as const)("%s %j is shown", (role, value) => {
    expect(showValue(role, value)).toBe(value);
  });

  test.each([
    ["category", "zq@example.org"],
    ["category", "AB12 CDE 07700900123"],
    ["category", "she was seen by the corner with two men"],
    ["date", "07700 900123"],
    ["time", "she was seen by the corner"],
    ["reference", "A Person"],
    ["category", "x".repeat(60)],
    ["category", "Sharon Verysecret"],
    ["category", "SHARON VERYSECRET"],
    ["category", "12 fore street"],
    ["kind", "AB12 CDE"],
    ["source", "PC Jones"],
    ["latitude", "12 Fore Street"],
    ["latitude", "Sharon"],
    ["longitude", "07700900123"],
    ["longitude", "zq@example.org"],
    ["date", "12 Fore Street"],
    ["date", "Sharon May"],
    ["time", "07700900777"],
    ["time", "+44 7700 900777"],
    ["date", "2079460958"],
    ["date", "AB12 CDE"],
  ] as const)("%s %j is not", (role, value) => {
    expect(showValue(role, value)).not.toContain(value.slice(0, 5));
  });
});

describe("a refused coordinate is not repeated to the metre", () => {
  test.each([
    ["latitude", "51.614722", "51.61…"],
    ["longitude", "-0.064012", "-0.06…"],
    ["latitude", "51,6147", "51,61…"],
    ["latitude", "51°36'52.7\"N", "51°36…"],
    ["easting", "534191", "534…"],
    ["northing", "192784.6", "192…"],
  ] as const)("%s %s", (role, value, shown) => {
    expect(showValue(role, value)).toBe(shown);
  });

  test("in a row whose columns are swapped", () => {
    const { faults } = readText(
      "Date,Lat,Lng,Kind\n2021-06-05,-0.0640123,51.6147123,complaint\n2021-06-05,51.6147123,0.0640123,complaint",
    );
    expect(faults.map(({ value }) => value)).toEqual(["-0.06…, 51.61…", "51.61…, 0.06…"]);
  });
});

describe("what the browser sends instead of the file", () => {
  const file =
    'Date,Name,Lat,Lng,Kind,Notes\r\n2021-06-05,"Zebedee\nQuillfeather",51.6179,-0.0631,complaint,"a\nb"\r\n\r\nbad,Zebedee,51.6179,-0.0631,"comp,laint",\r\n';

  function keep(pieceLength: number): { text: string; blocked: readonly string[] } {
    const keeper = createTextKeeper();
    let text = "";
    for (let at = 0; at < file.length; at += pieceLength) {
      text += keeper.push(file.slice(at, at + pieceLength));
    }
    return { text: text + keeper.finish(), blocked: keeper.blocked() };
  }

  test("has no personal column, and each record on the line where the file has it", () => {
    const { text, blocked } = keep(7);
    expect(text).toBe(
      'Date,Lat,Lng,Kind\n2021-06-05,51.6179,-0.0631,complaint\n\n\n\nbad,51.6179,-0.0631,"comp,laint"\n',
    );
    expect(blocked).toEqual(["Name", "Notes"]);
    expect(readText(text).faults).toEqual(readText(file).faults);
  });

  test("a cell beyond the header stays behind and still counts", () => {
    const keeper = createTextKeeper();
    const text =
      keeper.push("Date,Name,Lat,Lng,Kind\n2021-06-05,Z,51.6,-0.06,complaint,Quillfeather\n") +
      keeper.finish();
    expect(text).not.toContain("Quillfeather");
    expect(readText(text).faults).toMatchObject([
      { row: 2, reason: expect.stringMatching(/cells/) as unknown },
    ]);
  });
});

describe("the preview of a file", () => {
  test("shows what the first rows are read as and what is wrong", () => {
    const text = plainTable(["2021-06-05", "2021-02-30", "2021-06-07"]);
    const preview = previewImport(text, true, autoChoices, testSetting, 2);
    expect(preview).toMatchObject({
      ok: true,
      value: {
        outline: { profile: "plain" },
        openDate: null,
        rows: [
          { read: { ok: true }, other: null },
          { read: { ok: false, reason: { row: 3, column: "Date" } }, other: null },
        ],
      },
    });
  });

  test("leaves out a record that the sample cuts off", () => {
    const text = plainTable(["2021-06-05", "2021-06-06"]).slice(0, -10);
    const preview = previewImport(text, false, autoChoices, testSetting);
    expect(preview.ok && preview.value.rows).toHaveLength(1);
  });

  test("says why a file cannot be read", () => {
    const preview = previewImport("a,b\n1,2\n", true, autoChoices, testSetting);
    expect(preview).toMatchObject({ ok: false, reason: { name: "FileFault", line: 1 } });
  });
});
