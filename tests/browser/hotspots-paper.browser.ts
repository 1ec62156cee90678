import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, type TestBrowser } from "#tests/browser/driver.ts";
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

test("on paper a tablet's map is what lay open above the sheet, and the list says where it stops", async () => {
  const { page, close } = await browser.visit({
    map: true,
    server: server.url,
    role: "sergeant",
    width: 768,
    height: 1024,
  });
  await page.locator(".hotspots__table tbody tr").first().waitFor();
  await page.locator("[data-drawn]").waitFor();
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
  await close();
});
