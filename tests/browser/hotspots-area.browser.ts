import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  openBrowser,
  type Page,
  seriousViolations,
  type TestBrowser,
  type Visit,
} from "#tests/browser/driver.ts";
import { countOn } from "#tests/browser/hotspots-support.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";

let server: DemoServer;
let browser: TestBrowser;
let visit: Visit;
let page: Page;
/** Reports in the whole command. */
let all: number;
beforeAll(async () => {
  [server, browser] = await Promise.all([startDemoServer(), openBrowser()]);
  visit = await browser.visit({
    map: true,
    server: server.url,
    role: "sergeant",
    fragment: "#/hotspots?from=2021-06-01&to=2021-11-26&res=10&at=-0.0640,51.6170,13.5",
  });
  page = visit.page;
  await page.locator("[data-drawn]").waitFor();
  await page.locator(".hotspots__table tbody tr").first().waitFor();
  all = await countOn(page);
});
afterAll(async () => {
  await visit.close();
  await browser.close();
  await server.close();
});

const ground = () => page.getByRole("application", { name: /^Draw an area/ });

describe("an area is drawn as study area", () => {
  test("by hand in one go: it is tested by itself, says so, and is one step to undo", async () => {
    expect(await page.locator(".legend").innerText()).toContain("Enfield and Haringey");
    await startDrawing();
    await goAround(110);
    await page
      .getByText(/^Tested by itself: hotspots here have more than an even spread over the/)
      .waitFor();
    const inside = await countOn(page);
    expect(inside).toBeGreaterThan(0);
    expect(inside).toBeLessThan(all);
    const legend = await page.locator(".legend").innerText();
    expect(legend).toMatch(/Drawn area around .+Statistically significant \(how this is tested\)/s);
    await expect.poll(() => page.url()).toContain("area=drawn:");
    await page.getByText("How this is calculated").first().click();
    expect(await page.locator(".worked-out").innerText()).toMatch(/cells of Drawn area around/);
    expect(await seriousViolations(page)).toEqual([]);
    await undoArea();
  });

  test("by clicks on its corners, closed on the first", async () => {
    await startDrawing();
    const { x, y } = await middle();
    for (const [right, down] of [
      [-80, -80],
      [90, -70],
      [60, 90],
      [-78, -78],
    ] as const) {
      await page.mouse.click(x + right, y + down);
    }
    await expect.poll(() => page.url()).toContain("area=drawn:");
    await undoArea();
  });

  test("by the keys alone, without a pointer; Escape leaves without a change", async () => {
    await page.getByRole("button", { name: "Draw an area" }).focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => ground().evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.press("Space");
    await page.keyboard.press("Escape");
    await ground().waitFor({ state: "detached" });
    expect(await countOn(page)).toBe(all);

    await startDrawing();
    await page.keyboard.press("Space");
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Space");
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Space");
    await page.keyboard.press("Space");
    await page.getByText("4 corners").waitFor();
    await page.keyboard.press("Backspace");
    await page.getByText("3 corners").waitFor();
    await page.keyboard.press("Enter");
    await expect.poll(() => page.url()).toContain("area=drawn:");
    await expect.poll(() => countOn(page)).toBeLessThan(all);
  });

  test("nothing went wrong in all of it", () => {
    expect(visit.problems).toEqual([]);
  });
});

async function undoArea(): Promise<void> {
  await page.getByRole("button", { name: "Undo: change area" }).click();
  await expect.poll(() => countOn(page)).toBe(all);
  await expect.poll(() => page.url()).not.toContain("area=");
}

async function startDrawing(): Promise<void> {
  await page.getByRole("button", { name: "Draw an area" }).click();
  await ground().waitFor();
}

async function middle(): Promise<{ x: number; y: number }> {
  const box = await page.locator(".map-view__canvas").boundingBox();
  if (!box) throw new Error("no map");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function goAround(radius: number): Promise<void> {
  const { x, y } = await middle();
  await page.mouse.move(x + radius, y);
  await page.mouse.down();
  for (let step = 1; step <= 24; step += 1) {
    const angle = (step / 24) * 2 * Math.PI;
    await page.mouse.move(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  }
  await page.mouse.up();
}
