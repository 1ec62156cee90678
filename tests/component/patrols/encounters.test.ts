import { afterAll, beforeAll, expect, test } from "vitest";
import { ownerActor } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { openPlanDesk, type PlanDesk, plansOf } from "#tests/browser/patrols/plan-support.ts";
import { openPages, type Page } from "#tests/component/driver.ts";

/** A sergeant asks for fewer encounters, reads what it costs, approves and prints: each test a step. */
let desk: PlanDesk;
let page: Page;

beforeAll(async () => {
  desk = await openPlanDesk("none", { open: openPages });
  page = desk.page;
});
afterAll(() => desk.close());

const sentence =
  /^Meant to meet fewer sex workers \(set to strong\): about \d+% fewer encounters expected, \d+% less coverage, (as many patrol hours|\d+ patrol hours? fewer)\. Even without this, less than one recorded sighting is expected\.$/;

test("three places stand under Start differently, and nothing is asked for until one is chosen", async () => {
  await page.getByRole("button", { name: "Start differently" }).click();
  const places = page.getByRole("group", { name: "Meet fewer sex workers" });
  await places.waitFor();
  expect(await places.getByRole("radio").count()).toBe(3);
  expect(await places.getByLabel("Off").isChecked()).toBe(true);
});

test("the plan says what it gave up, and the chart says it of each place in words", async () => {
  await page.getByLabel("Strong").check();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Suggest", exact: true }).click();
  await page.getByRole("button", { name: /^Approve \d+ patrols/ }).waitFor({ timeout: 60_000 });
  await expect
    .poll(async () => (await plansOf(page))[0]?.options?.encounters?.weight)
    .toBe("strong");
  await page.getByRole("button", { name: "How good is this plan?" }).click();
  await page.getByText(sentence).waitFor();
  const chart = page.getByRole("img", { name: /^Coverage against encounters/ });
  const [plan] = await plansOf(page);
  const { encounters, coverage } = plan?.options?.encounters?.places.at(-1) ?? {};
  expect(await chart.getAttribute("aria-label")).toContain(
    `Strong: ${coverage}% of coverage, ${encounters}% of encounters`,
  );
  expect(await page.getByText(/^Some: /).count()).toBe(1);
  await page.keyboard.press("Escape");
});

test("SAFEGUARDS 6: what is approved keeps its figures, and its paper has no word of them", async () => {
  const [before] = await plansOf(page);
  await page.getByRole("button", { name: /^Approve \d+ patrols/ }).click();
  await page.getByRole("button", { name: "Briefing" }).click();
  const sheets = page.locator(".sheet-page");
  await sheets.first().waitFor();
  const papers = await sheets.allTextContents();
  expect(papers.join()).toMatch(/Void after/);
  expect(papers.join()).not.toMatch(/sex work|encounter/i);
  const [after] = await plansOf(page);
  expect(after?.status).toBe("agreed");
  expect(after?.options?.encounters).toEqual(before?.options?.encounters);
});

test("where too little was seen the choice is off and says so", async () => {
  await desk.server.services.db.transaction(ownerActor, (tx) =>
    tx.run(sql`delete from event where kind = 'sighting' and category = 'street_sex_work'`),
  );
  const { page: other } = await desk.browser.visit({
    server: desk.server.url,
    role: "sergeant",
    fragment: "#/plan",
  });
  await other.getByRole("button", { name: "Start differently" }).click();
  await other.getByText("off, as fewer than 30 sightings").waitFor();
  expect(await other.getByLabel("Strong").count()).toBe(0);
});
