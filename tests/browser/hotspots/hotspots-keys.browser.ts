import { expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { type Locator, openBrowser } from "#tests/browser/driver.ts";
import {
  countOn,
  openHotspotsTable,
  paramOn,
  tabTo,
} from "#tests/browser/hotspots/hotspots-support.ts";

const { server, browser } = demoWith(openBrowser);

test("by keyboard alone: area, dates, kinds, hours, play, a place, a saved view, a file, undo and redo", async () => {
  const { page, problems, close } = await openHotspotsTable(browser, server.url);
  const button = (name: string | RegExp) => page.getByRole("button", { name });
  const { keyboard } = page;
  const all = await countOn(page);

  await tabTo(page, page.getByRole("combobox", { name: "Area" }));
  await keyboard.type("Har");
  await expect.poll(() => countOn(page)).toBeLessThan(all);

  await tabTo(page, button(/^Period: /));
  await keyboard.press("Enter");
  await tabTo(page, button("Last 26 weeks"));
  await keyboard.press("Enter");
  await expect.poll(() => paramOn(page, "from")).toBe("2021-05-29");
  const half = await countOn(page);

  // The focus is back on the button that opened the panel.
  await tabTo(page, button("Saved views and link"), 1);
  await keyboard.press("Enter");
  await tabTo(page, page.getByLabel("Name this view"));
  await keyboard.type("Half a year of Haringey");
  await tabTo(page, button(/^Save view$/));
  await keyboard.press("Enter");
  await page.getByText("Saved: Half a year of Haringey").waitFor();
  await keyboard.press("Control+z");
  await page.getByText('Undone: save view "Half a year of Haringey"').waitFor();

  await tabTo(page, page.getByRole("checkbox", { name: "Complaints" }));
  await keyboard.press("Space");
  await expect.poll(() => countOn(page)).toBeLessThan(half);
  await keyboard.press("Control+z");
  await expect.poll(() => countOn(page)).toBe(half);
  await keyboard.press("Control+Shift+Z");
  await expect.poll(() => countOn(page)).toBeLessThan(half);

  await tabTo(page, page.getByRole("radio", { name: "Count" }));
  await keyboard.press("ArrowRight");
  await expect.poll(() => paramOn(page, "measure")).toBe("significance");

  await tabTo(page, page.locator(".hotspots__table tbody tr").first());
  await keyboard.press("ArrowDown");
  await keyboard.press("Enter");
  const story = page.getByRole("region", { name: "Chosen place" });
  await story.waitFor();
  await keyboard.press("Escape");
  await story.waitFor({ state: "detached" });

  await tabTo(page, page.locator('[data-square="4 16"]'));
  await keyboard.press("Enter");
  await keyboard.press("Shift+ArrowRight");
  await expect.poll(() => paramOn(page, "hours")).toBe("22-00");
  await keyboard.press("Escape");
  await expect.poll(() => paramOn(page, "hours")).toBe("");

  await tabTo(page, page.getByRole("slider", { name: "First date" }));
  for (let week = 0; week < 22; week += 1) await keyboard.press("ArrowRight");
  await expect.poll(() => paramOn(page, "from")).toBe("2021-10-30");
  await tabTo(page, button("One week back"));
  await keyboard.press("Enter");
  await expect.poll(() => paramOn(page, "to")).toBe("2021-11-19");
  await tabTo(page, button("Play week by week"), 1);
  await keyboard.press("Space");
  await expect.poll(() => paramOn(page, "to")).toBe("2021-11-26");
  await button("Play week by week").waitFor();

  await tabTo(page, button("Print or download"));
  await keyboard.press("Enter");
  await tabTo(page, button("Table (CSV)"));
  const download = page.waitForEvent("download");
  await keyboard.press("Enter");
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);

  const nothing = page.getByRole("button", { name: "Nothing to undo" });
  for (let step = 0; step < 20 && (await nothing.count()) === 0; step += 1) {
    await keyboard.press("Control+z");
  }
  await nothing.waitFor();
  await expect.poll(() => countOn(page)).toBe(all);
  expect(problems).toEqual([]);
  await close();
});

test("the first row of the list is at most 12 Tabs away, and out of reach while another screen is open", async () => {
  const { page, close } = await openHotspotsTable(browser, server.url, { fresh: true });
  const { keyboard } = page;
  const skip = page.getByRole("button", { name: "Skip to the list" });
  const isOn = (one: Locator) => one.evaluate((element) => element === document.activeElement);
  let tabs = 0;
  for (; tabs < 12 && !(await isOn(skip)); tabs += 1) await keyboard.press("Tab");
  expect(await skip.isVisible()).toBe(true);
  await keyboard.press("Enter");
  expect(await isOn(page.locator(".hotspots__table tbody tr").first())).toBe(true);

  await page.getByRole("link", { name: "Plan" }).click();
  await page.locator(".plan").waitFor();
  expect(await page.locator(".hotspots").count()).toBe(1);
  expect(await page.getByRole("combobox", { name: "Area" }).count()).toBe(0);
  expect(await page.getByRole("button", { name: /^Period: |Skip to the list/ }).count()).toBe(0);
  const first = page.getByRole("button", { name: "Skip to the screen" });
  await first.focus();
  const reached: boolean[] = [];
  for (let step = 0; step < 60; step += 1) {
    await keyboard.press("Tab");
    reached.push(await page.evaluate(() => document.activeElement?.closest(".hotspots") != null));
  }
  expect(reached).not.toContain(true);
  await close();
});
