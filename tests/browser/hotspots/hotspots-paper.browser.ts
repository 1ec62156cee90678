import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, type Visit } from "#tests/browser/driver.ts";
import { legendOn } from "#tests/browser/hotspots/hotspots-support.ts";

/** What of a drawn map goes on paper and into a file: one drawn map, each test a step on it. */
const { browser } = demoWith(openBrowser);
let visit: Visit;
let page: Page;
beforeAll(async () => {
  visit = await browser.visit({
    map: true,
    role: "sergeant",
    fragment: "#/hotspots?from=2021-10-02&to=2021-11-26",
    width: 768,
    height: 1024,
  });
  page = visit.page;
  await page.locator(".hotspots__table tbody tr").first().waitFor();
  await page.locator(".map-view__canvas[data-drawn]").waitFor();
});

test("on paper a tablet's map is what lay open above the sheet, and the list says where it stops", async () => {
  const shape = await page.evaluate(async () => {
    for (const name of ["beforeprint", "afterprint"]) window.dispatchEvent(new Event(name));
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
  await page.setViewportSize({ width: 1100, height: 640 });
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
  await page.emulateMedia({ media: null });
  await page.getByRole("radio", { name: "Cells", exact: true }).check();
  await page.getByText("per square kilometre").waitFor({ state: "detached" });
});

test("a dark page prints the map of a light one, to the pixel, by the browser's menu too, and stays dark", async () => {
  const light = await settledPrint();
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await settledPrint()).toBe(light);
  const themes = await page.evaluate(() => {
    const shown = () => getComputedStyle(document.documentElement).getPropertyValue("color-scheme");
    const during: string[] = [];
    window.addEventListener("beforeprint", () => during.push(shown()), { once: true });
    for (const name of ["beforeprint", "afterprint"]) window.dispatchEvent(new Event(name));
    return [...during, shown()];
  });
  expect(themes).toEqual(["light", "light dark"]);
  await page.emulateMedia({ colorScheme: "light" });
});

const press = (name: string | RegExp) => page.getByRole("button", { name }).click();

describe("the map as a picture", () => {
  test("shows outlines where the map shows them, and is the same with and without protected time", async () => {
    await legendOn(page);
    await page.getByText(/^Keep clear: outreach and other protected time/).waitFor();
    /** Noted before it is there. */
    const made = async () => {
      await press("Print or download");
      const noted = page.waitForRequest((request) => request.url().endsWith("/api/audit/exports"));
      const download = page.waitForEvent("download");
      await press("Picture of the map (PNG)");
      expect((await noted).postDataJSON()).toMatchObject({ list: "hotspots", format: "png" });
      const file = await download;
      expect(file.suggestedFilename()).toBe("hotspots-2021-10-02-to-2021-11-26-made-up-data.png");
      return readFile(await file.path());
    };
    const withHatch = await made();
    await page.getByRole("checkbox", { name: "Keep clear" }).uncheck();
    await page.getByText(/^Keep clear: outreach/).waitFor({ state: "detached" });
    const without = await made();
    expect(without.equals(withHatch)).toBe(true);
    expect(without.subarray(1, 4).toString("latin1")).toBe("PNG");

    await page.evaluate(() => {
      for (const over of document.querySelectorAll<HTMLElement>(".map-view__legend")) {
        over.style.visibility = "hidden";
      }
    });
    const screen = await page.locator(".map-view__canvas").screenshot();
    const sized = await page.locator(".map-view__canvas").boundingBox();
    // Two dots a pixel, a margin, and below the map room for its words.
    expect(without.readUInt32BE(16)).toBe(2 * ((sized?.width ?? 0) + 32));
    expect(without.readUInt32BE(20)).toBeGreaterThan(2 * ((sized?.height ?? 0) + 32));
    // The file has a margin of 16 pixels and two dots to each of them.
    const foot = 2 * ((sized?.height ?? 0) + 16);
    const inFile = await markedIn(without, 2 * (legendColumn + 16), foot);
    const onScreen = await markedIn(screen, legendColumn);
    expect(onScreen.marked).toBeGreaterThan(200);
    expect(Math.abs(inFile.left / 2 - 16 - onScreen.left)).toBeLessThan(3);
    const wide = (found: typeof inFile) => found.right - found.left;
    expect(Math.abs(wide(inFile) / 2 - wide(onScreen))).toBeLessThan(4);

    // Made of a page in the dark, which stays as it is.
    await page.emulateMedia({ colorScheme: "dark" });
    await made();
    expect(await page.getByText("Preparing the file").count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.dataset["theme"])).toBeUndefined();
    await page.emulateMedia({ colorScheme: "light" });

    // What cannot be noted is never made.
    await page.route("**/api/audit/exports", (route) => route.abort());
    let files = 0;
    page.on("download", () => {
      files += 1;
    });
    await press("Print or download");
    await press("Picture of the map (PNG)");
    await page.locator(".hotspots__files .error-note").waitFor();
    expect(files).toBe(0);
    expect(visit.problems.filter((problem) => !problem.includes("ERR_FAILED"))).toEqual([]);
  });
});

/** The picture that goes on paper, once two in a row are the same: names on the map come in late. */
async function settledPrint(): Promise<string> {
  const take = async () => {
    await page.evaluate(() => {
      for (const name of ["beforeprint", "afterprint"]) window.dispatchEvent(new Event(name));
    });
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
