import { afterAll, beforeAll, expect, test } from "vitest";
import { type Page, seriousViolations } from "#tests/browser/driver.ts";
import { openPlanDesk, type PlanDesk, unspeakable } from "#tests/browser/patrols/plan-support.ts";
import { agreedShift } from "#tests/support/past-shift.ts";

let desk: PlanDesk;
let page: Page;

beforeAll(async () => {
  desk = await openPlanDesk("none", {
    prepare: async ({ services }) => {
      await agreedShift(services.db, "2021-11-24");
      await agreedShift(services.db, "2021-11-25");
    },
  });
  page = desk.page;
});
afterAll(() => desk.close());

test("a shift is debriefed in one press, and counts in the dose", async () => {
  await page.getByRole("button", { name: "Debrief: 4 shifts to do" }).click();
  await page.getByRole("button", { name: "All done: save 9 stops" }).first().click();
  await page.getByText("Debriefed: 9 of 9 stops done").waitFor();
});

test("on paper the dose is one total, by no place", async () => {
  expect(await page.locator(".debrief__dose tbody tr").count()).toBeGreaterThan(3);
  await page.emulateMedia({ media: "print" });
  const words = await page
    .locator(".debrief__dose")
    .evaluate((box) => (box as HTMLElement).innerText);
  expect(words).toMatch(/ logged\. It counts towards/);
  expect(words).not.toMatch(/Fore Street|Brookside/);
  expect(await page.locator("body").innerText()).not.toMatch(unspeakable);
  await page.emulateMedia({ media: null });
});

test("it is complete on a phone, and has no serious fault of access", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
  await page.locator(".debrief-shift").first().waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  expect(desk.sergeant.problems).toEqual([]);
});
