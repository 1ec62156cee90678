import { describe, expect, test } from "vitest";
import { previewImport } from "#core/records/preview.ts";
import { autoChoices, readText, testSetting } from "#tests/support/import.ts";

function previewOf(text: string, map: Record<string, string> = {}) {
  const preview = previewImport(text, true, { ...autoChoices, map }, testSetting);
  if (!preview.ok) throw preview.reason;
  return preview.value;
}
const outlineOf = (...given: Parameters<typeof previewOf>) => previewOf(...given).outline;

describe("which column is which, by heading and by what stands in it", () => {
  test("latitudes in a column called y are latitudes, and metres in one are northings", () => {
    const degrees = outlineOf("Date,x,y,Kind\n2021-06-05,-0.0631,51.6179,complaint\n");
    expect(degrees.mapping).toMatchObject({ latitude: "y", longitude: "x" });
    expect(degrees.byValues).toEqual(["longitude", "latitude"]);
    expect(degrees.notes.join(" ")).toContain('Read "y" as latitude, by its values.');
    const metres = outlineOf("Date,x,y,Kind\n2021-06-05,534200,192800,complaint\n");
    expect(metres.mapping).toMatchObject({ easting: "x", northing: "y" });
  });

  test("axes that are swapped under their own headings are refused as that, with how to swap them", () => {
    const text = "Date,Latitude,Longitude,Kind\n2021-06-05,-0.0631,51.6179,complaint";
    expect(readText(text).faults).toMatchObject([
      { reason: "latitude and longitude look swapped" },
    ]);
    const map = { latitude: "Longitude", longitude: "Latitude" };
    const sentence = "Latitude and longitude look swapped in 1 of 1 row.";
    expect(previewOf(text)).toMatchObject({ swap: { sentence, map } });
    expect(readText(text, { map })).toMatchObject({ faults: [], drafts: [{ line: 2 }] });
  });

  test.each([
    ["some rows are swapped", "-0.0631,51.6179", "51.6179,-0.0631", "51.6179,-0.0631"],
    ["the point lies elsewhere", "48.1,11.5"],
  ])("no swap is offered where %s", (_, ...points) => {
    const rows = points.map((point) => `2021-06-05,${point},complaint`);
    expect(previewOf(["Date,Latitude,Longitude,Kind", ...rows].join("\n")).swap).toBeNull();
  });

  test("metres are swapped back in the same way", () => {
    const text = "Date,Easting,Northing,Kind\n2021-06-05,192784,534191,complaint";
    const map = { easting: "Northing", northing: "Easting" };
    expect(previewOf(text)).toMatchObject({ swap: { map } });
  });

  test("when somebody touched the record is not when it happened", () => {
    const text = "Last updated,Lat,Lng,Kind\n2021-06-05,51.6179,-0.0631,complaint\n";
    const preview = previewImport(text, true, autoChoices, testSetting);
    expect(preview).toMatchObject({ ok: false });
  });

  test("who reported it is never told by values: it decides what counts as reported", () => {
    const text = "Date,Lat,Lng,Kind,Attended\n2021-06-05,51.6179,-0.0631,complaint,police\n";
    expect(outlineOf(text).mapping).not.toHaveProperty("source");
  });

  test("who reported it is read where heading and values both say so, and names of people never are", () => {
    const table = (...who: readonly string[]) =>
      [
        "Date,Lat,Lng,Kind,Reported by",
        ...who.map((one) => `2021-06-05,51.6179,-0.0631,complaint,${one}`),
      ].join("\n");
    const { drafts, outline } = readText(table("Police", "Member of the public", "Council"));
    expect(drafts.map(({ source }) => source)).toEqual(["police", "resident", "partner"]);
    expect(outline.mapping).toMatchObject({ source: "Reported by" });
    for (const who of ["Jo Hidden", "Metropolitan Police Service"]) {
      const read = readText(table(who, who));
      expect(read.outline.mapping).not.toHaveProperty("source");
      expect(read.drafts.map(({ source }) => source)).toEqual(["resident", "resident"]);
    }
  });

  test("a person's word goes before any guess, and so does: no column", () => {
    const text = "Date,Lat,Lng,Kind,Type\n2021-06-05,51.6179,-0.0631,complaint,asb\n";
    expect(outlineOf(text).mapping).toMatchObject({ category: "Type" });
    expect(outlineOf(text, { category: "" }).mapping).not.toHaveProperty("category");
  });

  test("the page and the server look at the same rows", () => {
    // From row 201 on the column holds something else: the guess stands on the first 200 alone.
    const good = "2021-06-05,51.6179,-0.0631,complaint\n".repeat(200);
    const bad = "2021-06-05,none,-0.0631,complaint\n".repeat(2_000);
    const text = `Date,y,x,Kind\n${good}${bad}`;
    expect(readText(text).outline.mapping).toEqual(outlineOf(text.slice(0, 9_000)).mapping);
  });
});
