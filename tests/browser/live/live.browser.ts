import { beforeAll, expect, test } from "vitest";
import type { H3Cell } from "#core/geo/cell.ts";
import type { SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";
import { hourMs } from "#core/time/zone.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, seriousViolations, type Visit } from "#tests/browser/driver.ts";
import { patiently, visitPartner } from "#tests/browser/protected-time/outreach-support.ts";
import { agreedWalk } from "#tests/support/agreed-walk.ts";

/** A partner's phone, a patrol's phone and the desk, all open: one story, each test a step of it. */
const { server, browser } = demoWith(openBrowser);
let partner: Visit;
let patrol: Visit;
let desk: Visit;
let place: SavedPlaceReply;

/**
 * Two seconds are asked for, and the event is there within them (tests/api/live/live.api.test.ts); three browsers
 * that draw maps in software on a machine that does other things need more. Nothing here asks by itself
 * sooner than after 30 seconds.
 */
const asked = 20_000;

beforeAll(async () => {
  partner = await visitPartner(browser, server);
  await partner.page.goto("/#/outreach");
  const reply = await partner.page.request.get("/api/outreach/places");
  [place] = ((await reply.json()) as { places: [SavedPlaceReply] }).places;
  const now = server.services.asAt.now();
  const during = { from: now - hourMs / 2, to: now + 1.5 * hourMs };
  await agreedWalk(server.services.db, {
    ...during,
    cells: place.cells.slice(0, 1) as H3Cell[],
  });
  const phone = { width: 390, height: 844, touch: true };
  const sergeant = { server: server.url, role: "sergeant" } as const;
  patrol = await browser.visit({ ...sergeant, ...phone, fragment: "#/plan" });
  desk = await browser.visit({ ...sergeant, fragment: "#/plan" });
});

/** How many milliseconds after this moment something is in view. */
async function untilSeen(visit: Visit, words: string | RegExp): Promise<number> {
  const begun = performance.now();
  await visit.page.getByText(words).first().waitFor(patiently);
  return performance.now() - begun;
}

test("a patrol that is out sees its window, and nothing is wrong", async () => {
  const { page } = patrol;
  await page.getByRole("heading", { name: "Tonight" }).waitFor();
  await page.getByRole("button", { name: "Arrived" }).waitFor(patiently);
  expect(await page.locator(".call-off").count()).toBe(0);
});

test("out now: the patrol is called off at once, the desk reads it, and neither reads why", async () => {
  const { page } = partner;
  await page.getByRole("button", { name: "Out now, another place or time" }).click();
  await page.getByLabel("Where").selectOption(place.id);
  const sent = page.waitForResponse((reply) => reply.url().endsWith("/api/outreach/out-now"));
  await page.locator("dialog .button--filled").click();
  await sent;
  const seen = await Promise.all([
    untilSeen(patrol, "Called off: leave now"),
    untilSeen(desk, "Called off: leave now"),
    untilSeen(desk, /Keep-clear times changed at \d\d:\d\d\. 1 approved patrol is/),
  ]);
  for (const ms of seen) expect(ms).toBeLessThan(asked);
  expect(await desk.page.locator(".call-off").textContent()).toContain("Tell the unit now");
  const words = (await patrol.page.locator(".call-off").textContent()) ?? "";
  expect(words).not.toMatch(/outreach|partner|keep.clear|protected|because/i);
  expect(words).toContain("An emergency call always comes first.");
  const title = patrol.page.locator(".call-off__title");
  expect(await title.evaluate((node) => Number.parseFloat(getComputedStyle(node).fontSize))).toBe(
    28,
  );
  expect(await seriousViolations(patrol.page)).toEqual([]);
  expect(await patrol.page.locator(".tonight__stop--lost").count()).toBe(1);
});

test("the partner reads that police confirmed as they do so", async () => {
  const { page } = partner;
  await page
    .getByText(/On police screens since [\w:]+/)
    .first()
    .waitFor(patiently);
  const confirmed = desk.page.waitForResponse((reply) => reply.url().endsWith("/confirm"));
  await desk.page.getByRole("button", { name: "I have told officers on duty" }).first().click();
  await confirmed;
  expect(await untilSeen(partner, /Police told [\w:]+, known to patrols by [\w:]+/)).toBeLessThan(
    asked,
  );
  // The patrol's phone read the notice too, and it is gone from there as well.
  await expect
    .poll(() => patrol.page.getByText("Keep-clear times changed").count(), patiently)
    .toBe(0);
});

test("an emergency that police log is shown to its partner as it is logged", async () => {
  const { page } = desk;
  await page.goto("/#/plan?view=attended");
  const at = server.services.asAt.now();
  const reply = await page.request.get("/api/session");
  const { pageToken } = (await reply.json()) as { pageToken: string };
  await page.request.post("/api/police-attended", {
    headers: { "x-boxster-token": pageToken },
    data: {
      cell: place.cells[0],
      from: new Date(at).toISOString(),
      to: new Date(at + hourMs / 4).toISOString(),
    },
  });
  expect(await untilSeen(partner, /Police attended an emergency there: /)).toBeLessThan(asked);
  await page.reload();
  await expect.poll(() => page.locator(".police__log li").count(), patiently).toBe(1);
  expect(await seriousViolations(page)).toEqual([]);
  for (const visit of [partner, patrol, desk]) expect(visit.problems).toEqual([]);
});
