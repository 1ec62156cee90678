import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, type TestBrowser } from "#tests/browser/driver.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";
import { keepScene } from "#tests/support/kept-streets.ts";

/** A map over an archive of streets, in a browser that draws it. */
let server: DemoServer;
let browser: TestBrowser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startDemoServer(), openBrowser()]);
  await keepScene(server.services);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const drawing = { timeout: 60_000 };
const onForeStreet = {
  map: true,
  role: "sergeant",
  // Nothing was reported on the day: only the map itself is drawn.
  fragment: "#/hotspots?from=2021-11-26&to=2021-11-26&kinds=arrest&at=-0.0620,51.6200,15.2",
  width: 1100,
  height: 700,
  fresh: true,
} as const;

test("a map shows streets from tiles of this server, whose data they are, and asks nobody else", async () => {
  const { page, problems, close } = await browser.visit({ server: server.url, ...onForeStreet });
  await page.locator("[data-drawn]").waitFor(drawing);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.reload();
  await page.locator("[data-drawn]").waitFor(drawing);
  const tiles = asked.filter((address) => address.includes("/tiles/"));
  expect(tiles.length).toBeGreaterThan(0);
  for (const address of tiles) {
    expect(address.slice(server.url.length)).toMatch(/^\/api\/tiles\/\d+\/\d+\/\d+\?v=\w+$/);
  }
  const elsewhere = asked.filter(
    (address) => !address.startsWith(server.url) && !/^(blob|data):/.test(address),
  );
  expect(elsewhere).toEqual([]);
  const withStreets = await page.locator(".map-view__canvas").screenshot();
  expect(await page.locator(".map-view__licence").innerText()).toContain(
    "© OpenStreetMap contributors",
  );
  expect(problems).toEqual([]);

  // The same view with tiles that do not come: the built-in map stays, and the picture is another one.
  await page.context().route("**/api/tiles/**", (route) => route.abort());
  await page.reload();
  await page.locator("[data-drawn]").waitFor(drawing);
  const without = await page.locator(".map-view__canvas").screenshot();
  expect(without.equals(withStreets)).toBe(false);
  await close();
});
