import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { refusedOn, watchPolicy } from "#tests/browser/app/policy-support.ts";
import { openBrowser, type TestBrowser, type Visit } from "#tests/browser/driver.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";

/** What may be sent, gzipped, in kB: times on a loaded machine say little, weights are exact. */
const mostForFirstPage = 150;
/** Sentence and table need the cell library (64 kB) that the map stands on as well. */
const mostForTable = 242;
const mostInAll = 1100;

const assets = resolve("dist", "client", "assets");
let server: DemoServer;
let browser: TestBrowser;
/** Whoever had the page before may have asked for more code. */
let visit: Visit;
beforeAll(async () => {
  [server, browser] = await Promise.all([startDemoServer(), openBrowser()]);
  visit = await browser.visit({
    server: server.url,
    map: true,
    fresh: true,
    width: 1100,
    height: 640,
  });
  const { page } = visit;
  await watchPolicy(page);
  const entered = await page.request.post("/api/session", { data: { role: "sergeant" } });
  expect(entered.ok()).toBe(true);
  // A page of its own: an address behind the hash alone would only move the one that is open.
  await page.goto("about:blank");
  await page.goto("/#/hotspots");
  await page.locator("[data-drawn]").waitFor({ timeout: 60_000 });
  await page.locator(".hotspots__table tbody tr").first().waitFor();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

describe("what Hotspots weighs", () => {
  test("the first page, and what sentence and table need: no code of the map among it", () => {
    const first = withImports(chunk("index"));
    expect(sum(first.map(kiloBytes))).toBeLessThan(mostForFirstPage);
    const table = withImports(chunk("index"), chunk("HotspotsScreen"));
    expect(table.filter(holdsCellLibrary)).toHaveLength(1);
    expect(table).not.toContain(chunk("MapView"));
    expect(sum(table.map(kiloBytes))).toBeLessThan(mostForTable);
  });

  test("in all, with map and workers, as a browser asks for it; the map's code beside the records", async () => {
    const asked = await visit.page.evaluate(() =>
      performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname),
    );
    const scripts = asked.filter((path) => /\/assets\/.+\.m?js$/.test(path));
    expect(sum(scripts.map((path) => kiloBytes(path.slice("/assets/".length))))).toBeLessThan(
      mostInAll,
    );
    const at = (part: string) => asked.findIndex((path) => path.includes(part));
    expect(at("/HotspotsMap")).toBeGreaterThan(-1);
    expect(at("/HotspotsMap")).toBeLessThan(at("/api/events"));
  });

  test("the policy of the server is kept by a drawn map, whose worker comes from its file", async () => {
    expect(await refusedOn(visit.page)).toEqual([]);
    expect(visit.problems).toEqual([]);
  });

  test("code is sent as the build pressed it, and only to those who can unpack it", async () => {
    const name = chunk("MapView");
    const url = `${server.url}/assets/${name}`;
    const pressed = await fetch(url, { headers: { "accept-encoding": "br" } });
    expect(pressed.headers.get("content-encoding")).toBe("br");
    expect(pressed.headers.get("vary")).toMatch(/accept-encoding/i);
    expect(pressed.headers.get("cache-control")).toContain("immutable");
    expect(await pressed.text()).toBe(readFileSync(join(assets, name), "utf8"));
    const plain = await fetch(url, { headers: { "accept-encoding": "identity" } });
    expect(plain.headers.get("content-encoding")).toBeNull();
  });
});

describe("code that is still on its way", () => {
  test("a click before all is ready to draw neither moves the map nor chooses a cell", async () => {
    const { page } = visit;
    const ground = page.getByRole("application", { name: /^Draw an area/ });
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((done) => {
      goOn = done;
    });
    await page.route("**/DrawArea-*.js", async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole("button", { name: "Draw an area" }).click();
    await page.getByText("Getting ready to draw").waitFor();
    const map = await page.locator(".map-view__canvas").boundingBox();
    if (!map) throw new Error("no map");
    const before = page.url();
    await page.mouse.click(map.x + map.width / 2, map.y + map.height / 2);
    goOn();
    await ground.waitFor();
    await page.getByText("0 points").waitFor();
    expect(page.url()).toBe(before);
    expect(await page.getByRole("region", { name: "Chosen place" }).count()).toBe(0);
    await page.keyboard.press("Escape");
    await ground.waitFor({ state: "detached" });
  });
});

/** The built file of a chunk. */
function chunk(name: string): string {
  const found = readdirSync(assets).filter((file) =>
    new RegExp(`^${name}-[\\w-]{8}\\.js$`).test(file),
  );
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} chunks "${name}"`);
  return found[0];
}

/** Some chunks and whatever they import at once. */
function withImports(...names: readonly string[]): string[] {
  const known = new Set(names);
  for (const name of known) {
    const code = readFileSync(join(assets, name), "utf8");
    for (const [, imported] of code.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) {
      if (imported) known.add(imported);
    }
  }
  return [...known];
}

function kiloBytes(name: string): number {
  return gzipSync(readFileSync(join(assets, name)), { level: 9 }).length / 1000;
}

/** By words of its own: what the build calls the chunk goes by what else lies in it. */
function holdsCellLibrary(name: string): boolean {
  return readFileSync(join(assets, name), "utf8").includes("incompatible resolutions");
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
