import { describe, expect, test } from "vitest";
import { previewImport } from "#core/records/preview.ts";
import { autoChoices, readText, testSetting } from "#tests/support/import.ts";

const header = "Crime ID,Month,Longitude,Latitude,Location,LSOA code,Crime type";
const rows = (month: string, count: number, point: string) =>
  `,${month},${point},On or near Fore Street,E01,Burglary\n`.repeat(count);
const here = "-0.0631,51.6179";
const nowhere = ",";
const far = "-1.5,53.8";

function notesOf(...parts: readonly string[]) {
  const text = `${header}\n${parts.join("")}`;
  const { outline } = readText(text);
  const preview = previewImport(text, true, autoChoices, testSetting);
  if (!preview.ok) throw preview.reason;
  const told = (notes: readonly string[]) => notes.filter((note) => note.includes("have no place"));
  expect(told(preview.value.outline.notes)).toEqual(told(outline.notes));
  return told(outline.notes);
}

describe("months in which most rows have no place", () => {
  test("are named with their counts, and those before and after are not", () => {
    const steady = ["2020-02", "2020-04"].map((month) => rows(month, 100, here));
    expect(notesOf(...steady, rows("2020-03", 2, here), rows("2020-03", 98, nowhere))).toEqual([
      "Most rows have no place in Mar 2020 (98 of 100 rows): this month will count as unknown, not as quiet, and forecasts and displacement leave it out.",
    ]);
  });

  test("are no such months where half have one, or the rows are few", () => {
    expect(notesOf(rows("2020-03", 50, here), rows("2020-03", 50, nowhere))).toEqual([]);
    expect(notesOf(rows("2020-03", 19, nowhere), rows("2020-04", 30, here))).toEqual([]);
  });

  test("are not those of a file of the whole force: what lies outside has a place", () => {
    const force = [rows("2020-03", 10, here), rows("2020-03", 900, far)];
    expect(notesOf(...force, rows("2020-03", 90, nowhere))).toEqual([]);
  });

  test("are a matter of reports: nothing is said of what police do", () => {
    const searches = `2020-03-05T10:00:00+00:00,Person search,,,Misuse of Drugs Act 1971 (section 23),Controlled drugs\n`;
    const text = `Date,Type,Latitude,Longitude,Legislation,Object of search\n${searches.repeat(40)}`;
    const { faults, outline } = readText(text);
    expect(faults).toHaveLength(40);
    expect(outline.notes.join(" ")).not.toContain("unknown, not as quiet");
  });

  test("hold what was reported in them by the middle of its time, in London", () => {
    const table = (at: string) =>
      `Date,Lat,Lng,Kind\n${`${at},,,complaint\n`.repeat(25)}2020-02-05,51.6179,-0.0631,complaint\n`;
    const { outline } = readText(table("2020-03-31T23:30:00Z"));
    expect(outline.notes.join(" ")).toContain("Apr 2020 (25 of 25 rows)");
  });

  test("leave no trace of a refused row but its counts", () => {
    const { faults } = readText(`${header}\n${rows("2020-03", 30, nowhere)}`);
    expect(faults[0]).not.toHaveProperty("event");
  });
});
