import { describe, expect, test } from "vitest";
import { languageCodes } from "#core/text/languages.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { type Locator, openBrowser, type Page, seriousViolations } from "#tests/browser/driver.ts";

const { browser } = demoWith(openBrowser);
const phone = { width: 390, height: 844, touch: true } as const;

test.each([
  [
    "en-GB",
    "Choose from a list",
    /September 2021: 15\s+August 2021: 25\s+Fewer than the month before/,
  ],
  ["tr-TR", "Listeden seçin", /Eylül 2021: 15\s+Ağustos 2021: 25\s+Önceki aydan daha az/],
] as const)(
  "without script, on a phone in %s: what happened in Upper Edmonton takes two taps",
  async (locale, list, words) => {
    const visit = await browser.visit({ ...phone, fragment: "public", script: false, locale });
    const { page } = visit;
    const isInSight = async (what: Locator) => {
      const box = await what.boundingBox();
      return (box?.y ?? 1e6) + (box?.height ?? 0) < phone.height;
    };
    const summary = page.getByText(list);
    expect(await isInSight(summary)).toBe(true);
    await summary.tap();
    await page.getByRole("link", { name: "Upper Edmonton", exact: true }).tap();
    await page.waitForURL(/area=Upper/);
    const answer = page.locator("main > dl");
    expect(await answer.innerText()).toMatch(words);
    expect(await isInSight(answer)).toBe(true);
    expect(visit.problems).toEqual([]);
    await visit.close();
  },
);

test("a street finds its area, and the language that was chosen stays", async () => {
  const visit = await browser.visit({ ...phone, fragment: "public?lang=tr", script: false });
  const { page } = visit;
  const heading = page.getByRole("heading", { level: 2 }).first();
  await page.getByRole("textbox").fill("Silver Street");
  await page.getByRole("button", { name: "Göster" }).tap();
  await page.waitForURL("/public?area=E09000010-N-angel-edmonton&lang=tr");
  expect(await heading.textContent()).toContain("Angel Edmonton");
  expect(await page.locator("html").getAttribute("lang")).toBe("tr");
  await page.getByRole("link", { name: "English", exact: true }).tap();
  await page.waitForURL(/lang=en/);
  expect(await heading.textContent()).toMatch(/^Residents made about \d+ complaints in Angel Edm/);
  await page.getByText("Choose from a list").tap();
  await page.getByRole("link", { name: "Edmonton Green", exact: true }).first().tap();
  await page.waitForURL(/edmonton-green&lang=en/);
  expect(await page.evaluate(() => document.cookie)).toBe("");
  expect(visit.problems).toEqual([]);
  await visit.close();
});

test("who has never seen it types a ward that is no area here, misspelt, and has its figures after three taps", async () => {
  const visit = await browser.visit({ ...phone, fragment: "public", script: false });
  const { page } = visit;
  const start = Date.now();
  let taps = 0;
  const tap = async (what: Locator) => {
    const box = await what.boundingBox();
    // In sight, and as large as a thumb.
    expect((box?.y ?? 1e6) + (box?.height ?? 0)).toBeLessThan(phone.height);
    expect(box?.height).toBeGreaterThan(40);
    taps += 1;
    await what.tap();
  };
  const ask = async (words: string) => {
    const field = page.getByRole("textbox");
    await tap(field);
    await field.fill(words);
    await tap(page.getByRole("button", { name: "Show" }));
    await page.waitForURL((url) => url.searchParams.get("area") === words);
  };
  await ask("Upper Edmonton");
  expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Upper Edmonton");
  const answer = page.locator("main > dl");
  const figures =
    /^Angel Edmonton\s+September 2021: 15\s+August 2021: 25\s+Fewer than the month before\s/;
  expect(await answer.innerText()).toMatch(figures);
  await tap(answer.getByRole("link").first());
  await page.waitForURL(/area=E/);
  const heading = page.getByRole("heading", { level: 2 }).first();
  expect(await heading.textContent()).toMatch(/complaints in Angel Edmonton in September 2021/);
  expect(taps).toBe(3);

  await page.goto("/public");
  await ask("Uper Edmonten");
  await tap(page.locator(".found a").first());
  expect(await heading.textContent()).toMatch(/complaints in Angel Edmonton in September 2021/);
  const seconds = (Date.now() - start) / 1000;
  process.stdout.write(`Both ways took ${taps} taps and ${seconds.toFixed(1)} s\n`);
  expect(seconds).toBeLessThan(20);
  await visit.close();
});

test("what stays English says so before it, once, in words of the language", async () => {
  const { page, close } = await browser.visit({ ...phone, fresh: true });
  await page.goto("/public?lang=tr");
  const marks = await page
    .locator('main [lang="en"]')
    .evaluateAll((all) => all.map((one) => getComputedStyle(one, "::before").content));
  expect(marks[0]).toBe('"(İngilizce) "');
  expect(new Set(marks)).toEqual(new Set(['"(İngilizce) "', "none"]));
  await page.goto("/public?lang=en");
  expect(await page.locator('main [lang="en"]').count()).toBe(0);
  await close();
});

describe("for everybody", () => {
  test.each(languageCodes)(
    "in %s: no fault of access, on a small screen and in the dark",
    async (lang) => {
      const { page, problems, close } = await browser.visit({ ...phone, fresh: true });
      for (const theme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme: theme });
        await page.goto(`/public?lang=${lang}&area=E09000010`);
        expect(await seriousViolations(page)).toEqual([]);
      }
      await page.goto(`/public?lang=${lang}&area=asdfgh`);
      expect(await seriousViolations(page)).toEqual([]);
      // 640 px at 200 %.
      for (const width of [320, 390]) {
        await page.setViewportSize({ width, height: 600 });
        await page.goto(`/public?lang=${lang}`);
        expect(await overflow(page), `${width} px`).toBeLessThanOrEqual(0);
      }
      expect(problems.filter((one) => !one.includes("404"))).toEqual([]);
      await close();
    },
  );

  test("a screen reader finds landmarks, headings in order and heads of tables; a key skips to the figures", async () => {
    const { page, close } = await browser.visit({ fresh: true });
    await page.goto("/public");
    const levels = await page
      .locator("h1, h2, h3, h4")
      .evaluateAll((all) => all.map(({ tagName }) => Number(tagName.slice(1))));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.every((level, at) => level <= (levels[at - 1] ?? 0) + 1)).toBe(true);
    for (const role of ["banner", "main", "contentinfo"] as const)
      expect(await page.getByRole(role).count(), role).toBe(1);
    expect(await page.getByRole("navigation").count()).toBe(3);
    expect(await page.locator("table tr > :first-child:not(th[scope])").count()).toBe(0);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
    await close();
  });

  test("on paper the totals are whole, and nothing is there to be pressed", async () => {
    const { page, close } = await browser.visit({ fresh: true, paper: true });
    await page.goto("/public");
    const folded = page.locator("details.more dt").first();
    const isShown = () =>
      folded.evaluate((one) => one.checkVisibility({ contentVisibilityAuto: true }));
    expect([await isShown(), await page.locator("form").isVisible()]).toEqual([false, true]);
    await page.emulateMedia({ media: "print" });
    expect([await isShown(), await page.locator("form").isVisible()]).toEqual([true, false]);
    await close();
  });
});

function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}
