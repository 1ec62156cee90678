import { describe, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { countOn, openHotspotsTable, paramOn } from "#tests/browser/hotspots/hotspots-support.ts";
import { openPages, type Page, type VisitOptions } from "#tests/component/driver.ts";

const { server, browser } = demoWith(openPages);
const openTable = (options: Partial<VisitOptions> = {}) =>
  openHotspotsTable(browser, server.url, options);
const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).click();

describe("views are saved and shared", () => {
  test("a view is saved, opened in one step, and shared", async () => {
    const { page, problems } = await openTable();
    const usual = await countOn(page);
    await page.getByRole("combobox", { name: "Area" }).selectOption("Haringey");
    await page.getByRole("radio", { name: "Significance" }).check();
    await page.locator(".hotspots__table tbody tr").first().click();
    await expect.poll(() => paramOn(page, "cell")).not.toBe("");
    const count = await countOn(page);
    await press(page, "Saved views and link");
    const none = page.getByText("No saved views yet");
    await none.waitFor();
    // Whoever goes on with Tab is not left with a panel over what they go to.
    await page.getByRole("combobox", { name: "Area" }).focus();
    await none.waitFor({ state: "detached" });
    await press(page, "Saved views and link");
    const sent = page.waitForRequest((request) => request.method() === "POST");
    await page.getByLabel("Name this view").fill("Haringey by test");
    await page.getByRole("checkbox", { name: "Share with colleagues" }).check();
    await page.getByRole("button", { name: "Save view", exact: true }).click();
    const body = (await sent).postDataJSON();
    expect(body).toMatchObject({ name: "Haringey by test", isShared: true, version: 2 });
    // Filters alone, and dates that move on with the day.
    expect(body.filters).toEqual({ last: "56", area: "Haringey", measure: "significance" });
    await page.getByText("Saved: Haringey by test").waitFor();
    await press(page, "Saved views and link");
    const saved = page.getByRole("region", { name: "Saved views" });
    await saved.getByText("Last 8 weeks · Haringey · significance · shared").waitFor();
    await page.keyboard.press("Escape");

    await page.getByRole("combobox", { name: "Area" }).selectOption("");
    await page.getByRole("radio", { name: "Count" }).check();
    await expect.poll(() => countOn(page)).toBe(usual);
    await press(page, "Saved views and link");
    await saved.getByRole("button", { name: /^Haringey by test/ }).click();
    await expect.poll(() => countOn(page)).toBe(count);
    expect(await page.getByRole("radio", { name: "Significance" }).isChecked()).toBe(true);
    await press(page, 'Undo: open view "Haringey by test"');
    await expect.poll(() => countOn(page)).toBe(usual);
    expect(problems).toEqual([]);

    // A colleague of another role sees what is shared and cannot change it.
    const analyst = await openTable({ role: "analyst" });
    await press(analyst.page, "Saved views and link");
    const shared = analyst.page.getByRole("region", { name: "Shared by colleagues" });
    await shared.getByText(/from /).waitFor();
    expect(await analyst.page.getByRole("button", { name: /^Change "/ }).count()).toBe(0);
    await shared.getByRole("button", { name: /^Haringey by test/ }).click();
    await expect.poll(() => countOn(analyst.page)).toBe(count);
  });

  test("a view is saved over, removed and brought back", async () => {
    const { page, problems } = await openTable();
    const saved = page.getByRole("region", { name: "Saved views" });
    await press(page, "Saved views and link");
    await page.getByLabel("Name this view").fill("haringey BY test");
    await press(page, 'Overwrite "Haringey by test"');
    await page.getByText("Saved: haringey BY test", { exact: true }).waitFor();
    await press(page, "Saved views and link");
    await saved.getByText("Last 8 weeks", { exact: true }).waitFor();
    await press(page, 'Undo: save view "haringey BY test"');
    await press(page, "Saved views and link");
    await saved.getByText(/significance · shared/).waitFor();

    await press(page, 'Change "Haringey by test"');
    await press(page, 'Remove "Haringey by test"');
    await page.getByText("No saved views yet").waitFor();
    // The focus was in the row that is gone: Escape closes all the same.
    await page.keyboard.press("Escape");
    await page.getByText("No saved views yet").waitFor({ state: "detached" });
    await press(page, 'Undo: remove view "Haringey by test"');
    await press(page, "Saved views and link");
    await saved.getByText(/significance · shared/).waitFor();
    expect(problems).toEqual([]);
  });

  test("a view of a newer page is not opened, with the reason; one of an area that is gone says so", async () => {
    const { page } = await openTable({ role: "analyst" });
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
    await page
      .getByText(/"From tomorrow" was not opened\. It was saved by a newer version/)
      .waitFor();
    expect(page.url()).toBe(before);
    await page.getByRole("button", { name: /^Old ward/ }).click();
    await page.getByText('The area "Gone" no longer exists').waitFor();
    await expect.poll(() => paramOn(page, "from")).toBe("2021-11-20");
    expect(paramOn(page, "area")).toBe("");
  });

  test("a link that is copied opens the same for a colleague, with what was changed just now", async () => {
    const { page } = await openTable();
    await page.getByRole("radio", { name: "850 m" }).check();
    await press(page, "Saved views and link");
    await press(page, "Copy a link to this view");
    await page.getByText("Link copied").waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toContain("res=8");
    const count = await countOn(page);
    const theirs = await openTable({ role: "analyst", fragment: new URL(link).hash });
    expect(await theirs.page.getByRole("radio", { name: "850 m" }).isChecked()).toBe(true);
    expect(await countOn(theirs.page)).toBe(count);
  });
});
