import { afterAll, beforeAll, expect, test } from "vitest";
import type { Page } from "#tests/browser/driver.ts";
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

/** How a shift is debriefed is in tests/component, how that looks on a phone in app/reach.browser.ts. */
test("on paper the dose is one total, by no place", async () => {
  await page.getByRole("button", { name: "Debrief: 4 shifts to do" }).click();
  await page.getByRole("button", { name: "All done: save 9 stops" }).first().click();
  await page.getByText("Debriefed: 9 of 9 stops done").waitFor();
  expect(await page.locator(".debrief__dose tbody tr").count()).toBeGreaterThan(3);
  await page.emulateMedia({ media: "print" });
  const words = await page
    .locator(".debrief__dose")
    .evaluate((box) => (box as HTMLElement).innerText);
  expect(words).toMatch(/ logged\. Used in visit limits/);
  expect(words).not.toMatch(/Fore Street|Brookside/);
  expect(await page.locator("body").innerText()).not.toMatch(unspeakable);
  await page.emulateMedia({ media: null });
  expect(desk.sergeant.problems).toEqual([]);
});
