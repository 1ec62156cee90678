import { afterAll, beforeAll, expect, test } from "vitest";
import { placesOfPartnerReply } from "#core/protected-time/wire/outreach.ts";
import { type Page, seriousViolations } from "#tests/browser/driver.ts";
import {
  openPlanDesk,
  type PlanDesk,
  patiently,
  plansOf,
  unspeakable,
} from "#tests/browser/patrols/plan-support.ts";

/** The sergeant asks for a plan, approves it, and hears of a late session: one story, each test a step of it. */
let desk: PlanDesk;
let page: Page;

beforeAll(async () => {
  desk = await openPlanDesk("none");
  page = desk.page;
});
afterAll(() => desk.close());

const plans = () => plansOf(page);

test("Suggest shows a first plan with a way to cancel, then the stored one, with keep clear at the top of its days, over no patrol", async () => {
  const band = page.locator(".week__keep-clear").first();
  await band.waitFor();
  const top = await page.locator(".week__body").boundingBox();
  const at = await band.boundingBox();
  expect((at?.y ?? 0) + (at?.height ?? 0)).toBeLessThanOrEqual(top?.y ?? 0);
  expect(await page.locator(".week__blocked").count()).toBe(0);
  await page.getByRole("button", { name: "Suggest" }).click();
  await page.getByRole("button", { name: "Cancel" }).waitFor();
  await page.locator("[data-window]").first().waitFor();
  await page.getByRole("button", { name: /^Approve \d+ patrols/ }).waitFor({ timeout: 60_000 });
  const [plan] = await plans();
  expect(await page.locator("[data-window]").count()).toBe(plan?.windows.length);
});

test("a refusal stands beside the control that was pressed, in sight, without a fault of access", async () => {
  await page.locator("[data-window]").first().click();
  const start = await page.getByLabel("Start", { exact: true }).inputValue();
  const [hour = 0] = start.split(":").map(Number);
  await page.getByLabel("End", { exact: true }).fill(`${String(hour - 1).padStart(2, "0")}:55`);
  const change = page.getByRole("button", { name: "Change", exact: true });
  await change.click();
  const refusal = page.locator(".window__refusal");
  await refusal.getByText("The end must be after the start.").waitFor();
  const [pressed, note] = [await change.boundingBox(), await refusal.boundingBox()];
  const below = (note?.y ?? 0) - (pressed?.y ?? 0) - (pressed?.height ?? 0);
  expect(below).toBeGreaterThanOrEqual(0);
  expect(below).toBeLessThan(20);
  expect((note?.y ?? 0) + (note?.height ?? 0)).toBeLessThanOrEqual(800);
  expect(await seriousViolations(page)).toEqual([]);
});

test("approved, and a late session: the banner and the legend say which patrols are lost, never why, and the check is new", async () => {
  await page.getByRole("button", { name: /^Approve \d+ patrols/ }).click();
  await page.getByRole("button", { name: "Briefing" }).waitFor({ timeout: 30_000 });
  expect((await plans())[0]?.status).toBe("agreed");
  const partner = await desk.browser.visit({
    server: desk.server.url,
    role: "partner",
    partner: "a",
  });
  const place = await placeOnTheWay(partner.page);
  const { start: from, end: to } = place.window;
  const body = {
    placeId: place.id,
    rule: {
      repeats: "once",
      firstDate: from.slice(0, 10),
      start: from.slice(11, 16),
      end: to.slice(11, 16),
    },
  };
  const said = page.locator(".cost__figure").last();
  const legend = page.getByRole("list", { name: "Legend", exact: true });
  expect(await legend.getByText("No longer available").count()).toBe(0);
  const sent = await partner.page.request.post("/api/outreach/sessions", { data: body });
  expect(sent.ok(), await sent.text()).toBe(true);
  const lost = (await plans())
    .flatMap(({ windows }) => windows)
    .filter(({ status }) => status === "unavailable");
  expect(lost.map(({ id }) => id)).toContain(place.window.id);
  const banner = page.getByRole("list", { name: "No longer available" });
  await expect.poll(() => banner.getByRole("listitem").count(), patiently).toBe(lost.length);
  const words = (await banner.textContent()) ?? "";
  expect(words).toContain(
    `${from.slice(11, 16)} to ${to.slice(11, 16)}, ${place.window.place}, unit`,
  );
  expect(words).not.toMatch(unspeakable);
  await legend.getByText("No longer available").waitFor();
  await expect.poll(() => said.textContent(), patiently).toMatch(/No conflict, checked/);
  expect(await seriousViolations(page)).toEqual([]);
  await partner.close();
  expect(desk.sergeant.problems).toEqual([]);
});

/** A place of partner A, and an agreed evening patrol whose way leads through it. */
async function placeOnTheWay(partner: Page) {
  const reply = await partner.request.get("/api/outreach/places");
  const { places } = placesOfPartnerReply.parse(await reply.json());
  const agreed = (await plans()).flatMap(({ windows }) => windows);
  const found = places.flatMap(({ id, cells }) =>
    agreed
      .filter(
        ({ status, start, route }) =>
          status === "agreed" &&
          start.slice(11, 13) >= "14" &&
          route.some((cell) => cells.includes(cell)),
      )
      .map((window) => ({ id, window })),
  );
  if (!found[0]) throw new Error("No approved patrol meets a place of partner A");
  return found[0];
}
