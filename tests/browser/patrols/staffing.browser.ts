import { afterAll, beforeAll, expect, test } from "vitest";
import {
  openBrowser,
  type Page,
  seriousViolations,
  type TestBrowser,
  type Visit,
} from "#tests/browser/driver.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";

let server: DemoServer;
let browser: TestBrowser;
let sergeant: Visit;
let page: Page;
/** All that the page has sent, addresses and bodies. */
const sent: string[] = [];

beforeAll(async () => {
  server = await startDemoServer();
  browser = await openBrowser();
  sergeant = await browser.visit({
    server: server.url,
    role: "sergeant",
    fragment: "#/plan?view=staffing",
  });
  page = sergeant.page;
  page.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
  await page.getByLabel("Paste the duty roster").waitFor();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const roster = [
  "Rank\tName\tCollar\tMon 29/11\tTue 30/11\tWed 1/12",
  "PC\tAlderwick\t4411YE\t14-22\tRD\t1400-2200 bike",
  "PC\tBirchmoor\t4412YE\t14:00-22:00\tL\t1400-2200 bike",
  "PS\tCedarholt\t4413YE\t2200-0200\tL\tsee DI",
].join("\n");

test("a pasted roster is saved as units; its names are in nothing that leaves the page", async () => {
  await page.getByLabel("Paste the duty roster").fill(roster);
  await page.getByText('Row 4, column 6: "see DI" is neither hours').waitFor();
  await page.getByLabel("Hours for L").fill("15-23");
  await page.getByRole("button", { name: "Use these 3 units" }).click();
  expect(await seriousViolations(page)).toEqual([]);
  await page.getByRole("button", { name: "Save the staffing" }).click();
  await page.getByText("Staffing saved").waitFor();
  const all = sent.join("\n");
  expect(all).toContain("/api/staffing");
  expect(all).not.toMatch(/Alderwick|Birchmoor|Cedarholt|44\d\dYE/i);
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  expect(kept).not.toMatch(/Alderwick|44\d\dYE/);
  expect(sergeant.problems).toEqual([]);
});
