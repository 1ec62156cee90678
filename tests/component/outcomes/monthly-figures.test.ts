import { beforeAll, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openPages } from "#tests/component/driver.ts";
import { lastId, linesAfter } from "#tests/support/audit.ts";
import { agreedShift } from "#tests/support/past-shift.ts";

const { server, browser } = demoWith(openPages);

beforeAll(async () => {
  await agreedShift(server.services.db, "2021-09-14");
});

const fragment = "#/outcomes?part=monthly";

test("opens on the last month that is over; a month with patrols that nobody debriefed says how many", async () => {
  const { page, problems } = await browser.visit({ role: "sergeant", fragment });
  await page.getByText(/^Oct 2021: [\d.]+ patrol hours in \d+ visits\./).waitFor();
  await page.getByText("No patrol was approved for this month").waitFor();
  expect(
    await page.getByLabel("Month", { exact: true }).locator("option").allTextContents(),
  ).toHaveLength(24);
  await page.getByLabel("Month", { exact: true }).selectOption("2021-09");
  await page.getByText("2 of 2 patrols have no debrief yet. Hours and visits").waitFor();
  expect(await page.locator(".outcomes__others tbody tr").count()).toBeGreaterThan(3);
  expect(problems).toEqual([]);
});

test("rounded for sharing it is one page with a file, nothing by place, and the log before either", async () => {
  const visit = await browser.visit({ role: "analyst", fragment });
  const { page, problems } = visit;
  await page.getByText("Patrol time by hotspot", { exact: true }).waitFor();
  const places = await page.locator(".outcomes__others tbody tr td:first-child").allTextContents();
  await page.getByLabel("Rounded for sharing").click();
  const paper = page.getByRole("article", { name: "Monthly figures" });
  await paper.waitFor();
  const words = (await paper.textContent()) ?? "";
  expect(words).toContain("MADE-UP DATA");
  expect(words).toMatch(/about \d*[05] patrol hours in about \d*[05] visits\./);
  expect(words).not.toContain("Planned:");
  for (const place of places) expect(words).not.toContain(place);
  const before = await lastId(server.services.db);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Figures (CSV)" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("monthly-figures-2021-10-made-up-data.csv");
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await expect
    .poll(async () => (await linesAfter(server.services.db, before)).map(({ act }) => act))
    .toEqual(["download the monthly figures", "download the monthly figures"]);
  expect(problems).toEqual([]);
  await visit.close();
});
