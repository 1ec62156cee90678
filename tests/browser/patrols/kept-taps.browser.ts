import { afterAll, beforeAll, expect, test } from "vitest";
import { cellAt, cellCentre } from "#core/geo/cell.ts";
import { tonightReply } from "#core/patrols/wire/tonight.ts";
import { hourMs, minuteMs } from "#core/time/zone.ts";
import { type Front, frontOf } from "#tests/browser/app/front.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, type Visit } from "#tests/browser/driver.ts";
import {
  findSignal,
  loseSignal,
  patiently,
} from "#tests/browser/protected-time/outreach-support.ts";
import { agreedWalk } from "#tests/support/agreed-walk.ts";
import { corner } from "#tests/support/outreach.ts";

/** A unit that walks without a signal, its phone closed meanwhile: each test a step of one story. */
const { server, browser } = demoWith(openBrowser);
let front: Front;
let visit: Visit;
let page: Page;
/** Taps that reached the server. */
const sent: { readonly key: string; readonly body: Sent | null }[] = [];
interface Sent {
  readonly order: number;
  readonly arrivedAgo: number;
  readonly leftAgo: number | null;
}
const cells = [cellAt(corner, 10), cellAt([corner[0], corner[1] + 0.004], 10)] as const;
const phone = { width: 390, height: 844, touch: true, role: "sergeant", app: true } as const;

beforeAll(async () => {
  front = await frontOf(server.url);
  const now = server.services.asAt.now();
  const during = { from: now - hourMs / 12, to: now + 1.5 * hourMs };
  const { db } = server.services;
  await agreedWalk(db, { ...during, cells: [...cells] });
  await agreedWalk(db, { ...during, unit: 2, cells: [cells[1]] });
  visit = await browser.visit({ ...phone, server: front.url, fragment: "#/plan" });
  page = visit.page;
  await page.addInitScript(moveClock);
  page.on("response", (reply) => {
    const [, key] = /\/api\/tonight\/stays\/(.+)$/.exec(reply.url()) ?? [];
    if (key) sent.push({ key, body: reply.request().postDataJSON() as Sent | null });
  });
  const key = page.waitForResponse((reply) => reply.url().endsWith("/api/session/keeping-key"));
  await page.reload();
  await page.getByRole("button", { name: "Unit 1" }).tap(patiently);
  await button("Arrived").waitFor(patiently);
  await key;
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
});
afterAll(() => front.close());

/** The phone's own clock, ahead by what the window's name says: that outlives the page. */
function moveClock(): void {
  const { now } = Date;
  Date.now = () => now() + Number(window.name || 0);
}
const minutesPass = (minutes: number) =>
  page.evaluate((ms) => {
    window.name = String(Number(window.name || 0) + ms);
  }, minutes * minuteMs);

const button = (name: string) => page.getByRole("button", { name, exact: true });
const stored = () => page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
const tonight = async () =>
  tonightReply.parse(await (await page.request.get(`${server.url}/api/tonight`)).json());
const staysAt = async (unit: number, order: number) => {
  const { windows } = await tonight();
  const stop = windows.find((window) => window.unit === unit)?.stops[order - 1];
  return { visits: stop?.visits, stays: stop?.stays ?? [] };
};
/** The page asks whether to leave while something waits. */
async function openAnew() {
  page.once("dialog", (dialog) => void dialog.accept());
  await page.reload();
}

test("taps without a signal are kept sealed, outlive the page, and are sent once, in order, with the right minutes", async () => {
  expect(await stored()).toBe("{}");
  await loseSignal(page, front);
  await button("Arrived").tap();
  await button("Leave").waitFor(patiently);
  await minutesPass(10);
  await button("Leave").tap();
  await button("Arrived").tap(patiently);
  await page.getByText("2 taps not sent yet").waitFor(patiently);
  await expect.poll(stored, patiently).toContain('count\\":2');
  const kept = await stored();
  for (const word of ["planId", "arrived", "unit", ...cells]) expect(kept).not.toContain(word);
  await openAnew();
  await page.getByRole("heading", { name: "No signal" }).waitFor(patiently);
  await page.getByText("2 entries are not sent yet.").waitFor();
  expect(await page.locator("body").innerText()).not.toMatch(/unit|stop|patrol|Fore Street/i);
  await minutesPass(5);
  await findSignal(page, front);
  await expect.poll(async () => (await staysAt(1, 2)).stays.length, patiently).toBe(1);
  await expect.poll(stored, patiently).toBe("{}");
  expect(sent.map(({ body }) => body?.order)).toEqual([1, 2]);
  expect(new Set(sent.map(({ key }) => key)).size).toBe(2);
  const [first, second] = sent.map(({ body }) => body);
  const dwell = (first?.arrivedAgo ?? 0) - (first?.leftAgo ?? 0);
  expect(Math.floor(dwell / 60)).toBe(10);
  expect(Math.floor((second?.arrivedAgo ?? 0) / 60)).toBeGreaterThanOrEqual(5);
  expect(Math.floor((second?.arrivedAgo ?? 0) / 60)).toBeLessThan(8);
  expect(second?.leftAgo).toBeNull();
  const [stay] = (await staysAt(1, 1)).stays;
  const minutes = (Date.parse(stay?.leftAt ?? "") - Date.parse(stay?.arrivedAt ?? "")) / minuteMs;
  expect(Math.floor(minutes)).toBe(10);
});

test("a second unit at the same stop is a stay of its own and no second visit", async () => {
  const other = await browser.visit({ ...phone, fragment: "#/plan" });
  await other.page.getByRole("button", { name: "Unit 2" }).tap(patiently);
  await other.page.getByRole("button", { name: "Arrived", exact: true }).tap(patiently);
  await expect.poll(async () => (await staysAt(2, 1)).stays.length, patiently).toBe(1);
  expect((await staysAt(1, 2)).stays).toHaveLength(1);
  expect([(await staysAt(1, 2)).visits, (await staysAt(2, 1)).visits]).toEqual([1, 1]);
  await other.close();
});

test("signing out takes kept taps away: nothing of them is sent, by whoever signs in next", async () => {
  const before = sent.length;
  await button("Leave").waitFor(patiently);
  await loseSignal(page, front);
  await button("Leave").tap();
  await page.getByText("1 tap not sent yet").waitFor(patiently);
  await expect.poll(stored, patiently).toContain("sealed");
  await page.getByRole("button", { name: /^Signed in as/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect.poll(stored, patiently).toBe("{}");
  await findSignal(page, front);
  await page.locator(".sign-in").waitFor(patiently);
  const reply = await page.request.post(`${front.url}/api/session`, { data: { role: "sergeant" } });
  expect(reply.ok()).toBe(true);
  await openAnew();
  await page.getByRole("heading", { name: "Tonight" }).waitFor(patiently);
  expect((await staysAt(1, 2)).stays).toMatchObject([{ leftAt: null }]);
  expect(sent.slice(before).filter(({ body }) => body?.leftAgo !== null)).toEqual([]);
  await visit.close();
});

test("a position is asked for by a tap, names stops of the own plan alone, and leaves the phone in nothing", async () => {
  const near = await browser.visit({ ...phone, fragment: "#/plan" });
  const { page: on } = near;
  const [lng, lat] = cellCentre(cells[0]);
  const at = {
    longitude: Number((lng + 0.000_123).toFixed(6)),
    latitude: Number((lat - 0.000_217).toFixed(6)),
  };
  await on.context().grantPermissions(["geolocation"]);
  await on.context().setGeolocation({ ...at, accuracy: 20 });
  const heard: string[] = [];
  on.on("request", (request) => heard.push(`${request.url()} ${request.postData() ?? ""}`));
  on.on("console", (message) => heard.push(message.text()));
  await on.addInitScript(() => {
    const watch = navigator.geolocation.watchPosition.bind(navigator.geolocation);
    navigator.geolocation.watchPosition = (...given) => {
      document.documentElement.dataset["located"] = "yes";
      return watch(...given);
    };
  });
  await on.reload();
  await on.getByRole("button", { name: "Unit 1" }).tap(patiently);
  const choice = on.getByLabel("Show when I am at a stop");
  await choice.waitFor(patiently);
  const isLocated = () => on.evaluate(() => document.documentElement.dataset["located"]);
  expect(await isLocated()).toBeUndefined();
  await choice.tap();
  await on.getByText(/^Nearest of your stops|^You are at|^On\. It stays/).waitFor(patiently);
  expect(await isLocated()).toBe("yes");
  await on.context().setGeolocation({ ...at, accuracy: 400 });
  await on.getByText("Your position is known to 400 m only").waitFor(patiently);
  await on.evaluate(() => window.dispatchEvent(new Event("online")));
  const rest = await on.evaluate(async () => {
    const cached = await Promise.all(
      (await caches.keys()).map(async (name) => {
        const cache = await caches.open(name);
        return (await cache.keys()).map(({ url }) => url);
      }),
    );
    return JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      location.href,
      cached,
    ]);
  });
  const figures = [at.longitude, at.latitude].map((value) => String(value));
  const all = [...heard, rest].join("\n");
  expect(heard.length).toBeGreaterThan(5);
  for (const figure of figures) {
    expect(all).not.toContain(figure);
    // Nor rounded to ten metres.
    expect(all).not.toContain(figure.slice(0, figure.indexOf(".") + 5));
  }
  await near.close();
});
