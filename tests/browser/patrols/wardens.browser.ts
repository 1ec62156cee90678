import { expect, test } from "vitest";
import type { H3Cell } from "#core/geo/cell.ts";
import type { SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";
import { hourMs } from "#core/time/zone.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, seriousViolations, type Visit } from "#tests/browser/driver.ts";
import { plansOf } from "#tests/browser/patrols/plan-support.ts";
import { patiently, visitPartner } from "#tests/browser/protected-time/outreach-support.ts";
import { asOwner } from "#tests/support/accounts.ts";
import { agreedWalk } from "#tests/support/agreed-walk.ts";
import { agreedShift } from "#tests/support/past-shift.ts";

/** A warden coordinator's week, from the account to the debrief: one story, each test a step of it. */
const { server, browser } = demoWith(openBrowser);
const password = "four geese over water";
let coordinator: Visit;
let page: Page;

test("an administrator opens the account and a sergeant confirms it", async () => {
  const admin = await browser.visit({ role: "admin" });
  await admin.page.getByRole("button", { name: "Add an account" }).click();
  await admin.page.getByLabel("Sign-in name").fill("w.lane");
  await admin.page.getByLabel("Role").selectOption({ label: "Warden coordinator" });
  await admin.page.getByLabel("Patrol partner", { exact: true }).selectOption("Enfield wardens");
  await admin.page.getByRole("button", { name: "Add", exact: true }).click();
  const dialog = admin.page.getByRole("dialog", { name: "w.lane" });
  await dialog.getByRole("button", { name: "One-time secret" }).click();
  await dialog.getByText("within three days of a second person confirming it").waitFor();
  const secret = await dialog.getByRole("status").locator("strong").textContent();
  const take = (on: Page) =>
    on.request.post("/api/session/set-up", { data: { name: "w.lane", secret, password } });
  expect((await take(admin.page)).status()).toBe(403);
  await admin.close();

  const sergeant = await browser.visit({ role: "sergeant", fragment: "#/plan" });
  await sergeant.page.getByRole("button", { name: "Review" }).click();
  const asked = sergeant.page.getByRole("dialog", { name: "Police accounts" });
  await asked.getByRole("button", { name: "Confirm for w.lane" }).click();
  await asked.getByText(/Confirmed by a sergeant on/).waitFor();
  await sergeant.close();

  const phone = { width: 390, height: 844, touch: true, fresh: true } as const;
  coordinator = await browser.visit(phone);
  page = coordinator.page;
  expect((await take(page)).ok()).toBe(true);
  await page.goto("/");
  await page.getByRole("heading", { name: "Tonight" }).waitFor(patiently);
});

test("the coordinator enters hours, the sergeant suggests, the coordinator approves on a phone", async () => {
  await page.getByRole("button", { name: "Staffing", exact: true }).first().click();
  await page.getByLabel("Day", { exact: true }).selectOption("2021-12-05");
  await page.getByLabel("Unit", { exact: true }).selectOption("2");
  await page.getByLabel("Hours").fill("18-23");
  await page.getByRole("button", { name: "Add a unit" }).click();
  await page.getByRole("button", { name: "Save the staffing" }).click();
  await page.getByText("Staffing saved").waitFor();
  expect(await seriousViolations(page)).toEqual([]);

  const sergeant = await browser.visit({ role: "sergeant", fragment: "#/plan", width: 1440 });
  await sergeant.page.getByText(/Also on duty: 5 of Enfield wardens/).waitFor(patiently);
  await sergeant.page
    .getByRole("button", { name: /^(Suggest|Draft a plan)/ })
    .first()
    .click();
  await sergeant.page
    .getByRole("button", { name: /^Approve \d+ patrols/ })
    .waitFor({ timeout: 90_000 });
  const own = (await plansOf(sergeant.page))
    .flatMap(({ windows }) => windows)
    .filter(({ patrolPartner }) => patrolPartner === "enfield-wardens");
  expect(own.some(({ start }) => start.startsWith("2021-12-05"))).toBe(true);
  await sergeant.close();

  await page.goto("/#/plan");
  await page.getByRole("button", { name: `Approve ${own.length} patrols` }).click(patiently);
  await page.getByText(`${own.length} patrols approved`).waitFor(patiently);
  await page
    .getByRole("row", { name: /Sun 5 Dec/ })
    .first()
    .click();
  await page.getByText("Busy place at this time.").waitFor();
  await page.locator(".window__stops li").first().waitFor();
  const [wide, view] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    innerWidth,
  ]);
  expect(wide).toBeLessThanOrEqual(view);
  expect(await seriousViolations(page)).toEqual([]);
});

test("each unit has a paper, whose number is valid", async () => {
  await page.getByRole("button", { name: "Briefing" }).click();
  await page
    .getByRole("heading", { name: /^Neighbourhood patrol, wardens: unit 2/ })
    .first()
    .waitFor(patiently);
  await page.getByRole("button", { name: "Check it is valid" }).click();
  await page.locator(".number-check__answer .icon").waitFor();
  expect(await page.locator(".number-check__answer").textContent()).toMatch(/: Valid/);
  expect(await seriousViolations(page, ".sheet-page")).toEqual([]);
});

test("a session that comes late calls the patrol off on the open screen, and the coordinator confirms", async () => {
  const partner = await visitPartner(browser, server);
  await partner.page.goto("/#/outreach");
  const reply = await partner.page.request.get("/api/outreach/places");
  const [place] = ((await reply.json()) as { places: [SavedPlaceReply] }).places;
  const now = server.services.asAt.now();
  const { db } = server.services;
  const { windowId } = await agreedWalk(db, {
    from: now - hourMs / 2,
    to: now + 1.5 * hourMs,
    cells: place.cells.slice(0, 1) as H3Cell[],
  });
  await asOwner(db, ofWardens(`id = ${windowId}`));
  await page.goto("/#/plan");
  await expect.poll(() => page.locator(".tonight__stop").count(), patiently).toBe(1);
  await partner.page.getByRole("button", { name: "Out now, another place or time" }).click();
  await partner.page.getByLabel("Where").selectOption(place.id);
  await partner.page.locator("dialog .button--filled").click();
  await page.getByRole("heading", { name: "Called off: leave now" }).waitFor(patiently);
  await page.getByText("Tell your units, then confirm.").waitFor(patiently);
  expect(await seriousViolations(page)).toEqual([]);
  // Who has said that all lost patrols are known need not say it again.
  await page.getByRole("button", { name: "Seen" }).click();
  await page
    .getByText("Tell your units, then confirm.")
    .waitFor({ state: "detached", ...patiently });
  const words = (await page.locator("body").textContent()) ?? "";
  expect(words).not.toMatch(/outreach|police|because/i);
  await partner.close();
});

test("after the shift the coordinator debriefs its own patrols", async () => {
  const { db } = server.services;
  const { planId } = await agreedShift(db, "2021-11-24");
  await asOwner(db, ofWardens(`plan_id = ${planId} and unit = 2`));
  await page.goto("/#/plan?view=debrief");
  await page.reload();
  const shift = page.getByRole("region", { name: /^Wednesday 24 November 2021/ });
  await shift.getByText("Untick anything not done.").waitFor(patiently);
  expect(
    await shift
      .getByRole("checkbox")
      .first()
      .evaluate((box) => box.closest("label")?.textContent),
  ).toMatch(/^Unit 2, /);
  expect(await shift.getByText(/^Unit 1,/).count()).toBe(0);
  await shift.getByRole("button", { name: "All done: save 3 stops" }).click();
  await page.getByText(/3 of 3 stops done\. Debriefed/).waitFor(patiently);
  expect(await seriousViolations(page)).toEqual([]);
  expect(coordinator.problems).toEqual([]);
  await coordinator.close();
});

/** As the planner stores a window of wardens. */
const ofWardens = (which: string) =>
  `update patrol_window set patrol_partner = 'enfield-wardens', unit = 102, label = 'w10001' where ${which}`;
