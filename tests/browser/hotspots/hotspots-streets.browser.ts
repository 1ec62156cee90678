import { beforeAll, describe, expect, test } from "vitest";
import type { Position } from "#core/geo/cell.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, seriousViolations, type Visit } from "#tests/browser/driver.ts";
import { paramOn } from "#tests/browser/hotspots/hotspots-support.ts";
import { keepScene } from "#tests/support/kept-streets.ts";
import { isWhole } from "#tests/support/runs.ts";
import { bringStreets } from "#tests/support/street-reports.ts";
import { place } from "#tests/support/streets.ts";

const { server, browser } = demoWith(openBrowser);
let visit: Visit;
let page: Page;
beforeAll(async () => {
  await bringStreets(server.services);
  visit = await browser.visit({
    map: true,
    role: "sergeant",
    width: 1100,
    height: 700,
    fragment: "#/hotspots?from=2021-11-01&to=2021-11-26&by=street&at=-0.1100,51.6000,15.0",
  });
  page = visit.page;
});

/** Where a place lies in the picture of the map, by the middle and the zoom of the address (Web Mercator, tiles of 512 px). */
async function pressOnMap(lng: number, lat: number, [east, north]: Position): Promise<void> {
  const canvas = page.locator(".map-view__canvas");
  const box = await canvas.boundingBox();
  if (!box) throw new Error("The map has no size");
  const zoom = Number(paramOn(page, "at").split(",")[2]);
  const scale = (512 * 2 ** zoom) / 360;
  const mercator = (degrees: number) =>
    (180 / Math.PI) * Math.log(Math.tan(Math.PI / 4 + (degrees * Math.PI) / 360));
  const x = box.width / 2 + (east - lng) * scale;
  const y = box.height / 2 - (mercator(north) - mercator(lat)) * scale;
  await canvas.click({ position: { x, y } });
}

const drawn = () => page.locator(".map-view__canvas[data-drawn]").waitFor({ timeout: 60_000 });
const picture = () => page.locator(".map-view__canvas").screenshot();
const licence = () => page.locator(".map-view__licence").innerText();
const rows = () => page.locator(".hotspots__table tbody tr");

describe("hotspots by street on the map", () => {
  test("streets are drawn, a row flies there by the keys, and a press on its line chooses it", async () => {
    await drawn();
    await rows().first().waitFor();
    await page.getByText("Reports per stretch of street").waitFor();
    expect(await licence()).toContain("© OpenStreetMap contributors");
    const before = paramOn(page, "at");
    await rows().nth(1).focus();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await expect.poll(() => rows().first().getAttribute("aria-selected")).toBe("true");
    await expect.poll(() => paramOn(page, "at")).not.toBe(before);
    const [lng = 0, lat = 0] = paramOn(page, "at").split(",").map(Number);
    const [east, north] = place(2, 2.5);
    expect(Math.abs(lng - east) + Math.abs(lat - north)).toBeLessThan(0.02);
    await page.keyboard.press("Escape");
    await expect.poll(() => rows().first().getAttribute("aria-selected")).toBe("false");
    await pressOnMap(lng, lat, [east, north]);
    await expect.poll(() => rows().first().getAttribute("aria-selected")).toBe("true");
    expect(await seriousViolations(page)).toEqual([]);
    // The layers that leave with the cells come back with them.
    for (const name of ["By cell", "By street", "By cell"]) {
      await page.getByRole("radio", { name }).check();
      await drawn();
    }
    expect(visit.problems).toEqual([]);
  });
});

test("a map shows streets from tiles of this server, whose data they are, and asks nobody else", async () => {
  // Nothing was reported on the day: only the map itself is drawn.
  const view = "/#/hotspots?from=2021-11-26&to=2021-11-26&kinds=arrest&at=-0.0620,51.6200,15.2";
  await page.goto("about:blank");
  await page.goto(view);
  await drawn();
  const bare = await picture();
  await keepScene(server.services);
  // They come while the map is open: it draws them, and looks where it looked.
  await expect.poll(licence).toContain("© OpenStreetMap contributors");
  await drawn();
  await expect.poll(async () => (await picture()).equals(bare)).toBe(false);
  expect(paramOn(page, "at")).toBe("-0.0620,51.6200,15.2");

  // Tiles that do not come: the built-in roads come back.
  await page.context().route("**/api/tiles/**", (route) => route.abort());
  await page.goto("about:blank");
  await page.goto(view);
  await drawn();
  const without = await picture();
  const roadColour = await colourOf("--map-road-main");
  const roads = await dotsOf(bare, roadColour);
  expect(roads).toBeGreaterThan(500);
  expect(await dotsOf(without, roadColour)).toBeGreaterThan(0.9 * roads);

  await page.context().unroute("**/api/tiles/**");
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  const before = visit.problems.length;
  await page.reload();
  await drawn();
  const tiles = asked.filter((address) => address.includes("/tiles/"));
  expect(tiles.length).toBeGreaterThan(0);
  for (const address of tiles) {
    expect(address.slice(server.url.length)).toMatch(/^\/api\/tiles\/\d+\/\d+\/\d+\?v=\w+$/);
  }
  const elsewhere = asked.filter(
    (address) => !address.startsWith(server.url) && !/^(blob|data):/.test(address),
  );
  expect(elsewhere).toEqual([]);
  expect((await picture()).equals(without)).toBe(false);
  expect(await licence()).toContain("© OpenStreetMap contributors");
  expect(visit.problems.slice(before)).toEqual([]);
});

test.runIf(isWhole)(
  "over streets a fill is half as strong, on the map as in its legend",
  async () => {
    await page.goto("/#/hotspots?from=2021-06-01&to=2021-11-26&res=10&at=-0.0500,51.6200,16.5");
    await drawn();
    await rows().first().click();
    await expect.poll(() => paramOn(page, "at")).not.toMatch(/^-0\.0500/);
    const swatches = await page
      .locator(".map-view__legend *")
      .evaluateAll((all) => all.map((one) => getComputedStyle(one).backgroundColor));
    const fill = swatches.find((colour) => colour.startsWith("rgba(18, 67, 109"));
    expect(fill).toBe("rgba(18, 67, 109, 0.45)");
    const ground = await colourOf("--map-land");
    expect(ground).toHaveLength(3);
    const seen = [18, 67, 109].map((part, at) =>
      Math.round(part * 0.45 + (ground[at] ?? 0) * 0.55),
    );
    await expect
      .poll(commonestColour, { timeout: 20_000 })
      .toEqual(seen.map((part) => expect.closeTo(part, -1)));
  },
);

async function colourOf(token: string): Promise<number[]> {
  const colour = await page.evaluate((name) => {
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  }, token);
  return colour.match(/\d+/g)?.map(Number) ?? [];
}

/** In the middle of the map, where a cell was flown to. */
async function commonestColour(): Promise<readonly number[]> {
  const counts = await coloursOf(await picture(), 40);
  const [[commonest] = [""]] = [...counts].sort((a, b) => b[1] - a[1]);
  return commonest.split(",").map(Number);
}

async function dotsOf(png: Buffer, colour: readonly number[]): Promise<number> {
  return (await coloursOf(png)).get(colour.join()) ?? 0;
}

/** Dots by colour, of all of a picture or of a square in its middle. */
async function coloursOf(png: Buffer, square = 1e6) {
  const given = { data: png.toString("base64"), square };
  const counts = await page.evaluate(async ({ data, square: most }) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d");
    [canvas.width, canvas.height] = [image.width, image.height];
    pen?.drawImage(image, 0, 0);
    const [width, height] = [Math.min(most, image.width), Math.min(most, image.height)];
    const corner = [(image.width - width) / 2, (image.height - height) / 2] as const;
    const { data: dots } = pen?.getImageData(...corner, width, height) ?? { data: [] };
    const found = new Map<string, number>();
    for (let at = 0; at < dots.length; at += 4) {
      const colour = Array.from(dots.slice(at, at + 3)).join();
      found.set(colour, (found.get(colour) ?? 0) + 1);
    }
    return [...found];
  }, given);
  return new Map(counts);
}
