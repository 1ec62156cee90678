import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { visitRelease } from "#tests/browser/releases/panel-support.ts";
import { openPages, type Page, type Visit } from "#tests/component/driver.ts";
import { sampleRelease } from "#tests/support/sample-release.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

/** What leaves the panel as figures and text; how it prints, a browser says. */
const { server, browser } = demoWith(openPages);
let presenter: Visit;
let page: Page;
const folder = scratchFolder("handout");

beforeAll(async () => {
  presenter = await visitRelease(
    browser,
    { server: server.url, role: "presenter", fragment: "#/panel?view=handout" },
    sampleRelease(),
  );
  page = presenter.page;
  await page.locator(".handout-page .panel__moved").waitFor();
});

test("it reads in black and white: each class of the map has its figure beside it", async () => {
  const counts = await page.locator(".handout .panel-map__count").count();
  const coloured = await page
    .locator(".handout path.panel-map__area:not(.panel-map__area--0)")
    .count();
  expect(counts).toBe(coloured);
  expect(await page.locator(".handout .panel-months__count").count()).toBe(13);
});

async function download(name: string): Promise<{ readonly file: string; readonly text: string }> {
  const [taken] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name }).click(),
  ]);
  const file = join(folder, taken.suggestedFilename());
  await taken.saveAs(file);
  return { file, text: readFileSync(file, "utf8") };
}

test("figures and text version are files with number, hash and mark", async () => {
  const csv = await download("Figures (CSV)");
  expect(csv.file).toMatch(/boxster-release-3-made-up-data\.csv$/);
  expect(csv.text.split("\n")[1]).toMatch(/^3,MADE-UP DATA,complaints,/);
  expect(csv.text).toContain("5a".repeat(32));
  const text = await download("Text version");
  expect(text.file).toMatch(/boxster-release-3-made-up-data\.txt$/);
  expect(text.text).toContain("MADE-UP DATA");
  expect(text.text).toContain("5a".repeat(32));
});

test("nothing went wrong on the way", () => {
  expect(presenter.problems).toEqual([]);
});
