import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  openBrowser,
  type Page,
  type TestBrowser,
  type VisitOptions,
} from "#tests/browser/driver.ts";
import {
  boundsOn,
  countOn,
  openHotspots,
  openHotspotsTable,
  paramOn,
} from "#tests/browser/hotspots-support.ts";
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
const openTable = (options: Partial<VisitOptions> = {}) =>
  openHotspotsTable(browser, server.url, options);
const openMap = (options: Partial<VisitOptions> = {}) => openHotspots(browser, server.url, options);
const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).click();

describe("steps are taken back and done again by name", () => {
  test("one by one, by button and by key, and the figures follow", async () => {
    const { page, problems, close } = await openTable();
    const counts = [await countOn(page)];
    await page.getByRole("checkbox", { name: "Sightings" }).first().uncheck();
    await expect.poll(() => countOn(page)).toBeLessThan(counts[0] ?? 0);
    counts.push(await countOn(page));
    await page.getByRole("combobox", { name: "Area" }).selectOption("Haringey");
    await expect.poll(() => countOn(page)).toBeLessThan(counts[1] ?? 0);
    counts.push(await countOn(page));
    await press(page, "One week back");
    await expect.poll(() => paramOn(page, "to")).toBe("2021-11-19");
    counts.push(await countOn(page));

    await press(page, "Undo: change dates");
    await expect.poll(() => countOn(page)).toBe(counts[2]);
    await page.keyboard.press("Control+z");
    await expect.poll(() => countOn(page)).toBe(counts[1]);
    await press(page, "Undo: choose kinds");
    await expect.poll(() => countOn(page)).toBe(counts[0]);
    expect(await page.getByRole("button", { name: "Nothing to undo" }).isDisabled()).toBe(true);
    await page.getByText("Undone: choose kinds").waitFor();

    await press(page, "Redo: choose kinds");
    await expect.poll(() => countOn(page)).toBe(counts[1]);
    await page.keyboard.press("Control+Shift+Z");
    await expect.poll(() => countOn(page)).toBe(counts[2]);
    await page.keyboard.press("Control+y");
    await expect.poll(() => countOn(page)).toBe(counts[3]);
    await page.getByText("Done again: change dates").waitFor();
    expect(await page.getByRole("button", { name: "Nothing to redo" }).isDisabled()).toBe(true);
    await expect.poll(() => paramOn(page, "to")).toBe("2021-11-19");
    expect(paramOn(page, "area")).toBe("Haringey");
    expect(problems).toEqual([]);
    await close();
  });

  test("a tick that was set by key is taken back by key", async () => {
    const { page, close } = await openTable();
    const all = await countOn(page);
    const tick = page.getByRole("checkbox", { name: "Sightings" }).first();
    await tick.focus();
    await page.keyboard.press("Space");
    await expect.poll(() => countOn(page)).toBeLessThan(all);
    await page.keyboard.press("Control+z");
    await expect.poll(() => countOn(page)).toBe(all);
    expect(await tick.isChecked()).toBe(true);
    await close();
  });

  test("a new choice ends what could be done again", async () => {
    const { page, close } = await openTable();
    await page.getByRole("radio", { name: "Hot" }).check();
    await press(page, "Undo: change measure");
    await page.getByRole("button", { name: "Redo: change measure" }).waitFor();
    await press(page, "One week back");
    await page.getByRole("button", { name: "Nothing to redo" }).waitFor();
    await close();
  });

  test("filters outlast a visit to another screen, and a step is taken back from there", async () => {
    const { page, close } = await openTable();
    await page.getByRole("combobox", { name: "Area" }).selectOption("Enfield");
    const count = await countOn(page);
    await page.getByRole("link", { name: "Plan" }).click();
    await expect.poll(() => page.url()).toContain("#/plan");
    await page.getByRole("link", { name: "Hotspots" }).click();
    await expect.poll(() => countOn(page)).toBe(count);
    expect(paramOn(page, "area")).toBe("Enfield");
    await page.getByRole("link", { name: "Plan" }).click();
    await expect.poll(() => page.url()).toContain("#/plan");
    await press(page, "Undo: change area");
    await expect.poll(() => page.url()).toContain("#/hotspots");
    await expect.poll(() => countOn(page)).toBeGreaterThan(count);
    await press(page, "Redo: change area");
    await expect.poll(() => countOn(page)).toBe(count);
    await close();
  });
});

describe("time is played and stepped through", () => {
  test("play moves week by week with the same colours, and is one step to undo", async () => {
    const { page, problems, close } = await openTable({
      fragment: "#/hotspots?from=2021-09-06&to=2021-10-03",
    });
    const bounds = await boundsOn(page);
    expect(bounds).toHaveLength(5);
    const before = await countOn(page);
    await press(page, "Play week by week");
    const frames: string[] = [];
    for (const from of ["2021-09-13", "2021-09-20", "2021-09-27"]) {
      await expect.poll(() => paramOn(page, "from"), { interval: 40 }).toBe(from);
      frames.push(await page.locator(".player__dates").innerText());
      expect(await boundsOn(page)).toEqual(bounds);
    }
    expect(new Set(frames).size).toBe(3);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Play week by week" }).waitFor();
    await press(page, "Undo: change dates");
    await expect.poll(() => countOn(page)).toBe(before);
    expect(await page.getByRole("button", { name: "Nothing to undo" }).isDisabled()).toBe(true);
    expect(problems).toEqual([]);
    await close();
  });

  test("play ends by itself at the last records, and begins again at the first", async () => {
    const { page, close } = await openTable({
      fragment: "#/hotspots?from=2021-10-16&to=2021-11-12",
    });
    await page.getByRole("combobox", { name: "Step" }).selectOption("By 4 weeks");
    await press(page, "Play four weeks at a time");
    await expect.poll(() => paramOn(page, "to")).toBe("2021-11-26");
    await page.getByRole("button", { name: "Play four weeks at a time" }).waitFor();
    expect(await page.getByRole("button", { name: "Four weeks on" }).isDisabled()).toBe(true);
    await press(page, "Play four weeks at a time");
    await expect.poll(() => paramOn(page, "from")).toMatch(/^2020-/);
    await press(page, "Pause");
    await close();
  });

  test("dates that somebody chooses during play end it and stay", async () => {
    const { page, close } = await openTable({
      fragment: "#/hotspots?from=2021-06-07&to=2021-07-04",
    });
    await press(page, "Play week by week");
    await expect.poll(() => paramOn(page, "from")).toBe("2021-06-14");
    await page.getByRole("slider", { name: "Last date" }).press("End");
    await page.getByRole("button", { name: "Play week by week" }).waitFor();
    await expect.poll(() => paramOn(page, "to")).toBe("2021-11-26");
    await page.waitForTimeout(1000);
    expect(paramOn(page, "to")).toBe("2021-11-26");
    await close();
  });

  test("a day at a time steps by days; all records leave nothing to play, and that is said", async () => {
    const { page, close } = await openTable({
      fragment: "#/hotspots?from=2021-10-04&to=2021-10-10",
    });
    await page.getByRole("combobox", { name: "Step" }).selectOption("By the day");
    await press(page, "One day on");
    await expect.poll(() => paramOn(page, "from")).toBe("2021-10-05");
    await press(page, /^Period: /);
    await press(page, "All records");
    await page.getByText("All records: choose fewer days to play through them").waitFor();
    const play = page.getByRole("button", { name: /^Nothing to play/ });
    expect(await play.isDisabled()).toBe(true);
    await close();
  });
});

describe("views are saved and shared", () => {
  test("a view is saved, opened in one step, shared, saved over, removed and brought back", async () => {
    const { page, problems, close } = await openTable();
    const usual = await countOn(page);
    await page.getByRole("combobox", { name: "Area" }).selectOption("Haringey");
    await page.getByRole("radio", { name: "Hot" }).check();
    await page.locator(".hotspots__table tbody tr").first().click();
    await expect.poll(() => paramOn(page, "cell")).not.toBe("");
    const count = await countOn(page);
    await press(page, "Saved views and link");
    await page.getByText("No view is saved yet").waitFor();
    const sent = page.waitForRequest((request) => request.method() === "POST");
    await page.getByLabel("Save what is chosen now as").fill("Haringey by test");
    await page.getByRole("checkbox", { name: "Share with colleagues" }).check();
    await page.getByRole("button", { name: "Save view", exact: true }).click();
    const body = (await sent).postDataJSON();
    expect(body).toMatchObject({ name: "Haringey by test", isShared: true, version: 1 });
    // Filters alone, and dates that move on with the day.
    expect(body.filters).toEqual({ last: "56", area: "Haringey", measure: "hot" });
    await page.getByText("Saved: Haringey by test").waitFor();
    await press(page, "Saved views and link");
    const saved = page.getByRole("region", { name: "Saved views" });
    await saved.getByText("Last 8 weeks · Haringey · by test · shared").waitFor();
    await page.keyboard.press("Escape");

    await page.getByRole("combobox", { name: "Area" }).selectOption("");
    await page.getByRole("radio", { name: "Count" }).check();
    await expect.poll(() => countOn(page)).toBe(usual);
    await press(page, "Saved views and link");
    await saved.getByRole("button", { name: /^Haringey by test/ }).click();
    await expect.poll(() => countOn(page)).toBe(count);
    expect(await page.getByRole("radio", { name: "Hot" }).isChecked()).toBe(true);
    await press(page, 'Undo: open view "Haringey by test"');
    await expect.poll(() => countOn(page)).toBe(usual);

    // A colleague of another role sees what is shared and cannot change it.
    const analyst = await openTable({ role: "analyst" });
    await press(analyst.page, "Saved views and link");
    const shared = analyst.page.getByRole("region", { name: "Shared by colleagues" });
    await shared.getByText(/from /).waitFor();
    expect(await analyst.page.getByRole("button", { name: /^Change "/ }).count()).toBe(0);
    await shared.getByRole("button", { name: /^Haringey by test/ }).click();
    await expect.poll(() => countOn(analyst.page)).toBe(count);
    await analyst.close();

    await press(page, "Saved views and link");
    await page.getByLabel("Save what is chosen now as").fill("haringey BY test");
    await press(page, 'Save over "Haringey by test"');
    await page.getByText("Saved: haringey BY test").waitFor();
    await press(page, "Saved views and link");
    await saved.getByText("Last 8 weeks", { exact: true }).waitFor();
    await press(page, 'Undo: save view "haringey BY test"');
    await press(page, "Saved views and link");
    await saved.getByText(/by test · shared/).waitFor();

    await press(page, 'Change "Haringey by test"');
    await press(page, 'Remove "Haringey by test"');
    await page.getByText("No view is saved yet").waitFor();
    // The focus was in the row that is gone: Escape closes all the same.
    await page.keyboard.press("Escape");
    await page.getByText("No view is saved yet").waitFor({ state: "detached" });
    await press(page, 'Undo: remove view "Haringey by test"');
    await press(page, "Saved views and link");
    await saved.getByText(/by test · shared/).waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  test("a view of a newer page is not opened, with the reason; one of an area that is gone says so", async () => {
    const { page, close } = await openTable({ role: "analyst" });
    await page.route("**/api/saved-views", (route) => {
      const view = {
        isOwn: true,
        isShared: false,
        person: "x",
        changedAt: "2021-11-26T09:00:00Z",
      };
      const views = [
        { ...view, id: 1, name: "From tomorrow", version: 99, filters: { last: "7" } },
        { ...view, id: 2, name: "Old ward", version: 1, filters: { last: "7", area: "ward:Gone" } },
      ];
      return route.fulfill({ json: { views } });
    });
    const before = page.url();
    await press(page, "Saved views and link");
    await page.getByRole("button", { name: /^From tomorrow/ }).click();
    await page.getByText(/"From tomorrow" was not opened\. It was made by a newer page/).waitFor();
    expect(page.url()).toBe(before);
    await page.getByRole("button", { name: /^Old ward/ }).click();
    await page.getByText('There is no area "Gone" any more').waitFor();
    await expect.poll(() => paramOn(page, "from")).toBe("2021-11-20");
    expect(paramOn(page, "area")).toBe("");
    await close();
  });

  test("a link that is copied opens the same for a colleague, with what was changed just now", async () => {
    const { page, close } = await openTable();
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("radio", { name: "850 m" }).check();
    await press(page, "Saved views and link");
    await press(page, "Copy a link to this view");
    await page.getByText("Link copied").waitFor();
    await page.evaluate(() => {
      Object.defineProperty(navigator, "clipboard", { value: undefined });
    });
    await press(page, "Copy a link to this view");
    const field = page.getByLabel(/Select the link and copy it/);
    const link = await field.inputValue();
    expect(link).toContain("res=8");
    const theirs = await openTable({ role: "analyst", fragment: new URL(link).hash });
    expect(await theirs.page.getByRole("radio", { name: "850 m" }).isChecked()).toBe(true);
    expect(await countOn(theirs.page)).toBe(await countOn(page));
    await theirs.close();
    await close();
  });

  test("a link that is pasted into an open page is a step, and its place on the map is gone to", async () => {
    const { page, close } = await openMap({
      fragment: "#/hotspots?from=2021-10-02&to=2021-11-26&at=-0.0635,51.6170,14.0",
    });
    await page.locator(".map-view__canvas[data-drawn]").waitFor();
    await page.evaluate(() => {
      window.location.hash =
        "#/hotspots?from=2021-09-06&to=2021-10-03&area=Haringey&at=-0.1000,51.5900,12.0";
    });
    await expect
      .poll(() => page.getByRole("combobox", { name: "Area" }).inputValue())
      .toBe("Haringey");
    await press(page, "Zoom in");
    await expect.poll(() => paramOn(page, "at")).toMatch(/^-0\.1000,51\.5900,13\.0/);
    await press(page, "Undo: open a link");
    await expect.poll(() => paramOn(page, "at")).toBe("-0.0635,51.6170,14.0");
    expect(paramOn(page, "from")).toBe("2021-10-02");
    await close();
  });
});

describe("the map as a picture", () => {
  test("holds legend, sentence and mark, is noted first, and never made when it cannot be noted", async () => {
    const { page, problems, close } = await openMap({ theme: "dark" });
    await page.locator(".map-view__canvas[data-drawn]").waitFor();
    await press(page, "Print, or take away as a file");
    const noted = page.waitForRequest((request) => request.url().endsWith("/api/audit/exports"));
    const download = page.waitForEvent("download");
    await press(page, "Picture of the map (PNG)");
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
    await press(page, "Print, or take away as a file");
    await press(page, "Picture of the map (PNG)");
    await page.locator(".hotspots__files .error-note").waitFor();
    expect(files).toBe(0);
    expect(problems.filter((problem) => !problem.includes("ERR_FAILED"))).toEqual([]);
    await close();
  });

  test("shows outlines where the map shows them, and is the same with and without protected time", async () => {
    const { page, close } = await openMap({ theme: "light" });
    await page.locator(".map-view__canvas[data-drawn]").waitFor();
    await page.getByText(/^Keep clear: outreach and other protected time/).waitFor();
    const made = async () => {
      await press(page, "Print, or take away as a file");
      const download = page.waitForEvent("download");
      await press(page, "Picture of the map (PNG)");
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
    const [inFile, onScreen] = [await markedIn(page, without), await markedIn(page, screen)];
    expect(onScreen.marked).toBeGreaterThan(200);
    // The file has a margin of 16 pixels and two dots to each of them.
    expect(Math.abs(inFile.left / 2 - 16 - onScreen.left)).toBeLessThan(3);
    const wide = (found: typeof inFile) => found.right - found.left;
    expect(Math.abs(wide(inFile) / 2 - wide(onScreen))).toBeLessThan(4);
    await close();
  });

  test("without a map there is none, and that is said", async () => {
    const { page, close } = await openTable();
    await press(page, "Print, or take away as a file");
    const picture = page.getByRole("button", { name: "Picture of the map (PNG)" });
    expect(await picture.isDisabled()).toBe(true);
    await page.getByText("No map is drawn here just now").waitFor();
    await close();
  });
});

test("a graphics context that is lost leaves table and words, and the map comes back when asked", async () => {
  const { page, problems, close } = await openMap();
  await page.locator(".map-view__canvas[data-drawn]").waitFor();
  const count = await countOn(page);
  await page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>(".map-view__canvas canvas");
    canvas?.getContext("webgl2")?.getExtension("WEBGL_lose_context")?.loseContext();
  });
  await page.getByText(/cannot draw the map just now/).waitFor();
  expect(await page.locator(".hotspots__table").count()).toBe(1);
  expect(await countOn(page)).toBe(count);
  await press(page, "One week back");
  await expect.poll(() => countOn(page)).not.toBe(count);
  await press(page, "Try the map again");
  await page.locator(".map-view__canvas[data-drawn]").waitFor();
  expect(await page.getByText(/cannot draw the map just now/).count()).toBe(0);
  expect(await page.locator(".hotspots__table").count()).toBe(1);
  expect(problems).toEqual([]);
  await close();
});

/** Where the orange of hot outlines lies in a picture; of the upper part, as the legend shows it too. */
async function markedIn(page: Page, png: Buffer) {
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = document.createElement("canvas");
    canvas.width = bitmap.width;
    canvas.height = Math.round(bitmap.height * 0.6);
    const pen = canvas.getContext("2d");
    pen?.drawImage(bitmap, 0, 0);
    const dots = pen?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    let [left, right, marked] = [canvas.width, 0, 0];
    for (let at = 0; at < dots.length; at += 4) {
      const [red = 0, green = 0, blue = 0] = [dots[at], dots[at + 1], dots[at + 2]];
      if (red < 225 || green < 80 || green > 150 || blue > 100) continue;
      const x = (at / 4) % canvas.width;
      left = Math.min(left, x);
      right = Math.max(right, x);
      marked += 1;
    }
    return { left, right, marked };
  }, png.toString("base64"));
}
