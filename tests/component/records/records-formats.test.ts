import { unzipSync, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import {
  chooseRecords,
  recordUploads,
  visitRecords,
} from "#tests/browser/records/records-support.ts";
import { openPages, type Page } from "#tests/component/driver.ts";
import { goldenFeatures } from "#tests/support/features.ts";
import { daysOf, type SheetCell, workbook } from "#tests/support/workbook.ts";

const { server, browser } = demoWith(openPages);

const headings = ["Date", "Time", "Lat", "Lng", "Kind", "Category", "Ring back"];

function row(
  date: string,
  time: number,
  more: Partial<Record<number, SheetCell>> = {},
): SheetCell[] {
  const cells: SheetCell[] = [
    { days: daysOf(date), format: "dd/mm/yyyy" },
    { days: time / 24, format: "hh:mm" },
    51.6179,
    -0.0631,
    "complaint",
    "asb",
    "07700 900123",
  ];
  return cells.map((cell, at) => more[at] ?? cell);
}

const book = workbook([
  { name: "Cover", rows: [["Weekly figures"]] },
  {
    name: "Week 44",
    rows: [["For the team"], headings, row("2021-11-05", 22), row("2021-11-06", 23, { 2: 91 })],
  },
  { name: "Week 45", rows: [headings, row("2021-11-12", 21)] },
]);

describe("an analyst brings in what is no CSV", () => {
  test("a workbook: its first table, another sheet, and what is sent of it", async () => {
    const { page, problems, close } = await visitRecords({ browser, server });
    const sent = await recordUploads(page);
    await chooseRecords(page, "week.xlsx", book);
    await page.getByText(/Read as: plain table/).waitFor();
    await page.getByText(/Ring back \(its values look like phone numbers\)/).waitFor();
    expect(await previewCells(page)).toEqual([
      "3 5 Nov 2021 22:00",
      expect.stringMatching(/^4 Refused\. Lat "91": a latitude/),
    ]);
    await page.getByLabel("Sheet").selectOption("Week 45");
    await expect.poll(() => previewCells(page)).toEqual(["2 12 Nov 2021 21:00"]);
    await page.getByLabel("Sheet").selectOption("Week 44");
    await expect.poll(async () => (await previewCells(page)).length).toBe(2);
    expect(await sent()).toBe("");

    await page.getByRole("button", { name: "Import this file" }).click();
    await page.getByText(/2 rows of week.xlsx: 1 stored, 1 refused/).waitFor();
    const refused = page.getByRole("table", { name: "Refused rows" });
    expect(await refused.locator("thead").innerText()).toMatch(/^Row/);
    expect(await refused.locator("tbody tr").innerText()).toMatch(/^4\s+Lat\s+91/);
    expect(await sent()).toContain("2021-11-05,22:00,51.6179,-0.0631,complaint,asb\n");
    expect(await sent()).not.toContain("07700");
    expect(problems).toEqual([]);
    await close();
  });

  test("a Shapefile in metres of UTM: a layer is chosen, and a table in degrees is sent", async () => {
    const { page, problems, close } = await visitRecords({ browser, server });
    const sent = await recordUploads(page);
    const parts = Object.entries(unzipSync(goldenFeatures("points-etrs-utm.shp.zip")));
    const again = parts.map(([name, octets]) => [`second${name.slice(6)}`, octets] as const);
    await chooseRecords(page, "week.zip", zipSync(Object.fromEntries([...parts, ...again])));
    await page.getByText(/Read as: plain table/).waitFor();
    await page.getByLabel("Layer").selectOption("second");
    await expect.poll(async () => (await previewCells(page))[0]).toBe("1 1 Jan 2021 00:00");
    await page.getByRole("button", { name: "Import this file" }).click();
    await page.getByText(/40 rows of week.zip: 40 stored, none refused/).waitFor();
    expect(await sent()).toMatch(
      /^longitude,latitude,ref,start,kind,category\n-0\.1303\d+,51\.614/,
    );
    expect(problems).toEqual([]);
    await close();
  });

  test("half a GeoPackage is refused before anything is sent", async () => {
    const { page, problems, close } = await visitRecords({ browser, server });
    const sent = await recordUploads(page);
    const half = goldenFeatures("points-web-mercator.gpkg.gz").slice(0, 50_000);
    await chooseRecords(page, "half.gpkg", half);
    await page.getByText(/half.gpkg: This GeoPackage cannot be read.*Nothing was sent/).waitFor();
    expect(await sent()).toBe("");
    expect(problems).toEqual([]);
    await close();
  });
});

/** Number and time, or the refusal, of each row that the preview shows. */
async function previewCells(page: Page): Promise<readonly string[]> {
  const rows = page.getByRole("table", { name: "Preview of the first rows" }).locator("tbody tr");
  const texts = await rows.allInnerTexts();
  return texts.map((text) =>
    text
      .split(/\s*\t\s*|\n/)
      .slice(0, 2)
      .join(" ")
      .trim(),
  );
}
