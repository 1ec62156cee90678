import { describe, expect, test } from "vitest";
import type { ImportChoices, ImportSetting } from "#core/records/import-choices.ts";
import { previewImport } from "#core/records/preview.ts";
import { keptEvents } from "#core/records/retention.ts";
import { faultText } from "#core/table/file-fault.ts";
import { cleanFileName } from "#core/text/file-name.ts";
import {
  autoChoices,
  createImportReader,
  faultOf,
  plainTable,
  readText,
  testSetting,
} from "#tests/support/import.ts";

const here = "51.6179,-0.0631";
const demo: ImportSetting = {
  ...testSetting,
  shown: { until: Date.UTC(2021, 10, 27), isDemo: true },
};

function notesOf(text: string, choices: Partial<ImportChoices> = {}, setting = testSetting) {
  const reader = createImportReader({ ...autoChoices, ...choices }, setting);
  reader.push(text);
  reader.finish();
  return reader.outline().notes;
}

describe("rows that no screen shows yet are told apart and counted", () => {
  test("after the date at which the demonstration stands", () => {
    expect(notesOf(plainTable(["2021-11-26", "2021-11-27", "2022-03-01 10:00"]), {}, demo)).toEqual(
      ["2 rows are after 26 Nov 2021, the demonstration's date: hidden until then."],
    );
  });

  test("a month that reaches past it", () => {
    expect(notesOf(plainTable(["2021-11"]), {}, demo)).toEqual([
      "1 row reaches past 26 Nov 2021, the demonstration's date: hidden until then.",
    ]);
  });

  test("outside the demonstration a span that is not over", () => {
    const setting = { ...testSetting, shown: { until: Date.UTC(2021, 5, 15), isDemo: false } };
    expect(notesOf(plainTable(["2021-06", "2021-05"]), {}, setting)).toEqual([
      "1 row ends after this moment, as a day or a month does that is not over: shown once it is.",
    ]);
    expect(notesOf(plainTable(["2021-05"]), {}, setting)).toEqual([]);
  });

  test("the preview of a beginning says of how many rows it speaks", () => {
    const text = plainTable(new Array<string>(30).fill("2022-03-01"));
    const whole = previewImport(text, true, autoChoices, demo);
    expect(whole.ok && whole.value.outline.notes[0]).toMatch(/^30 rows are after 26 Nov 2021/);
    const part = previewImport(text, false, autoChoices, demo);
    expect(part.ok && part.value.outline.notes[0]).toMatch(/^In the first 29 rows: 29 rows are/);
  });
});

describe("rows past the time for which events are kept", () => {
  const kept = keptEvents(testSetting.zone, Date.UTC(2026, 3, 1, 12), 6);
  const setting = { ...testSetting, kept };
  const table = plainTable(["2019-05-01", "2020-03-31 23:59", "2020-04-01", "2021-06-05", "bad"]);

  test("are counted in the preview and in the result, to the day", () => {
    const note =
      "2 of 4 rows (50%) ended before 1 Apr 2020. Events are kept for 6 years: these rows will be removed after a notice of 8 days.";
    expect(notesOf(table, {}, setting)).toEqual([note]);
    const preview = previewImport(table, true, autoChoices, setting);
    expect(preview.ok && preview.value.outline.notes).toEqual([note]);
    expect(notesOf(plainTable(["2019-05-01"]), {}, setting)).toEqual([
      "1 of 1 row (100%) ended before 1 Apr 2020. Events are kept for 6 years: this row will be removed after a notice of 8 days.",
    ]);
  });

  test("are none where the file is young, and where nothing is ever removed", () => {
    expect(notesOf(plainTable(["2020-04-01"]), {}, setting)).toEqual([]);
    expect(notesOf(table)).toEqual([]);
  });
});

describe("how rows are read is said", () => {
  const header = "Month,Longitude,Latitude,Crime type";
  const row = (type: string) => `2021-06,-0.0631,51.6179,${type}`;
  const rows = ["Burglary", "Burglary", "Anti-social behaviour", "", "Jo Bloggs"].map(row);

  test("of a street file, and which of its types are not known", () => {
    expect(notesOf([header, ...rows].join("\n"))).toEqual([
      '1 row has nothing under "Crime type" and is kept as other.',
      'Its rows are read as kind complaint, source resident. If the police reported or found them, choose another source: "Reported by" on the page, --source on the command line.',
      'Type not known: 1 row is kept without one, for what it has under "Crime type": not shown (1).',
    ]);
  });

  test("with the source that was chosen", () => {
    expect(notesOf([header, rows[0]].join("\n"), { source: "police" })[0]).toMatch(
      /^Its rows are read as kind complaint, source police\./,
    );
  });

  test("rows without a category in a plain table", () => {
    const text = `Date,Lat,Lng,Kind,Category\n2021-06-05,${here},complaint,\n2021-06-05,${here},complaint,asb`;
    expect(notesOf(text)).toEqual(['1 row has nothing under "Category" and is kept as other.']);
  });
});

describe("columns that are left alone are named", () => {
  test("by heading, or by position where the heading could be a value", () => {
    const text = `Date,Lat,Lng,Kind,Category,contact,12/05/1980,\n2021-06-05,${here},complaint,asb,x,y,z`;
    expect(notesOf(text)).toEqual(["Not used: contact, column 7, column 8."]);
  });

  test("personal ones are not among them, and those that tell rows apart neither", () => {
    const text = `Crime ID,Month,Longitude,Latitude,Crime type,Location,Name,Context\na1,2021-06,-0.0631,51.6179,Burglary,x,y,z`;
    expect(notesOf(text)[0]).toBe("Not used: Context.");
  });

  test("a heading that stands there twice is said", () => {
    const text = `Date,Lat,Lng,LAT,Kind,Category\n2021-06-05,${here},48.0,complaint,asb`;
    expect(notesOf(text)).toEqual([
      'The heading "Lat" is above columns 2 and 4: only the first can be read.',
    ]);
  });
});

describe("dates whose order is open", () => {
  const open = plainTable(["05/11/2021", "06/11/2021 22:15", "07/07/2021"]);

  test("are previewed both ways, never as certain", () => {
    const preview = previewImport(open, true, autoChoices, testSetting);
    if (!preview.ok) throw preview.reason;
    expect(preview.value.openDate).toEqual({ line: 2, role: "date", value: "05/11/2021" });
    expect(preview.value.outline.notes).toEqual([]);
    const [first, , same] = preview.value.rows;
    expect(first).toMatchObject({
      read: { ok: true, value: { startsAt: Date.UTC(2021, 10, 5) } },
      other: { startsAt: Date.UTC(2021, 4, 10, 23) },
    });
    expect(same).toMatchObject({ other: null });
  });

  test("are settled by a choice, and by a date that only one order reads", () => {
    const chosen = previewImport(open, true, { ...autoChoices, dates: "month-first" }, testSetting);
    expect(chosen).toMatchObject({ ok: true, value: { openDate: null } });
    const found = previewImport(
      `${open}\n25/11/2021,${here},complaint,asb`,
      true,
      autoChoices,
      testSetting,
    );
    expect(found).toMatchObject({ ok: true, value: { openDate: null } });
  });

  test("are refused in the words of whoever reads the refusal", () => {
    const fault = faultOf(() => readText(open));
    expect(faultText(fault, "command")).toMatch(
      /; choose with --dates day-first or --dates month-first\.$/,
    );
    expect(faultText(fault, "page")).toMatch(/; choose it under "Order of dates"\.$/);
    const late = [...new Array<string>(1_200).fill("06/05/2021"), "06/13/2021"];
    const misled = faultOf(() => readText(plainTable(late)));
    expect(faultText(misled, "page")).toMatch(/choose "Month first" under "Order of dates"\.$/);
  });
});

describe("what no choice can mend offers none", () => {
  test.each([
    [
      "a header alone",
      "Date,Lat,Lng,Kind\n",
      /^Line 1: the file has a header and no rows below it\.$/,
    ],
    ["JSON", '{"a": [1, 2]}\n{"b": 3}\n', /The first line does not look like headings/],
    ["nothing", "\n", /^The file is empty/],
  ])("%s", (_, text, sentence) => {
    const preview = previewImport(text, true, autoChoices, testSetting);
    if (preview.ok) throw new Error("must be refused");
    expect(faultText(preview.reason, "page")).toMatch(sentence);
    expect(preview.reason.remedy).toBeNull();
  });

  test("a column that is not recognised can be chosen", () => {
    const preview = previewImport("Zeit,Lat,Lng\n1,2,3\n", true, autoChoices, testSetting);
    expect(preview).toMatchObject({ ok: false, reason: { remedy: { page: expect.any(String) } } });
  });
});

test("no refusal for a page speaks of an option of the command line", () => {
  const faults = [
    () => readText("A,B\n1,2\n"),
    () =>
      readText(`accident_index,longitude,latitude,date,time\n1,-0.0631,51.6179,2022/07/01,02:24`),
    () =>
      readText(`Month,Longitude,Latitude,Crime type\n2021-06,-0.0631,51.6179,x`, {
        kind: "arrest",
      }),
    () => readText(plainTable(["2021-06-05"]), { kind: "arrest", source: "partner" }),
    () => readText(plainTable(["05/11/2021"])),
  ].map(faultOf);
  for (const fault of faults) expect(faultText(fault, "page")).not.toContain("--");
});

test("a file name cannot turn the direction of writing or hide a control character", () => {
  expect(cleanFileName("evil\u202Evsc.exe\u0000\u0007.csv")).toBe("evilvsc.exe.csv");
  expect(cleanFileName("\u2066\u200b")).toBe("unnamed file");
  expect(cleanFileName("Süd, 1–7 November.csv")).toBe("Süd, 1–7 November.csv");
});
