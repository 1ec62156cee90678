import { describe, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { withPlaces } from "#tests/browser/places/geo-support.ts";
import { openPages, type Page } from "#tests/component/driver.ts";

const { browser } = demoWith(openPages);

const halfYear = "#/hotspots?from=2021-06-01&to=2021-11-26&res=10";

describe("the story of a place", () => {
  test("tells kinds, hours, months, pattern and tests; its parts add up to its count", async () => {
    const { page, problems } = await open(halfYear);
    const first = page.locator(".hotspots__table tbody tr").first();
    const count = Number(await first.locator("td").nth(2).innerText());
    await first.click();
    const story = page.getByRole("region", { name: "Chosen place" });
    await story.getByText(/^Over time: (?!calculating)/).waitFor();
    await story.getByText(/more types?$/).click();
    const parts = await story.locator(".cell-story__parts strong").allInnerTexts();
    expect(parts.map(Number).reduce((sum, part) => sum + part, 0)).toBe(count);
    await story.getByText("Months as a table").click();
    const months = await story.locator(".month-bars__table tbody td.number").allInnerTexts();
    expect(months).toHaveLength(16);
    expect(months.map(Number).reduce((sum, month) => sum + month, 0)).toBeGreaterThanOrEqual(count);
    await story.getByText("How this is calculated").click();
    expect(await story.innerText()).toMatch(
      /Most on .+By an even spread \d+\.\d here, at least \d+: p .+Emerging category over \d steps: [a-z ]+ \(Mann-Kendall/s,
    );
    expect(await story.innerText()).not.toMatch(/NaN|undefined|Infinity/);
    // Other dates are another question.
    await page.getByRole("button", { name: "One week back" }).click();
    await expect.poll(() => page.url()).toContain("to=2021-11-19");
    await story.getByText(/^Over time: (?!calculating)/).waitFor();
    expect(problems).toEqual([]);
  });

  test("beside a hotspot is said alike by list, card and method, and has no outline of its own", async () => {
    const { page } = await open(`${halfYear}&measure=hot`);
    const table = page.locator(".hotspots__table");
    const mark = table.getByRole("img", { name: "Beside a hotspot" }).first();
    await mark.waitFor();
    expect(await mark.getAttribute("class")).toContain("hot-mark--beside");
    await page.getByText("How this is calculated").first().click();
    const marked = await table.getByRole("img", { name: "Beside a hotspot" }).count();
    const told = await page.locator(".worked-out").innerText();
    expect(Number(/(\d+) places? beside a hotspot/.exec(told)?.[1])).toBeGreaterThanOrEqual(marked);
    await mark.click();
    const story = page.getByRole("region", { name: "Chosen place" });
    await story
      .getByText("Beside a hotspot: no more than chance once next door's are left out.")
      .waitFor();
    await story.getByText("How this is calculated").click();
    expect(await story.innerText()).toContain(
      "Beyond chance only with what is next door, and no longer once that is left out.",
    );
    await page.getByRole("radio", { name: "Count", exact: true }).check();
    await expect.poll(() => table.getByRole("img", { name: "Beside a hotspot" }).count()).toBe(0);
  });

  test("of dates too short for a pattern says so, and of few reports that they are too few", async () => {
    const { page } = await open("#/hotspots?from=2021-11-20&to=2021-11-26&res=10");
    await page.locator(".hotspots__table tbody tr").last().click();
    const story = page.getByRole("region", { name: "Chosen place" });
    await story.getByText("Over time: choose at least four whole weeks").waitFor();
    expect(await story.innerText()).toMatch(/Not enough reports to tell: \d here and around/);
  });
});

describe("place factors at hotspots and at other places", () => {
  test("are counted on demand, each place in one group, under the warning that this is no cause", async () => {
    const before = await open(halfYear, "analyst");
    expect(
      await before.page.getByText("Place factors at hotspots and at other places").count(),
    ).toBe(0);
    await withPlaces(before.page);
    const { page, problems } = await open(halfYear, "analyst");
    await page.getByText("Place factors at hotspots and at other places").click();
    await page.getByText("Not a cause.").waitFor();
    const table = page.locator(".factor-table__table");
    await table.waitFor();
    expect(await table.locator("tbody th").allInnerTexts()).toEqual([
      "Street lighting",
      "Alleys and paths",
      "Stops",
      "Venues open late",
    ]);
    const places = await table.locator("thead .factor-table__places").allInnerTexts();
    const total = places.reduce((sum, text) => sum + Number(text.replace(/[^\d]/g, "")), 0);
    expect(total).toBe(await studyCells(page));
    expect(await table.innerText()).toMatch(/\d+, \d+%/);
    expect(problems).toEqual([]);
  });
});

async function open(fragment: string, role: "sergeant" | "analyst" = "sergeant") {
  const visit = await browser.visit({ role, fragment, height: 1200 });
  await visit.page.locator(".hotspots__table tbody tr").first().waitFor();
  return visit;
}

/** The cells of the study area, as the exact statement of the test has them. */
async function studyCells(page: Page): Promise<number> {
  await page.locator(".worked-out summary").click();
  const words = await page.locator(".worked-out").innerText();
  return Number(/over ([\d,]+) cells/.exec(words)?.[1]?.replace(",", ""));
}
