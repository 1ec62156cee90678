import { beforeAll, expect, test } from "vitest";
import type { StaffingReply } from "#core/patrols/wire/staffing.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openPages, type Page, type Visit } from "#tests/component/driver.ts";

const { browser } = demoWith(openPages);
let sergeant: Visit;
let page: Page;
/** All that the page has sent, addresses and bodies. */
const sent: string[] = [];

beforeAll(async () => {
  sergeant = await browser.visit({ role: "sergeant", fragment: "#/plan?view=staffing" });
  page = sergeant.page;
  page.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
  await page.getByLabel("Paste the duty roster").waitFor();
});

const stored = async () => {
  const reply = await page.request.get("/api/staffing?from=2021-11-29&days=7");
  return (await reply.json()) as StaffingReply;
};

const roster = [
  "Rank\tName\tCollar\tMon 29/11\tTue 30/11\tWed 1/12",
  "PC\tAlderwick\t4411YE\t14-22\tRD\t1400-2200 bike",
  "PC\tBirchmoor\t4412YE\t14:00-22:00\tL\t1400-2200 bike",
  "PS\tCedarholt\t4413YE\t2200-0200\tL\tsee DI",
].join("\n");

test("a pasted roster is shown as units, with what is not understood and the codes to be said", async () => {
  await page.getByLabel("Paste the duty roster").fill(roster);
  await page.getByText('Row 4, column 6: "see DI" is neither hours').waitFor();
  await page.getByText("PS Cedarholt 4413YE, Mon 29 Nov: alone at 22:00-02:00").waitFor();
  await page.getByLabel("Hours for L").fill("15-23");
  await page.getByRole("button", { name: "Use these 3 units" }).click();
  const rows = page.locator(".staffing__table tbody tr");
  expect(await rows.count()).toBe(3);
  expect(await rows.first().textContent()).toMatch(
    /Mon 29 Nov.*14:00 to 22:00.*PC Alderwick 4411YE/,
  );
});

test("saved are units, hours and modes; the roster's names are in nothing that leaves the page", async () => {
  await page.getByLabel("Task", { exact: true }).selectOption({ label: "Match day" });
  await page.getByLabel("Hours of the task").fill("16-19");
  await page.getByRole("button", { name: "Add a task" }).click();
  await page.getByRole("button", { name: "Save the staffing" }).click();
  await page.getByText("Staffing saved").waitFor();
  const { duties, tasks } = await stored();
  expect(duties).toEqual([
    { date: "2021-11-29", unit: 1, hours: "14:00-22:00", mode: "foot" },
    { date: "2021-11-30", unit: 1, hours: "15:00-23:00", mode: "foot" },
    { date: "2021-12-01", unit: 1, hours: "14:00-22:00", mode: "cycle" },
  ]);
  expect(tasks).toEqual([
    { date: "2021-11-29", unit: null, hours: "16:00-19:00", kind: "match_day" },
  ]);
  const all = sent.join("\n");
  expect(all).toContain("/api/staffing");
  expect(all).not.toMatch(/Alderwick|Birchmoor|Cedarholt|44\d\dYE/i);
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  expect(kept).not.toMatch(/Alderwick|44\d\dYE/);
});

test("an interview is offered outside the core hours and taken by a press; what does not fit is named at its line", async () => {
  const offer = page.locator(".staffing__offers button").first();
  await offer.waitFor();
  await offer.click();
  await page.getByRole("button", { name: "Save the staffing" }).click();
  await expect.poll(async () => (await stored()).interviews.length).toBe(1);
  // The page has read again what it saved, and shows that from here on.
  await page.getByText("Saved", { exact: true }).waitFor();
  await page.getByLabel("Hours of the task").fill("02-04");
  await page.getByLabel("Day of the task").selectOption({ label: "Sat 4 Dec" });
  await page.getByRole("button", { name: "Add a task" }).click();
  await page.getByRole("button", { name: "Save the staffing" }).click();
  await page.getByText("no unit is on duty and free at that time").waitFor();
  expect((await stored()).tasks.length).toBe(1);
  await page.getByRole("button", { name: /^Remove Match day: Sat 4 Dec/ }).click();
});

test("Undo brings back the staffing that was", async () => {
  await page.getByRole("button", { name: "Undo: change the staffing" }).click();
  await expect.poll(async () => (await stored()).interviews.length).toBe(0);
});

test("nothing went wrong on the way but the refusal", () => {
  expect(sergeant.problems.filter((problem) => !/422/.test(problem))).toEqual([]);
});
