import { expect, test } from "vitest";
import { footprintOf } from "#core/protected-time/footprint.ts";
import type { LatticePlace } from "#core/protected-time/lattice.ts";
import type { KeepClearReply } from "#core/protected-time/wire/keep-clear.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, seriousViolations, type Visit } from "#tests/browser/driver.ts";
import {
  openMore,
  patiently,
  visitPartner,
} from "#tests/browser/protected-time/outreach-support.ts";

/**
 * The partner's journey on a phone: one story, each test a step of it, the first on a drawn map. Faults, questions and
 * words of the forms are in tests/component.
 */
const { server, browser } = demoWith(openBrowser);
let partner: Visit;
let page: Page;

/** Everything that left the browser. */
const sent: { readonly what: string; readonly body: string; readonly all: string }[] = [];
const placed = () => sent.filter(({ body }) => body.includes('"lattice"'));

/** As a phone of partner A whose every request is kept in `sent`. */
async function visitSending(more: { readonly map?: boolean } = {}): Promise<Visit> {
  const visit = await visitPartner(browser, server, more);
  visit.page.on("request", (request) => {
    const what = `${request.method()} ${new URL(request.url()).pathname}`;
    const body = request.postData() ?? "";
    sent.push({ what, body, all: `${request.url()} ${JSON.stringify(request.headers())} ${body}` });
  });
  await visit.page.goto("/#/outreach");
  return visit;
}

/** The venue of this story, at a place that no demonstration session is near; digits of its own. */
const venue = { lat: "51.65713", lng: "-0.03927" };
const label = "Green gate";

const isWiderThanScreen = (of: Page) =>
  of.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
const heightOf = async (selector: string) =>
  (await page.locator(selector).first().boundingBox())?.height ?? 0;

test("on a drawn map a route is tapped, taken back, put by keys alone and saved without its corners", async () => {
  const drawn = await visitSending({ map: true });
  const { page: on, problems, close } = drawn;
  const button = (name: string) => on.getByRole("button", { name, exact: true });
  const canvas = on.locator(".venue-map canvas").first();
  await button("Add a session").click();
  await on.getByLabel("Place", { exact: true }).selectOption({ label: "A new place" });
  await on.getByLabel("A route", { exact: true }).check();
  await button("Next: what police will see").click();
  await on.getByText("Tap the route on the map, from start to end.").waitFor(patiently);
  await on.locator(".venue-map [data-drawn]").waitFor(patiently);
  for (const [x, y] of [
    [100, 60],
    [150, 140],
    [250, 200],
  ] as const) {
    await canvas.click({ position: { x, y } });
  }
  await on.getByText("3 corners.").waitFor(patiently);
  await button("Undo last point").click();
  await on.getByText("2 corners.").waitFor(patiently);
  expect(await isWiderThanScreen(on)).toBe(false);
  expect(await seriousViolations(on)).toEqual([]);

  await button("Start again").click();
  const middle = button("Use the spot under the cross");
  await middle.focus();
  await on.keyboard.press("Enter");
  await on.getByText("1 corner.").waitFor(patiently);
  await canvas.focus();
  for (let step = 0; step < 3; step += 1) await on.keyboard.press("ArrowDown");
  // The map goes there with its next frames, whose turn is before that of these.
  await on.evaluate(async () => {
    for (let frame = 0; frame < 5; frame += 1) await new Promise(requestAnimationFrame);
  });
  await middle.focus();
  await on.keyboard.press("Enter");
  await on.getByText("2 corners.").waitFor(patiently);

  await on.getByLabel("How far to each side, in metres").fill("50");
  await on.getByLabel("Your name for it").fill("Evening round");
  await on.getByLabel("First date").fill("2021-12-01");
  await button("Next: what police will see").click();
  await on.locator(".preview").waitFor(patiently);
  expect(await on.locator(".preview").textContent()).toContain("can be recognised by its shape");
  await button("Save").click();
  await on.locator(".session-card", { hasText: "Evening round" }).waitFor(patiently);
  const [place] = placed();
  expect(place?.body).toContain('"kind":"corridor"');
  expect(place?.body).not.toMatch(/corners|halfWidth|-0\.0\d/);
  expect(problems).toEqual([]);
  // While it is open, it draws.
  await close();
});

test("the next sessions come first, with the big button above, the record below and the bar in view", async () => {
  partner = await visitSending();
  page = partner.page;
  await page.locator(".session-card").first().waitFor();
  expect(await page.locator(".button--filled").allTextContents()).toEqual(["Add a session"]);
  expect(
    await page
      .getByText(/^Police and wardens stay away [\d:]+[ap]m to ([\d:]+[ap]m|midnight)$/)
      .count(),
  ).toBeGreaterThan(0);
  // Two screens of a phone, with what is folded under "More".
  const length = await page.locator("#main").evaluate((main) => main.scrollHeight);
  expect(length).toBeLessThan(2 * 844);
  expect(await page.locator(".session-card").count()).toBe(4);
  // A cold thumb meets each of them.
  const small = await page.locator("#main :is(button, summary)").evaluateAll((controls) =>
    controls
      .map((control) => ({ of: control.textContent, box: control.getBoundingClientRect() }))
      .filter(({ box }) => box.height < 44 || box.width < 44)
      .map(({ of }) => of),
  );
  expect(small).toEqual([]);
  await openMore(page, "Your record");
  await expect
    .poll(() => page.locator(".kept-clear__sentence").textContent(), patiently)
    .toMatch(/^Kept clear: (\d+) of \1\. No planned patrol, none reported\.$/);
  expect(await heightOf(".top-bar")).toBeLessThan(60);
  const bar = page.locator(".confirm-bar");
  await page.getByText("Leave for good").scrollIntoViewIfNeeded();
  expect(
    await bar.evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return top >= 0 && bottom <= window.innerHeight;
    }),
  ).toBe(true);
  expect(await isWiderThanScreen(page)).toBe(false);
});

/** What was written before the session of this story. */
let before = 0;

test("a weekly session is entered by coordinates; before saving, the partner sees exactly what police will see", async () => {
  before = sent.length;
  await page.getByRole("button", { name: "Add a session" }).click();
  await page.getByLabel("Place", { exact: true }).selectOption({ label: "A new place" });
  await page.getByLabel("Street, station or coordinates").fill(`${venue.lat}, ${venue.lng}`);
  await page.getByRole("option", { name: "These coordinates" }).click();
  await page.getByLabel("How far around it").selectOption("100");
  await page.getByLabel("Your name for it").fill(label);
  await page.getByLabel("First date").fill("2021-12-05");
  await page.getByLabel("From", { exact: true }).fill("15:00");
  await page.getByLabel("To", { exact: true }).fill("16:00");
  const from = await page.getByLabel("From", { exact: true }).boundingBox();
  const to = await page.getByLabel("To", { exact: true }).boundingBox();
  expect(from?.y).toBe(to?.y);
  expect(await heightOf(".segmented__choice")).toBeGreaterThanOrEqual(44);

  await page.getByRole("button", { name: "Next: what police will see" }).click();
  // Titled by what was understood, and the map stands above its dates.
  await page.getByRole("heading", { level: 2, name: "Every Sunday, 3pm to 4pm" }).waitFor();
  const topOf = async (part: string) => (await page.locator(part).boundingBox())?.y ?? 0;
  expect(await topOf(".preview__map")).toBeLessThan(await topOf(".preview__times"));
  const words = (await page.locator(".preview").textContent()) ?? "";
  expect(words).not.toContain(label);
  expect(words).not.toContain(venue.lat);
  expect(words).toContain("An emergency response can still come.");
  expect(words).toMatch(/About [\d.]+ km across\. Police can narrow it to about 350 m/);
  expect(await seriousViolations(page)).toEqual([]);
  const writes = sent.slice(before).filter(({ what }) => !what.startsWith("GET"));
  expect(writes).toEqual([]);
});

test("it is saved, and stands in the list with its times", async () => {
  await page.getByRole("button", { name: "Save", exact: true }).click();
  // Above the foot, where Save and Rename are; it is gone after six seconds.
  const toast = page.locator(".toast").first();
  await toast.waitFor(patiently);
  const box = await toast.boundingBox();
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(200);
  const card = page.locator(".session-card", { hasText: label });
  await card.waitFor(patiently);
  const words = (await card.textContent()) ?? "";
  expect(words).toContain("Police and wardens stay away 2:30pm to 4:30pm");
  expect(await page.evaluate(() => window.location.hash)).toBe("#/outreach");
  expect(await page.locator("#main").evaluate((main) => main.scrollTop)).toBe(0);
});

test("the venue left the browser in no request, and stays in no address or storage", async () => {
  // Three decimals are about a hundred metres: already too near.
  const secrets = [venue.lat.slice(0, 6), venue.lng.slice(0, 6)];
  expect(sent.length).toBeGreaterThan(5);
  for (const { all } of sent) for (const secret of secrets) expect(all).not.toContain(secret);
  const [_route, saved, ...others] = placed();
  expect(others).toEqual([]);
  expect(saved?.what).toBe("POST /api/outreach/places");
  const body = JSON.parse(saved?.body ?? "") as Record<string, unknown>;
  expect(new Set(Object.keys(body))).toEqual(
    new Set(["key", "label", "kind", "lattice", "classM"]),
  );
  const kept = await page.evaluate(() =>
    JSON.stringify([
      window.location.href,
      Object.entries(window.localStorage),
      Object.entries(window.sessionStorage),
    ]),
  );
  for (const secret of secrets) expect(kept).not.toContain(secret);
});

test("what police read is exactly what was saved: the same cells, at those times", async () => {
  const cells = footprintOf(JSON.parse(placed()[1]?.body ?? "") as LatticePlace);
  const sergeant = await browser.visit({ role: "sergeant", fragment: "#/plan" });
  const band = sergeant.page.locator('[aria-label="Keep clear Sun 5 Dec, 14:30 to 16:30"]');
  await band.waitFor(patiently);
  const reply = await sergeant.page.request.get("/api/keep-clear");
  const { stretches } = (await reply.json()) as KeepClearReply;
  const stretch = stretches.find(({ from }) => from.startsWith("2021-12-05T14:30"));
  expect(stretch?.to.slice(0, 16)).toBe("2021-12-05T16:30");
  expect(new Set(stretch?.cells)).toEqual(new Set(cells));
  const words = (await sergeant.page.locator("body").textContent()) ?? "";
  expect(words).not.toContain(label);
  expect(sergeant.problems).toEqual([]);
  await sergeant.close();
});

test("out now is shown to police, on every screen of theirs; the partner sees when they confirm", async () => {
  await page.getByRole("button", { name: "Out now, another place or time" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Where").selectOption({ label });
  const promise = (await dialog.textContent()) ?? "";
  expect(promise).toContain("An emergency response can still come.");
  expect(promise).not.toMatch(/told at once/);
  await dialog.getByRole("button", { name: "Out now, 2 hours" }).click();
  const told = page.locator(".session-card__told");
  await expect
    .poll(() => told.first().textContent(), patiently)
    .toMatch(
      /On police screens since [\w:]+\. Police have not confirmed yet\. Phone your contact on 01632 960 123 too\./,
    );

  const sergeant = await browser.visit({ role: "sergeant", fragment: "#/panel" });
  await sergeant.page.locator(".panel").first().waitFor(patiently);
  // Residents may be looking.
  expect(await sergeant.page.getByText(/Keep-clear times changed/).count()).toBe(0);
  for (const screen of ["displacement", "plan", "hotspots"]) {
    await sergeant.page.goto(`/#/${screen}`);
    await sergeant.page.getByText(/Keep-clear times changed/).waitFor(patiently);
  }
  const notice = sergeant.page.getByText(/Keep-clear times changed at \d\d:\d\d/);
  await notice.waitFor(patiently);
  expect(await notice.textContent()).not.toMatch(/outreach|Green gate/);
  // Told by the server and read by the page itself, without another read of the sessions, which would be in the log.
  const asked = new Set<string>();
  const note = (request: { url: () => string }) => asked.add(new URL(request.url()).pathname);
  page.on("request", note);
  await sergeant.page.getByRole("button", { name: "I have told officers on duty" }).click();
  await notice.waitFor({ state: "detached", ...patiently });
  await sergeant.close();
  await expect
    .poll(() => page.locator(".session-card__told").first().textContent(), patiently)
    .toMatch(/Police told [\w:]+, known to patrols by [\w:]+\./);
  page.off("request", note);
  asked.delete("/api/live");
  expect([...asked]).toEqual(["/api/outreach/told"]);
  expect(partner.problems).toEqual([]);
});
