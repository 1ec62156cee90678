import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, type Page, type TestBrowser } from "#tests/browser/driver.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";

/** What of a drawn map goes on paper. */
let server: DemoServer;
let browser: TestBrowser;
let page: Page;
beforeAll(async () => {
  [server, browser] = await Promise.all([startDemoServer(), openBrowser()]);
  ({ page } = await browser.visit({
    map: true,
    server: server.url,
    role: "sergeant",
    fragment: "#/hotspots?from=2021-10-02&to=2021-11-26",
    width: 768,
    height: 1024,
  }));
  page.setDefaultTimeout(drawing.timeout);
  await page.locator(".hotspots__table tbody tr").first().waitFor();
  await page.locator(".map-view__canvas[data-drawn]").waitFor();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** Maps are drawn in software here. */
const drawing = { timeout: 60_000 };

test("on paper a tablet's map is what lay open above the sheet, and the list says where it stops", async () => {
  const shape = await page.evaluate(async () => {
    window.dispatchEvent(new Event("beforeprint"));
    const heightOf = (selector: string) => document.querySelector(selector)?.clientHeight ?? 0;
    const picture = document.querySelector<HTMLImageElement>(".map-view__print");
    await picture?.decode();
    const width = document.querySelector(".map-view")?.clientWidth ?? 0;
    return {
      printed: (picture?.naturalHeight ?? 0) / (picture?.naturalWidth ?? 1),
      open: (heightOf(".map-view") - heightOf(".hotspots .sheet")) / width,
    };
  });
  expect(shape.printed).toBeCloseTo(shape.open, 2);
  await page.emulateMedia({ media: "print" });
  expect(await page.locator(".hotspots__table").innerText()).toMatch(
    /The first 40 of \d+ places\./,
  );
  await page.emulateMedia({ media: null });
});

test("SAFEGUARDS 6: the smooth surface is on screen alone: the printed map is the map of cells, to the pixel", async () => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const cells = await settledPrint();
  const cellsOnScreen = await page.locator(".map-view__canvas").screenshot();
  await page.getByRole("radio", { name: "Smooth surface" }).check();
  await page.getByText("per square kilometre").waitFor();
  await expect
    .poll(async () => (await page.locator(".map-view__canvas").screenshot()).equals(cellsOnScreen))
    .toBe(false);
  expect(await settledPrint()).toBe(cells);
  await page.emulateMedia({ media: "print" });
  const legend = await page.locator(".legend").innerText();
  expect(legend).toContain("Reports per cell");
  expect(legend).not.toContain("square kilometre");
});

/** The picture that goes on paper, once two in a row are the same: names on the map come in late. */
async function settledPrint(): Promise<string> {
  const take = async () => {
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    return (await page.locator(".map-view__print").getAttribute("src")) ?? "";
  };
  let last = await take();
  for (let round = 0; round < 10; round += 1) {
    await page.waitForTimeout(700);
    const next = await take();
    if (next === last) return next;
    last = next;
  }
  throw new Error("The printed map never settled");
}
