import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { visitRelease } from "#tests/browser/releases/panel-support.ts";
import { openPages, type Page, type Visit } from "#tests/component/driver.ts";
import { sampleRelease } from "#tests/support/sample-release.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

/** Slides, handout and file in the presenter's choice of language. */
const { browser } = demoWith(openPages);
let visit: Visit;
let page: Page;
beforeAll(async () => {
  visit = await visitRelease(browser, sampleRelease());
  page = visit.page;
  await page.locator(".panel__sentence").waitFor();
  await page.getByLabel("Language", { exact: true }).selectOption({ label: "Türkçe" });
  await page.locator(".panel__stage[lang=tr]").waitFor();
});

const open = async (slide: string) => {
  await page.getByLabel("Slide", { exact: true }).selectOption(slide);
  await page.locator(`.panel__slide--${slide}`).waitFor();
};

test("a slide is in the language, its map and key too, and its foot says that nobody checked it", async () => {
  expect(await page.locator(".panel__sentence").textContent()).toMatch(/şikâyet/u);
  await open("where");
  expect(await page.locator(".panel__slide--where .panel-key__title").textContent()).toContain(
    "yuvarlanmış",
  );
  const foot = page.locator(".panel__foot");
  expect(await foot.textContent()).toContain(
    "Makine çevirisi, henüz kontrol edilmedi. Translated by machine, not yet checked.",
  );
});

test("the law and the hard questions stay English, marked", async () => {
  await open("law");
  expect(await page.locator(".panel__slide--law").getAttribute("lang")).toBe("en");
  expect(await page.locator(".panel__sentence").getAttribute("lang")).toBe("en");
  await open("help");
  expect(await page.locator(".panel__slide--help").getAttribute("lang")).toBe(null);
  expect(await page.locator(".panel__slide--help").textContent()).toContain("Biri tehlikedeyse");
});

test("what was frozen with the release is English within the handout, marked", async () => {
  await page.getByRole("button", { name: "Handout and files" }).click();
  const handout = page.locator(".handout__pages[lang=tr]");
  await handout.waitFor();
  const [note = ""] = sampleRelease().release.notes;
  expect(await handout.locator("[lang=en]", { hasText: note }).count()).toBeGreaterThan(0);
  for (const frozen of [".panel__moved p", ".block__lead"]) {
    expect(await handout.locator(frozen).first().getAttribute("lang"), frozen).toBe("en");
  }
  expect(await handout.locator(".handout-page__mark").first().textContent()).toBe(
    "KURGUSAL VERİLER",
  );
  expect(await handout.textContent()).toContain("Rape Crisis (İngiltere ve Galler) destek hattı");
});

test("files carry the language in their names and heads; figures are the same in every language", async () => {
  const folder = scratchFolder("languages");
  const take = async (name: string) => {
    const button = page.getByRole("button", { name });
    const [taken] = await Promise.all([page.waitForEvent("download"), button.click()]);
    const file = join(folder, taken.suggestedFilename());
    await taken.saveAs(file);
    return { name: taken.suggestedFilename(), text: readFileSync(file, "utf8") };
  };
  const html = await take("One file (HTML)");
  expect(html.name).toBe("boxster-release-3-made-up-data-tr.html");
  expect(html.text).toContain('<html lang="tr">');
  expect(html.text).toMatch(/<section lang="en"><h2>What the law says about buying/u);
  expect(html.text).toContain('<span lang="en">Translated by machine, not yet checked.</span>');
  const csv = await take("Figures (CSV)");
  expect(csv.name).toBe("boxster-release-3-made-up-data.csv");
  expect(csv.text).not.toMatch(/yayın|gizli/iu);
  expect((await take("Text version")).name).toBe("boxster-release-3-made-up-data-tr.txt");
});

test("it is remembered on the device, and nothing went wrong on the way", async () => {
  expect(await page.evaluate(() => window.localStorage.getItem("boxster-language-panel"))).toBe(
    "tr",
  );
  await page.getByLabel("Language", { exact: true }).selectOption({ label: "English" });
  await page.locator(".panel__stage[lang=en-GB]").waitFor();
  expect(visit.problems).toEqual([]);
});
