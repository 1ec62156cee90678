import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser, type Page, type TestBrowser, type Visit } from "#tests/browser/driver.ts";
import { openHotspots } from "#tests/browser/hotspots-support.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";

let server: DemoServer;
let browser: TestBrowser;
let visit: Visit;
let page: Page;
beforeAll(async () => {
  [server, browser] = await Promise.all([startDemoServer(), openBrowser()]);
  visit = await openHotspots(browser, server.url, { map: true });
  page = visit.page;
  await page.locator(".map-view__canvas[data-drawn]").waitFor();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});
const press = (name: string | RegExp) => page.getByRole("button", { name }).click();

describe("the map as a picture", () => {
  test("shows outlines where the map shows them, and is the same with and without protected time", async () => {
    await page.getByText(/^Keep clear: outreach and other protected time/).waitFor();
    const made = async () => {
      await press("Print, or take away as a file");
      const download = page.waitForEvent("download");
      await press("Picture of the map (PNG)");
      return readFile(await (await download).path());
    };
    const withHatch = await made();
    await page.getByRole("checkbox", { name: "Keep clear" }).uncheck();
    await page.getByText(/^Keep clear: outreach/).waitFor({ state: "detached" });
    const without = await made();
    expect(without.equals(withHatch)).toBe(true);

    await page.evaluate(() => {
      for (const over of document.querySelectorAll<HTMLElement>(".map-view__legend")) {
        over.style.visibility = "hidden";
      }
    });
    const screen = await page.locator(".map-view__canvas").screenshot();
    const sized = await page.locator(".map-view__canvas").boundingBox();
    expect(without.readUInt32BE(16)).toBe(2 * ((sized?.width ?? 0) + 32));
    // The file has a margin of 16 pixels and two dots to each of them.
    const foot = 2 * ((sized?.height ?? 0) + 16);
    const inFile = await markedIn(without, 2 * (legendColumn + 16), foot);
    const onScreen = await markedIn(screen, legendColumn);
    expect(onScreen.marked).toBeGreaterThan(200);
    expect(Math.abs(inFile.left / 2 - 16 - onScreen.left)).toBeLessThan(3);
    const wide = (found: typeof inFile) => found.right - found.left;
    expect(Math.abs(wide(inFile) / 2 - wide(onScreen))).toBeLessThan(4);
  });

  test("holds legend, sentence and mark, is noted first, and never made when it cannot be noted", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    await press("Print, or take away as a file");
    const noted = page.waitForRequest((request) => request.url().endsWith("/api/audit/exports"));
    const download = page.waitForEvent("download");
    await press("Picture of the map (PNG)");
    expect((await noted).postDataJSON()).toMatchObject({ list: "hotspots", format: "png" });
    const file = await download;
    expect(file.suggestedFilename()).toBe("hotspots-2021-10-02-to-2021-11-26-made-up-data.png");
    const bytes = await readFile(await file.path());
    expect(bytes.subarray(1, 4).toString("latin1")).toBe("PNG");
    // Two dots a pixel, and below the map room for its words.
    expect(bytes.readUInt32BE(16)).toBeGreaterThan(1500);
    expect(await page.getByText("Making the file").count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.dataset["theme"])).toBeUndefined();

    await page.route("**/api/audit/exports", (route) => route.abort());
    let files = 0;
    page.on("download", () => {
      files += 1;
    });
    await press("Print, or take away as a file");
    await press("Picture of the map (PNG)");
    await page.locator(".hotspots__files .error-note").waitFor();
    expect(files).toBe(0);
    expect(visit.problems.filter((problem) => !problem.includes("ERR_FAILED"))).toEqual([]);
  });
});

/** Left out on screen and in the file: what the legend lies over. */
const legendColumn = 160;

/** Where the orange of hotspots lies in a picture from a dot on, above its foot, whose legend shows an outline too. */
async function markedIn(png: Buffer, first: number, foot = Number.MAX_VALUE) {
  return page.evaluate(
    async ([base64, from, below]) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const canvas = document.createElement("canvas");
      canvas.width = bitmap.width;
      canvas.height = bitmap.height;
      const pen = canvas.getContext("2d");
      pen?.drawImage(bitmap, 0, 0);
      const dots = pen?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      let [left, right, marked] = [canvas.width, 0, 0];
      for (let at = 0; at < dots.length; at += 4) {
        const [red = 0, green = 0, blue = 0] = [dots[at], dots[at + 1], dots[at + 2]];
        if (red < 225 || green < 80 || green > 150 || blue > 100) continue;
        const x = (at / 4) % canvas.width;
        if (x < from || at / 4 / canvas.width >= below) continue;
        left = Math.min(left, x);
        right = Math.max(right, x);
        marked += 1;
      }
      return { left, right, marked };
    },
    [png.toString("base64"), first, foot] as const,
  );
}
