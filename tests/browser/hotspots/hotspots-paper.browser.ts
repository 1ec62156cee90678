import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, type Visit } from "#tests/browser/driver.ts";
import { legendOn } from "#tests/browser/hotspots/hotspots-support.ts";
import { isWhole } from "#tests/support/runs.ts";

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

test.runIf(isWhole)(
  "a dark page prints the map of a light one, to the pixel, by the browser's menu too, and stays dark",
  async () => {
    const light = await settledPrint();
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await settledPrint()).toBe(light);
    const themes = await page.evaluate(() => {
      const shown = () =>
        getComputedStyle(document.documentElement).getPropertyValue("color-scheme");
      const during: string[] = [];
      window.addEventListener("beforeprint", () => during.push(shown()), { once: true });
      for (const name of ["beforeprint", "afterprint"]) window.dispatchEvent(new Event(name));
      return [...during, shown()];
    });
    expect(themes).toEqual(["light", "light dark"]);
    await page.emulateMedia({ colorScheme: "light" });
  },
);

const press = (name: string | RegExp) => page.getByRole("button", { name }).click();

/** Opened from the menu; noted before it is there. */
async function downloaded(): Promise<Buffer> {
  const panel = page.getByRole("region", { name: "Picture or print" });
  if (!(await panel.isVisible())) {
    await press("Print or download");
    await press("Picture of the map (PNG)");
  }
  const noted = page.waitForRequest((request) => request.url().endsWith("/api/audit/exports"));
  const download = page.waitForEvent("download", patiently);
  await press("Download PNG");
  expect((await noted).postDataJSON()).toMatchObject({ list: "hotspots", format: "png" });
  const file = await download;
  expect(file.suggestedFilename()).toBe("hotspots-2021-10-02-to-2021-11-26-made-up-data.png");
  return readFile(await file.path());
}

/** In dots. */
const widthOf = (png: Buffer) => png.readUInt32BE(16);

const patiently = { timeout: 90_000 };
/** Of a sheet in CSS pixels: its margin, the map that is as wide as paper wants it, dots to a pixel. */
const sheet = { edge: 16, width: 900, sharpness: 3.2 };

describe("the map as a picture", () => {
  test("SAFEGUARDS 6: it is the same with and without protected time, sharp as paper, and as the map shows it", async () => {
    await legendOn(page);
    await page.getByText(/^Keep clear: outreach and other protected time/).waitFor();
    const withHatch = await downloaded();
    await press(/^Close$/);
    await page.getByRole("checkbox", { name: "Keep clear" }).uncheck();
    await page.getByText(/^Keep clear: outreach/).waitFor({ state: "detached" });
    const without = await downloaded();
    expect(without.equals(withHatch)).toBe(true);
    const wide = Math.floor(sheet.sharpness * (sheet.width + 2 * sheet.edge));
    expect(widthOf(without)).toBe(wide);

    await press(/^Close$/);
    await page.evaluate(() => {
      const over = document.querySelectorAll<HTMLElement>(
        ".map-view__legend, .map-view__count, .map-view__scale",
      );
      for (const part of over) part.style.visibility = "hidden";
    });
    const screen = await page.locator(".map-view__canvas").screenshot();
    const sized = await page.locator(".map-view__canvas").boundingBox();
    const scale = (sheet.sharpness * sheet.width) / (sized?.width ?? 1);
    const margin = sheet.sharpness * sheet.edge;
    const foot = margin + 160 + scale * (sized?.height ?? 0);
    const inFile = await markedIn(without, scale * legendColumn + margin, foot);
    const onScreen = await markedIn(screen, legendColumn);
    expect(onScreen.marked).toBeGreaterThan(200);
    expect(Math.abs((inFile.left - margin) / scale - onScreen.left)).toBeLessThan(4);
    const spread = (found: typeof inFile) => found.right - found.left;
    expect(Math.abs(spread(inFile) / scale - spread(onScreen))).toBeLessThan(5);
  });

  test("it is copied once the log has noted it, and where a browser cannot, that is said", async () => {
    await page.evaluate(() => {
      const kept = window as unknown as { copied?: readonly ClipboardItem[] };
      navigator.clipboard.write = async (items) => {
        await items[0]?.getType("image/png");
        kept.copied = items;
      };
    });
    await press("Picture or print");
    const noted = page.waitForRequest((request) => request.url().endsWith("/api/audit/exports"));
    await press("Copy picture");
    await noted;
    await page.getByText("Picture copied.").waitFor(patiently);
    const head = await page.evaluate(async () => {
      const [item] = (window as unknown as { copied: readonly ClipboardItem[] }).copied;
      const blob = await item?.getType("image/png");
      return [...new Uint8Array((await blob?.arrayBuffer()) ?? []).subarray(1, 4)];
    });
    expect(String.fromCharCode(...head)).toBe("PNG");
    await page.evaluate(() => {
      Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true });
    });
    await press("Copy picture");
    await page.getByText("This browser cannot copy pictures").waitFor();
    await page.evaluate(() => Reflect.deleteProperty(navigator, "clipboard"));
  });

  test.runIf(isWhole)("it is printed alone, and Escape closes its choices", async () => {
    await page.evaluate(() => {
      window.print = () => window.dispatchEvent(new Event("beforeprint"));
    });
    const noted = page.waitForRequest((request) => request.url().endsWith("/api/audit/prints"));
    await press(/^Print$/);
    await noted;
    await page.emulateMedia({ media: "print" });
    const paper = page.locator("body > .picture-paper--landscape");
    await paper.waitFor(patiently);
    expect(await page.locator("#root").isVisible()).toBe(false);
    await page.emulateMedia({ media: null });
    await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
    expect(await paper.count()).toBe(0);
    await page.getByRole("button", { name: /^Print$/ }).focus();
    await page.keyboard.press("Escape");
    await page.locator(".map-picture").waitFor({ state: "detached" });
  });

  test("of a page in the dark it is light, and what cannot be noted is never made", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    await downloaded();
    expect(await page.evaluate(() => document.documentElement.dataset["theme"])).toBeUndefined();
    await page.emulateMedia({ colorScheme: "light" });
    await page.route("**/api/audit/exports", (route) => route.abort());
    let files = 0;
    page.on("download", () => {
      files += 1;
    });
    await press("Download PNG");
    await page.locator(".map-picture .error-note").waitFor();
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
