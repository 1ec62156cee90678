import { beforeAll, expect, test } from "vitest";
import { cellAt, cellCentre, type H3Cell } from "#core/geo/cell.ts";
import type { SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";
import { hourMs } from "#core/time/zone.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, seriousViolations, type Visit } from "#tests/browser/driver.ts";
import { patiently, visitPartner } from "#tests/browser/protected-time/outreach-support.ts";
import { agreedWalk } from "#tests/support/agreed-walk.ts";

/** Two units' phones, the desk and a partner: one story. */
const { server, browser } = demoWith(openBrowser);
let first: Visit;
let second: Visit;
let desk: Visit;
let partner: Visit;
let place: SavedPlaceReply;

/** Two kilometres from every place of a partner. */
const pondersEnd = [-0.0352, 51.6447] as const;

/** Two seconds are asked for; four browsers on a machine that does other things need more. */
const asked = 20_000;

beforeAll(async () => {
  partner = await visitPartner(browser, server);
  await partner.page.goto("/#/outreach");
  const reply = await partner.page.request.get("/api/outreach/places");
  [place] = ((await reply.json()) as { places: [SavedPlaceReply] }).places;
  const now = server.services.asAt.now();
  const during = { from: now - hourMs / 12, to: now + 1.5 * hourMs };
  const { db } = server.services;
  await agreedWalk(db, { ...during, cells: place.cells.slice(0, 2) as H3Cell[] });
  await agreedWalk(db, { ...during, unit: 2, cells: [cellAt(pondersEnd, 10)] });
  const look = { role: "sergeant", fragment: "#/plan" } as const;
  first = await browser.visit({ ...look, width: 390, height: 844, touch: true });
  second = await browser.visit({ ...look, width: 320, height: 640, touch: true });
  desk = await browser.visit(look);
});

const title = ({ page }: Visit) => page.locator(".tonight__title, .call-off__title").first();
const deskRow = (unit: string) => desk.page.getByRole("row", { name: new RegExp(`^${unit}`) });

test("from unlocking to Arrived it is two taps, and the desk reads where the unit is in its walk", async () => {
  const { page } = first;
  await desk.page.locator(".tonight-desk summary").click(patiently);
  await page.getByRole("button", { name: "Unit 1" }).tap(patiently);
  const arrived = page.getByRole("button", { name: "Arrived" });
  const size = await arrived.boundingBox();
  expect(size?.height).toBeGreaterThanOrEqual(56);
  // In the reach of a thumb, above the list of screens.
  expect((size?.y ?? 0) + (size?.height ?? 0)).toBeGreaterThan(700);
  // Pressed twice it is one: "Leave" comes where the thumb still is. A new button takes no press at first.
  await arrived.evaluate((button) =>
    Promise.all(button.getAnimations().map((one) => one.finished)),
  );
  const [x, y] = [(size?.x ?? 0) + (size?.width ?? 0) / 2, (size?.y ?? 0) + 28];
  await Promise.all([page.touchscreen.tap(x, y), page.touchscreen.tap(x, y)]);
  await expect.poll(() => title(first).textContent(), patiently).toMatch(/^At /);
  await expect
    .poll(() => deskRow("Unit 1").textContent(), patiently)
    .toMatch(/At stop 1 of 2, .*since/);
  await second.page.getByRole("button", { name: "Unit 2" }).tap(patiently);
  await second.page.getByRole("button", { name: "Arrived" }).tap();
  await expect.poll(() => deskRow("Unit 2").textContent(), patiently).toContain("At stop 1 of 1");
  expect(await title(first).textContent()).toMatch(/^At /);
  const isCutOff = () => document.documentElement.scrollWidth > innerWidth;
  expect(await second.page.evaluate(isCutOff)).toBe(false);
  expect(await seriousViolations(page)).toEqual([]);
  expect(await seriousViolations(desk.page)).toEqual([]);
});

test("on its side the phone shows the same screen, its button in sight, and in its own font", async () => {
  const { page } = first;
  await page.setViewportSize({ width: 844, height: 390 });
  expect(await page.locator(".tonight-desk").count()).toBe(0);
  expect(await title(first).textContent()).toMatch(/^At /);
  const leave = await page.getByRole("button", { name: "Leave" }).boundingBox();
  expect((leave?.y ?? 390) + (leave?.height ?? 0)).toBeLessThanOrEqual(390);
  expect(await page.evaluate(() => document.body.scrollWidth)).toBeLessThanOrEqual(844);
  expect(await page.evaluate(() => getComputedStyle(document.body).fontFamily)).not.toMatch(
    /Inter/,
  );
  await page.setViewportSize({ width: 390, height: 844 });
});

test("the phone says that it is at a stop of its own patrol once its officer asks, and sends no position", async () => {
  const { page } = first;
  const [lng, lat] = cellCentre(place.cells[1] as H3Cell);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(`${request.url()} ${request.postData() ?? ""}`));
  await page.context().grantPermissions(["geolocation"], { origin: server.url });
  await page.context().setGeolocation({ longitude: lng, latitude: lat, accuracy: 20 });
  await page.getByRole("button", { name: "Leave" }).tap(patiently);
  await page.getByText("Show when I am at a stop").tap();
  await page.getByText("You are there.").waitFor(patiently);
  await page.getByRole("button", { name: "Arrived" }).tap();
  await expect.poll(() => deskRow("Unit 1").textContent(), patiently).toContain("At stop 2 of 2");
  expect(asked.filter((words) => words.includes("/stays/")).length).toBeGreaterThan(0);
  expect(asked.filter((words) => words.includes(String(lat).slice(0, 7)))).toEqual([]);
});

test("a late session crosses the patrol out on its unit's phone and the desk, and neither reads why", async () => {
  const { page } = partner;
  await page.getByRole("button", { name: "Out now, another place or time" }).click();
  await page.getByLabel("Where").selectOption(place.id);
  const sent = page.waitForResponse((reply) => reply.url().endsWith("/api/outreach/out-now"));
  await page.locator("dialog .button--filled").click();
  await sent;
  const begun = performance.now();
  await first.page.getByText("Called off: leave now").first().waitFor(patiently);
  expect(performance.now() - begun).toBeLessThan(asked);
  await desk.page.getByText("Called off: leave now").first().waitFor(patiently);
  const off = first.page.locator(".call-off");
  expect(await off.locator("s").count()).toBe(1);
  expect(await off.textContent()).not.toMatch(/outreach|partner|keep.clear|protected|because/i);
  expect(await off.textContent()).toContain("An emergency call always comes first.");
  expect(await deskRow("Unit 1").textContent()).toContain("not seen");
  // Of another unit's loss a phone says so beside that unit, and goes on.
  expect(await title(second).textContent()).toMatch(/^At /);
  await second.page.getByRole("button", { name: "Unit 1: called off" }).waitFor(patiently);
  expect(await seriousViolations(first.page)).toEqual([]);
});

test("one tap says that the unit knows: its minutes are logged, the desk reads it, and so does the partner", async () => {
  await first.page.getByRole("button", { name: "Seen: I am leaving" }).tap();
  await expect.poll(() => first.page.locator(".call-off").count(), patiently).toBe(0);
  await expect.poll(() => deskRow("Unit 1").textContent(), patiently).toMatch(/: seen \d\d:\d\d/);
  await expect.poll(() => desk.page.locator(".call-off").count(), patiently).toBe(0);
  await partner.page
    .getByText(/Police told [\w:]+, known to patrols by [\w:]+/)
    .first()
    .waitFor(patiently);
  for (const visit of [first, second, desk, partner]) {
    expect(visit.problems).toEqual([]);
  }
});

test("a phone asks for its stops while the code of the page is still coming, once; a desk waits for it", async () => {
  for (const [{ page }, count] of [
    [second, 1],
    [desk, 0],
  ] as const) {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    const tonight = () => asked.filter((path) => path === "/api/tonight").length;
    let goOn = () => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await page.route("**/assets/index-*.js", async (route) => {
      await held;
      await route.continue();
    });
    // A change that is heard meanwhile would have the screen ask again, as it should.
    await page.route("**/api/live*", () => undefined);
    await page.reload({ waitUntil: "commit" });
    await expect.poll(() => asked.includes("/api/session"), patiently).toBe(true);
    await expect.poll(() => asked.some((path) => path.includes("tonight-")), patiently).toBe(true);
    expect(tonight()).toBe(count);
    goOn();
    await page.locator(".tonight__title, .tonight-desk summary").first().waitFor(patiently);
    expect(tonight()).toBe(1);
    await page.unroute("**/assets/index-*.js");
    await page.unroute("**/api/live*");
  }
});
