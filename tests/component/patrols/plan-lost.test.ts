import { afterAll, beforeAll, expect, test } from "vitest";
import { placesOfPartnerReply } from "#core/protected-time/wire/outreach.ts";
import {
  openPlanDesk,
  type PlanDesk,
  plansOf,
  unspeakable,
} from "#tests/browser/patrols/plan-support.ts";
import { openPages, type Page, type Visit } from "#tests/component/driver.ts";

/** A new session takes approved patrols: they are a short list to act on; one story, each test a step of it. */
let desk: PlanDesk;
let sergeant: Visit;
let page: Page;

beforeAll(async () => {
  desk = await openPlanDesk("agreed", { open: openPages });
  const agreed = (await plansOf(desk.page)).flatMap(({ windows }) => windows);
  await desk.sergeant.close();
  const { server, browser } = desk;
  const partner = await browser.visit({ server: server.url, role: "partner", partner: "a" });
  const { request } = partner.page;
  const { places } = placesOfPartnerReply.parse(
    await (await request.get("/api/outreach/places")).json(),
  );
  const met = agreed.flatMap(({ route, start, end }) =>
    places
      .filter(({ cells }) => start.slice(11, 13) >= "17" && route.some((at) => cells.includes(at)))
      .map(({ id }) => ({ placeId: id, date: start.slice(0, 10), start, end })),
  );
  const first = met[0];
  const second = met.find(({ date }) => date !== first?.date);
  for (const one of [first, second]) {
    if (!one) throw new Error("No two evenings have a patrol at a place of partner A");
    const { placeId, date: firstDate, start, end } = one;
    const times = { start: start.slice(11, 16), end: end.slice(11, 16) };
    const rule = { repeats: "once", firstDate, ...times };
    const sent = await request.post("/api/outreach/sessions", { data: { placeId, rule } });
    expect(sent.ok(), await sent.text()).toBe(true);
  }
  await partner.close();
  sergeant = await browser.visit({ server: server.url, role: "sergeant", fragment: "#/plan" });
  page = sergeant.page;
});
afterAll(() => desk.close());

const list = () => page.getByRole("region", { name: "Lost patrols" });
const count = async () => Number(/^\d+/.exec((await list().textContent()) ?? "")?.[0] ?? 0);
const lost = async () =>
  (await plansOf(page))
    .flatMap(({ windows }) => windows)
    .filter(({ status }) => status === "unavailable");

test("lost patrols are listed with what can be done, never why, and one button is filled", async () => {
  await list().waitFor();
  expect(await count()).toBe((await lost()).length);
  const words = (await list().textContent()) ?? "";
  expect(words).not.toMatch(unspeakable);
  for (const name of ["Suggest another time", "Leave it"]) {
    expect(await list().getByRole("button", { name }).count(), name).toBeGreaterThan(0);
  }
  expect(await page.locator(".button--filled").allTextContents()).toEqual(["Briefing"]);
});

test("another time is the nearest that fits, one press away; then it is off the list", async () => {
  const before = await count();
  const [first] = (await lost()).toSorted((a, b) => Date.parse(a.start) - Date.parse(b.start));
  await list().getByRole("button", { name: "Suggest another time" }).first().click();
  const form = page.getByRole("form", { name: "Add a patrol" });
  await form.waitFor();
  // Never the time that was taken away, nor a word that it is not to be had.
  const start = await form.getByLabel("Start").inputValue();
  expect(start).not.toBe(first?.start.slice(11, 16));
  expect(await form.getByText(/Not available/).count()).toBe(0);
  const added = page.locator(".week__block--suggested");
  await form.getByRole("button", { name: "Add this patrol" }).click();
  await expect.poll(() => added.count()).toBe(1);
  await expect.poll(count).toBeLessThan(before);
  await page.getByRole("button", { name: "Approve 1 patrol" }).waitFor();
});

test("once the one in its place is discarded, the lost one is listed again", async () => {
  const before = await count();
  await page.getByRole("button", { name: "Discard" }).click();
  await expect.poll(count).toBe(before + 1);
  expect((await lost()).filter(({ dismissed }) => dismissed)).toEqual([]);
});

test("what is left is off the list for good until it is undone, and stays struck through in the week", async () => {
  const left = async () => ((await list().count()) === 0 ? 0 : count());
  const before = await count();
  expect(before).toBeGreaterThan(0);
  await list().getByRole("button", { name: "Leave it" }).first().click();
  await expect.poll(left).toBe(before - 1);
  expect(await page.locator(".week__block--gone").count()).toBe((await lost()).length);
  await page.reload();
  await page.locator(".week__block--gone").first().waitFor();
  expect(await left()).toBe(before - 1);
  const [settled, ...others] = (await plansOf(page)).flatMap(({ id, windows }) =>
    windows.filter(({ dismissed }) => dismissed).map((window) => ({ plan: id, window })),
  );
  expect(others).toEqual([]);
  await page.evaluate((fragment) => {
    window.location.hash = fragment;
  }, `#/plan?plan=${settled?.plan}&window=${settled?.window.id}`);
  await page.getByRole("button", { name: "Put back on the list of lost patrols" }).click();
  await expect.poll(left).toBe(before);
  await page.getByRole("button", { name: /^Undo/ }).first().click();
  await expect.poll(left).toBe(before - 1);
});

test("nothing went wrong on the way", () => {
  expect(sergeant.problems).toEqual([]);
});
