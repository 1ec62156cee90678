import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  openBrowser,
  type Page,
  seriousViolations,
  type TestBrowser,
  type VisitOptions,
} from "#tests/browser/driver.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";

let server: DemoServer;
let browser: TestBrowser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startDemoServer(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const dates = "from=2021-06-01&to=2021-11-26";
const atFore = `#/hotspots?${dates}&res=10&at=-0.0640,51.6170,13.5`;

describe("an area is drawn as study area", () => {
  test("by hand in one go: it is tested by itself, says so, and is one step to undo", async () => {
    const { page, problems, close } = await openMap(atFore);
    const all = await countOf(page);
    expect(await page.locator(".legend").innerText()).toContain("Enfield and Haringey");
    await startDrawing(page);
    await goAround(page, 110);
    await page
      .getByText(/^Tested by itself: hotspots here have more than an even spread over the/)
      .waitFor();
    const inside = await countOf(page);
    expect(inside).toBeGreaterThan(0);
    expect(inside).toBeLessThan(all);
    const legend = await page.locator(".legend").innerText();
    expect(legend).toMatch(/Drawn area around .+Statistically significant \(how this is tested\)/s);
    await expect.poll(() => page.url()).toContain("area=drawn:");
    await page.getByText("How this is calculated").first().click();
    expect(await page.locator(".worked-out").innerText()).toMatch(/cells of Drawn area around/);
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole("button", { name: "Undo: change area" }).click();
    await expect.poll(() => countOf(page)).toBe(all);
    expect(problems).toEqual([]);
    await close();
  });

  test("by the keys alone, without a pointer; Escape leaves without a change", async () => {
    const { page, close } = await openMap(atFore);
    const all = await countOf(page);
    await page.getByRole("button", { name: "Draw an area" }).focus();
    await page.keyboard.press("Enter");
    const ground = groundOf(page);
    await expect.poll(() => ground.evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.press("Space");
    await page.keyboard.press("Escape");
    await ground.waitFor({ state: "detached" });
    expect(await countOf(page)).toBe(all);

    await startDrawing(page);
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
    await expect.poll(() => countOf(page)).toBeLessThan(all);
    await close();
  });

  test("by clicks on its corners, closed on the first", async () => {
    const { page, close } = await openMap(atFore);
    await startDrawing(page);
    const { x, y } = await middleOf(page);
    for (const [right, down] of [
      [-80, -80],
      [90, -70],
      [60, 90],
      [-78, -78],
    ] as const) {
      await page.mouse.click(x + right, y + down);
    }
    await expect.poll(() => page.url()).toContain("area=drawn:");
    await close();
  });

  test("a click before all is ready to draw neither moves the map nor chooses a cell", async () => {
    const { page, close } = await openMap(atFore, { fresh: true });
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
    const { x, y } = await middleOf(page);
    const before = page.url();
    await page.mouse.click(x, y);
    goOn();
    await groundOf(page).waitFor();
    await page.getByText("0 corners").waitFor();
    expect(page.url()).toBe(before);
    expect(await page.getByRole("region", { name: "Chosen place" }).count()).toBe(0);
    await close();
  });

  test("around a chosen place, without the map", async () => {
    const { page, close } = await openTable(`#/hotspots?${dates}`);
    await page.locator(".hotspots__table tbody tr").first().click();
    await page.getByRole("button", { name: "Only 500 m around it" }).click();
    await expect.poll(() => page.url()).toContain("area=drawn:");
    await page.getByText(/^(?:Tested by itself|This area has)/).waitFor();
    await close();
  });
});

describe("an area that cannot answer says why", () => {
  test("a link to an area that is not here shows the whole command and says so", async () => {
    for (const area of ["ward:Nowhere", "drawn:1,2,x"]) {
      const { page, problems, close } = await openTable(`#/hotspots?${dates}&area=${area}`);
      await page.getByText(/names an area that is not here/).waitFor();
      expect(await page.locator(".legend").innerText()).toContain("Enfield and Haringey. Reported");
      await page.getByRole("button", { name: "Whole command" }).click();
      await page.getByText(/names an area that is not here/).waitFor({ state: "detached" });
      expect(problems).toEqual([]);
      await close();
    }
  });

  test("dates that end before they start are said, until others are chosen", async () => {
    const { page, problems, close } = await openTable("#/hotspots?from=2021-11-05&to=2021-11-04");
    const fault = page.getByText(/dates that end before they start .+, so it shows/);
    await fault.waitFor();
    await page.getByRole("button", { name: "One week back" }).click();
    await fault.waitFor({ state: "detached" });
    expect(problems).toEqual([]);
    await close();
  });

  test("an area without a cell: no map of nothing, no NaN, and a way back", async () => {
    const area = "drawn:2.0000,48.0000,2.0100,48.0000,2.0100,48.0100";
    const { page, problems, close } = await visit(`#/hotspots?${dates}&area=${area}`, {
      map: true,
    });
    await page.getByText(/No cell has its middle in this area/).waitFor();
    await page.locator("[data-drawn]").waitFor();
    await page.getByText("Nothing in this choice").waitFor();
    expect(await page.locator("body").innerText()).not.toMatch(/NaN|Infinity|undefined/);
    expect(problems).toEqual([]);
    await page.getByRole("button", { name: "Whole command" }).click();
    await page.locator(".hotspots__table tbody tr").first().waitFor();
    await close();
  });

  test("an area of one cell: counted, and said to be too small to compare", async () => {
    const area = "drawn:-0.0641,51.6172,-0.0625,51.6172,-0.0625,51.6182,-0.0641,51.6182";
    for (const resolution of [8, 9, 10]) {
      const { page, problems, close } = await openAny(
        `#/hotspots?${dates}&area=${area}&res=${resolution}`,
      );
      await page.getByText(/^This area has \d cells? of this size/).waitFor();
      expect(await page.locator("body").innerText()).not.toMatch(/NaN|Infinity|undefined/);
      expect(problems).toEqual([]);
      await close();
    }
  });
});

async function visit(fragment: string, options: Partial<VisitOptions>) {
  return browser.visit({ server: server.url, role: "sergeant", fragment, ...options });
}

async function openMap(fragment: string, options: Partial<VisitOptions> = {}) {
  const opened = await visit(fragment, { map: true, ...options });
  await opened.page.locator("[data-drawn]").waitFor();
  await opened.page.locator(".hotspots__table tbody tr").first().waitFor();
  return opened;
}

async function openTable(fragment: string) {
  const opened = await openAny(fragment);
  await opened.page.locator(".hotspots__table tbody tr").first().waitFor();
  return opened;
}

async function openAny(fragment: string) {
  const opened = await visit(fragment, {});
  await opened.page.getByText(/cannot draw the map just now/).waitFor();
  return opened;
}

const groundOf = (page: Page) => page.getByRole("application", { name: /^Draw an area/ });

async function startDrawing(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Draw an area" }).click();
  await groundOf(page).waitFor();
}

async function countOf(page: Page): Promise<number> {
  const text = await page.getByTestId("filtered-count").innerText();
  return Number(text.split(" ")[0]?.replace(",", "").replace("No", "0"));
}

async function middleOf(page: Page): Promise<{ x: number; y: number }> {
  const box = await page.locator(".map-view__canvas").boundingBox();
  if (!box) throw new Error("no map");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function goAround(page: Page, radius: number): Promise<void> {
  const { x, y } = await middleOf(page);
  await page.mouse.move(x + radius, y);
  await page.mouse.down();
  for (let step = 1; step <= 24; step += 1) {
    const angle = (step / 24) * 2 * Math.PI;
    await page.mouse.move(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  }
  await page.mouse.up();
}
