import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { placesOfPartnerReply } from "#core/protected-time/wire/outreach.ts";
import { type Front, frontOf } from "#tests/browser/app/front.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, seriousViolations, type Visit } from "#tests/browser/driver.ts";
import { ensurePlan } from "#tests/browser/patrols/plan-support.ts";
import { patiently, visitPartner } from "#tests/browser/protected-time/outreach-support.ts";
import { byCoordinates, enterSession } from "#tests/browser/protected-time/venue-steps.ts";
import { fillPlanned } from "#tests/support/planned.ts";
import { isWhole } from "#tests/support/runs.ts";

/**
 * The page on a home screen: what of it is kept on the device, and what is not. A partner's phone and a crew's, each
 * loaded once; each test a step of one story.
 */
const { server, browser } = demoWith(openBrowser, {}, fillPlanned);
let partner: Visit;
let crew: Visit;
beforeAll(async () => {
  partner = await openApp("partner");
  crew = await openApp("sergeant");
});

/** A partner's or a crew's phone, once the shell of the page is kept on it. */
async function openApp(role: "partner" | "sergeant", url = server.url): Promise<Visit> {
  const visit =
    role === "partner"
      ? await visitPartner(browser, { ...server, url }, { app: true })
      : await browser.visit({ ...phone, server: url, role, app: true });
  await visit.page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  return visit;
}

const phone = { width: 390, height: 844, touch: true };
const heading = (on: Page) => on.getByRole("heading", { name: "No signal" });
const versionOf = (on: Page) => on.evaluate(() => document.documentElement.dataset["version"]);

/** What this browser keeps of the server's page, by name: caches with their texts, storage, databases. */
async function keptBy(on: Page) {
  return on.evaluate(async () => {
    const cached: { url: string; text: string }[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const text = (await (await cache.match(request))?.text()) ?? "";
        cached.push({ url: new URL(request.url).pathname + new URL(request.url).search, text });
      }
    }
    const databases = await indexedDB.databases();
    return {
      cached,
      stored: JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
      databases: databases.map(({ name }) => name),
    };
  });
}

/** The list that the build wrote into the service worker. */
function shellOfBuild(): string[] {
  const code = readFileSync("dist/client/sw.js", "utf8");
  const paths = [...code.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, path = ""]) => path);
  return [...paths, "/", "/no-eval.js"].sort();
}

describe("on a home screen", () => {
  test("the page is installed as a diary for a partner, under its own name for police, with pictures of it", async () => {
    const manifestOf = async (on: Page) => {
      const address = await on.locator('link[rel="manifest"]').getAttribute("href");
      const reply = await on.request.get(address ?? "");
      expect(reply.headers()["content-type"]).toContain("application/manifest+json");
      return (await reply.json()) as { name: string; icons: { src: string; sizes: string }[] };
    };
    const diary = await manifestOf(partner.page);
    expect(JSON.stringify(diary)).not.toMatch(/boxster|outreach|police|patrol/i);
    const boxster = await manifestOf(crew.page);
    expect([diary.name, boxster.name]).toEqual(["Diary", "Boxster"]);
    for (const { src, sizes } of [...diary.icons, ...boxster.icons]) {
      const picture = await (await crew.page.request.get(src)).body();
      // PNG: width and height stand at octets 16 and 20.
      expect(`${picture.readUInt32BE(16)}x${picture.readUInt32BE(20)}`).toBe(sizes);
    }
    expect([...partner.problems, ...crew.problems]).toEqual([]);
    // The service worker is asked for again each time, under the policy of the page.
    const reply = await fetch(`${server.url}/sw.js`);
    expect(reply.headers.get("content-type")).toContain("javascript");
    expect(reply.headers.get("cache-control")).toBe("no-cache");
    const policy = reply.headers.get("content-security-policy") ?? "";
    for (const part of ["default-src 'none'", "worker-src 'self'", "connect-src 'self'"]) {
      expect(policy).toContain(part);
    }
  });

  test("it opens without a signal for a partner and a crew, with no word of what it is for, and goes on by itself once there is one", async () => {
    for (const { page } of [partner, crew]) {
      await page.context().setOffline(true);
      await page.reload();
      await heading(page).waitFor(patiently);
      const words = (await page.locator("body").innerText()) + (await page.title());
      expect(words).not.toMatch(/boxster|police|outreach|patrol|keep clear/i);
      expect(await seriousViolations(page)).toEqual([]);
      await page.context().setOffline(false);
      await page.locator(".top-bar").waitFor(patiently);
    }
  });
});

test("nothing protected is kept on a device: after a whole session of use caches hold the shell alone, and storage nothing", async () => {
  const label = "Quinces by the gate";
  const { page } = partner;
  await page.locator(".session-card").first().waitFor(patiently);
  await enterSession(page, { label, choose: (on) => byCoordinates(on, "51.65713, -0.03927") });
  await page.locator(".more__part summary").first().click();
  await page.locator(".own-calendar").waitFor(patiently);
  // Some of it without a signal, and the page opened again.
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Out now, another place or time" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Out now, 2 hours" }).click();
  await page.getByRole("alert", { name: "Police not told yet" }).waitFor(patiently);
  await page.context().setOffline(false);
  await page.getByRole("alert", { name: "Police not told yet" }).waitFor({ state: "detached" });
  await page.reload();
  await page.locator(".session-card").first().waitFor(patiently);
  const reply = await page.request.get("/api/outreach/places");
  const { places } = placesOfPartnerReply.parse(await reply.json());
  const ofPartner = await keptBy(page);

  // The crew's phone beside it, with the plan that its briefing is of.
  const { id, windows } = await ensurePlan(crew.page, "agreed");
  await crew.page.goto(`/#/plan?view=briefing&plan=${id}`);
  await crew.page.locator(".number-check").waitFor(patiently);
  const ofCrew = await keptBy(crew.page);

  const secrets = [
    ...places.flatMap((place) => [place.id, place.label, ...place.cells, ...place.lattice]),
    ...windows.flatMap(({ start, stops }) => [start, ...stops.map(({ cell }) => cell)]),
    label,
    "51.657",
    "0.0392",
  ];
  expect(secrets.length).toBeGreaterThan(20);
  for (const { cached, stored, databases } of [ofPartner, ofCrew]) {
    expect(cached.map(({ url }) => url).sort()).toEqual(shellOfBuild());
    expect(cached.some(({ url }) => url.startsWith("/api"))).toBe(false);
    const all = stored + cached.map(({ text }) => text).join("\n");
    expect(secrets.filter((secret) => all.includes(secret))).toEqual([]);
    expect(databases).toEqual([]);
  }
  await crew.close();

  // Signing out takes the shell away as well.
  await page.getByRole("button", { name: /^Signed in as/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.locator(".sign-in").waitFor(patiently);
  await expect.poll(async () => (await keptBy(page)).cached.length, patiently).toBe(0);
  await partner.close();
});

describe("after a deploy", () => {
  let front: Front;
  let page: Page;
  beforeAll(async () => {
    front = await frontOf(server.url);
    ({ page } = await openApp("partner", front.url));
  });
  afterAll(() => front.close());

  const comeBack = (on: Page) =>
    on.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));

  test.runIf(isWhole)(
    "a page that nobody has touched is the newer one as soon as it is looked at; a page that is loaded always is",
    async () => {
      const before = await versionOf(page);
      front.deploy();
      await comeBack(page);
      await expect.poll(() => versionOf(page).catch(() => before), patiently).not.toBe(before);
      await page.locator(".session-card").first().waitFor(patiently);
      const after = await versionOf(page);
      front.deploy();
      await page.reload();
      await page.locator(".session-card").first().waitFor(patiently);
      expect(await versionOf(page)).not.toBe(after);
      // What is kept is of that version too, and of the one before at most.
      const online = await versionOf(page);
      const keeps = () => page.evaluate(() => caches.keys());
      await expect.poll(keeps, patiently).toEqual([`shell ${after}`, `shell ${online}`]);
      await page.context().setOffline(true);
      await page.reload();
      await heading(page).waitFor(patiently);
      expect(await versionOf(page)).toBe(online);
      await page.context().setOffline(false);
      await page.locator(".session-card").first().waitFor(patiently);
    },
  );

  test("where somebody is at work it is offered, and nothing that was typed is lost", async () => {
    await page.getByRole("button", { name: "Add a session" }).click();
    await page.getByLabel("From", { exact: true }).fill("16:00");
    const before = await versionOf(page);
    front.deploy();
    await comeBack(page);
    const load = page.getByRole("button", { name: "Load it" });
    await load.waitFor(patiently);
    expect(await page.getByLabel("From", { exact: true }).inputValue()).toBe("16:00");
    expect(await versionOf(page)).toBe(before);
    expect(await seriousViolations(page)).toEqual([]);
    await load.click();
    await expect.poll(() => versionOf(page).catch(() => before), patiently).not.toBe(before);
  });
});
