import { afterAll, beforeAll, expect, test } from "vitest";
import { addDays } from "#core/time/zone.ts";
import { openPlanDesk, type PlanDesk, plansOf } from "#tests/browser/patrols/plan-support.ts";
import { openPages, type Page } from "#tests/component/driver.ts";

/** A roster that comes after the plan: one unit goes every day, the other never. */
let desk: PlanDesk;
let page: Page;

beforeAll(async () => {
  desk = await openPlanDesk("agreed", { open: openPages });
  page = desk.page;
  const duties = Array.from({ length: 7 }, (_, day) => addDays("2021-11-29", day)).flatMap((date) =>
    ["14:00-22:00", "22:00-02:00"].map((hours) => ({ date, unit: 1, hours, mode: "foot" })),
  );
  const data = { duties, tasks: [], interviews: [], coreHours: "20:00-02:00" };
  const saved = await page.request.put("/api/staffing?from=2021-11-29&days=7", { data });
  expect(saved.ok(), await saved.text()).toBe(true);
  await page.reload();
  await page.locator("[data-window]").first().waitFor();
});
afterAll(() => desk.close());

const agreed = async () =>
  (await plansOf(page))
    .flatMap(({ windows }) => windows)
    .filter(({ status }) => status === "agreed");
const unstaffed = async () => (await agreed()).filter((window) => window.unstaffed).length;

test("units give way to the roster, and what it cannot staff is counted beside Briefing and marked in week and list", async () => {
  await page.getByText("14 duties from your roster").waitFor();
  expect(await page.getByLabel("Units at a time").count()).toBe(0);
  const [without, all] = [await unstaffed(), (await agreed()).length];
  expect(without).toBeGreaterThan(0);
  expect(without).toBeLessThan(all);
  await page.getByText(`${without} of ${all} cannot be staffed`).waitFor();
  expect(await page.locator(".week__block--unstaffed").count()).toBe(without);
  await page.getByText("List", { exact: true }).click();
  expect(await page.getByText("Unit 2 is not on duty then.").count()).toBe(without);
  await page.getByText("Week", { exact: true }).click();
});

test("the card says it, and one press takes it away; the sheet says it too", async () => {
  const before = await unstaffed();
  await page.locator(".week__block--unstaffed").first().click();
  const card = page.getByRole("article", { name: /^Patrol at / });
  await card.getByText("Unit 2 is not on duty then.").waitFor();
  await card
    .getByRole("button", { name: /^(Give it to unit 1|Withdraw it)$/ })
    .first()
    .click();
  await expect.poll(unstaffed).toBe(before - 1);
  await page.getByRole("button", { name: "Briefing" }).click();
  await page.getByText("Unit 2 is not on duty then.").first().waitFor();
  expect(await page.getByText("Unit 2 is not on duty then.").count()).toBe(before - 1);
});

test("the page of the staffing names them by day and hour, by no number", async () => {
  await page.evaluate(() => {
    window.location.hash = "#/plan?view=staffing";
  });
  await page
    .getByText(/do(es)? not fit this staffing: \w{3} \d+ \w{3}, \d\d:\d\d: Unit 2/)
    .waitFor();
  expect(await page.getByText(/P\d+-\d+ w\d+/).count()).toBe(0);
});
