import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { ReleaseDocument } from "#core/releases/wire/release.ts";
import { languageCodes } from "#core/text/languages.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, seriousViolations, type Visit } from "#tests/browser/driver.ts";
import { textOfPages } from "#tests/browser/pdf-text.ts";
import { pagesOf } from "#tests/browser/read-pdf.ts";
import { showRelease } from "#tests/browser/releases/panel-support.ts";
import { isWhole, partOf } from "#tests/support/runs.ts";
import { sampleRelease } from "#tests/support/sample-release.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

/** What leaves the panel: one sheet, one file, figures, text; one page, over one release after the other. */
const { browser } = demoWith(openBrowser);
let presenter: Visit;
let page: Page;
const reply = sampleRelease();
const folder = scratchFolder("handout");

beforeAll(async () => {
  presenter = await browser.visit({ role: "presenter", paper: true });
  page = presenter.page;
  await showHandout();
});

async function showHandout(release = reply): Promise<void> {
  await showRelease(page, "#/panel?view=handout", release);
  await page.locator(".handout-page .panel__moved").waitFor();
  await page.evaluate(() => document.fonts.ready);
}

async function printed(): Promise<{ readonly pdf: Buffer; readonly texts: string[] }> {
  const start = Date.now();
  const pdf = await page.pdf({ preferCSSPageSize: true, tagged: true });
  process.stdout.write(`The handout as PDF took ${Date.now() - start} ms\n`);
  const keep = process.env["BOXSTER_KEEP_PDF"];
  if (keep) writeFileSync(`${keep}-${Date.now()}.pdf`, pdf);
  return { pdf, texts: textOfPages(pdf) };
}

/** Nothing of a page is cut off at its edges. */
function cutOff(): Promise<readonly number[]> {
  return page
    .locator(".handout-page")
    .evaluateAll((pages) =>
      pages.flatMap((one) => [
        one.scrollHeight - one.clientHeight,
        one.scrollWidth - one.clientWidth,
      ]),
    );
}

function expectA4(pdf: Buffer, count: number): void {
  const pages = pagesOf(pdf);
  expect(pages.count).toBe(count);
  for (const [width, height] of pages.sizes) {
    expect([Math.round(width), Math.round(height)]).toEqual([595, 842]);
  }
}

/** Ten, but for what is lost in reckoning. */
const leastPoints = 9.99;

/** The smallest letters on it, in points: those of a picture by how large the picture is drawn. */
function smallestLetters(): Promise<number> {
  return page.locator(".handout-page").evaluateAll((pages) => {
    const sizes: number[] = [];
    for (const one of pages) {
      const words = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
      for (let text = words.nextNode(); text; text = words.nextNode()) {
        const element = text.parentElement;
        if (!element || !text.textContent?.trim()) continue;
        const scale = element instanceof SVGGraphicsElement ? (element.getScreenCTM()?.a ?? 1) : 1;
        sizes.push(Number.parseFloat(getComputedStyle(element).fontSize) * scale * 0.75);
      }
    }
    return Math.min(...sizes);
  });
}

const packed = (words: string) => words.replace(/\s/g, "");

test("printed or saved as PDF it is A4 pages with figures, answers, law, method, licence and hash, and tagged for readers", async () => {
  const { pdf, texts } = await printed();
  expectA4(pdf, 2);
  expect(await cutOff()).toEqual([0, 0, 0, 0]);
  expect(await smallestLetters()).toBeGreaterThanOrEqual(leastPoints);
  const [first = "", second = ""] = texts;
  for (const sheet of texts) {
    for (const part of [
      "MADE-UP DATA",
      "Release 3, as at 26 November 2021",
      "Source: complaints recorded by police.",
      "Open Government Licence v3",
      "5a".repeat(32),
    ]) {
      expect(sheet).toContain(packed(part));
    }
  }
  for (const part of [
    "Residents made about 240 complaints in Enfield and Haringey in September 2021.",
    "rose near the boundary with Waltham Forest",
    "Complaints in Enfield and Haringey, month by month",
    "“Fewer than 10” means 0 to 9, the same everywhere.",
    "999",
  ]) {
    expect(first).toContain(packed(part));
  }
  for (const part of [
    "Contacts by outreach workers",
    "Hackney: cannot tell.",
    "A change after an operation is not proof that the operation made it.",
    "The alley behind the shops is dark.",
  ]) {
    expect(second).toContain(packed(part));
  }
  expect(second).toContain(packed(reply.release.notes[0] ?? ""));
  const order = ["Outreach and support", "Diversion", "Enforcement"].map((part) =>
    second.indexOf(packed(part)),
  );
  expect(order.toSorted((a, b) => a - b)).toEqual(order);
  const text = pdf.toString("latin1");
  expect(text).toMatch(/\/MarkInfo\s*<<[^>]*\/Marked true/);
  expect(text).toContain("/StructTreeRoot");
  for (const tag of ["H2", "H3", "Table", "TH", "TD", "L", "LI", "Figure"]) {
    expect(text, tag).toMatch(new RegExp(`/S\\s*/${tag}\\b`));
  }
  expect(text).toMatch(/\/Lang \(en-GB\)/);
});

async function download(name: string): Promise<{ readonly file: string; readonly text: string }> {
  const [taken] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name }).click(),
  ]);
  const file = join(folder, taken.suggestedFilename());
  await taken.saveAs(file);
  return { file, text: readFileSync(file, "utf8") };
}

test("the one file opens from disk without a network, asks for nothing, and holds the figures of the slides", async () => {
  const { file, text } = await download("One file (HTML)");
  expect(file).toMatch(/boxster-release-3-made-up-data\.html$/);
  const opened = await browser.openFile(file);
  for (const theme of ["light", "dark"] as const) {
    await opened.page.emulateMedia({ colorScheme: theme });
    const words = (await opened.page.locator("body").textContent()) ?? "";
    for (const part of [
      "Residents made about 240 complaints in Enfield and Haringey in September 2021.",
      "MADE-UP DATA",
      "rose near the boundary with Waltham Forest",
      "5a".repeat(32),
    ]) {
      expect(words).toContain(part);
    }
    const shown = await page.locator(".handout .panel-table tbody tr").allTextContents();
    const table = opened.page.locator("table", { hasText: "Residents' complaints by area" });
    expect(await table.locator("tbody tr").allTextContents()).toEqual(shown);
    // Its own style is let through by its own policy, and it is not a bare page.
    const styled = await opened.page
      .locator("body")
      .evaluate((body) => [getComputedStyle(body).maxWidth, getComputedStyle(body).color]);
    expect(styled[0]).toBe("960px");
    expect(styled[1]).toBe(theme === "light" ? "rgb(27, 31, 36)" : "rgb(232, 234, 237)");
    expect(await opened.page.locator("svg[role=img] path.c5").count()).toBeGreaterThan(0);
    expect(await seriousViolations(opened.page)).toEqual([]);
    if (process.env["BOXSTER_KEEP_PDF"]) {
      const path = `${process.env["BOXSTER_KEEP_PDF"]}-file-${theme}.png`;
      await opened.page.screenshot({ path, fullPage: true });
    }
  }
  expect(opened.problems).toEqual([]);
  await opened.close();

  // Whatever is written into it by somebody else does not run.
  const changed = join(folder, "changed.html");
  const put = "<script>document.title = 'ran'</script><img src='https://example.org/x.png'>";
  writeFileSync(changed, text.replace("<main>", `<main>${put}`));
  const other = await browser.openFile(changed);
  expect(await other.page.title()).not.toBe("ran");
  const refused = other.problems.join("\n");
  expect(refused).toMatch(/Executing inline script violates/);
  expect(refused).toMatch(/Loading the image '[^']+' violates/);
  await other.close();
});

test.runIf(isWhole)("wide and light, narrow and dark: no serious fault of access", async () => {
  expect(await seriousViolations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 768, height: 800 });
  expect(await seriousViolations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1280, height: 800 });
});

test("it is printed from any slide, also while the screen is filled; of an overtaken release the head says so", async () => {
  await page.emulateMedia({ colorScheme: "dark" });
  await showRelease(page, "#/panel?slide=law", reply);
  await page.locator(".panel__stage > .panel__moved").waitFor();
  await page.keyboard.press("f");
  await expect.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(true);
  const line = { approvedOn: "2021-11-26", from: "2020-09", to: "2021-09", hash: "5a".repeat(32) };
  const withdrawn = { on: "2021-12-02", notice: "A ward was missing. ".repeat(15).trim() };
  await page.route("**/api/public/releases", (route) =>
    route.fulfill({
      json: {
        releases: [
          { ...line, number: 5, withdrawn: null },
          { ...line, number: 4, withdrawn },
          { ...line, number: 3, withdrawn: null },
        ],
      },
    }),
  );
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await page.getByText("Release 4 was withdrawn").waitFor();
  const { pdf, texts } = await printed();
  expectA4(pdf, 2);
  expect(texts[0]).toContain(packed("Residents made about 240 complaints"));
  // What came later is said on the screen: the paper of a release is the same for good.
  expect(texts[0]).not.toContain(packed("later release"));
  expect(texts.join("")).not.toContain(packed("A ward was missing."));
  expect(texts.join("")).not.toContain(packed("Leave full screen"));
  await page.emulateMedia({ colorScheme: "light" });
});

const letters = "Cars circle at night and residents are afraid to walk home from the station. ";
const [command, ...boroughs] = reply.release.areas.filter(({ kind }) =>
  ["command", "borough"].includes(kind),
);
const wards = Array.from({ length: 46 }, (_, at) => ({
  id: `W${at}`,
  kind: "ward" as const,
  name: `Upper Edmonton and Park ${at}`,
  parent: boroughs[at % 2]?.id ?? null,
}));
const areas = [...(command ? [command] : []), ...boroughs, ...wards];
const values = reply.release.months.flatMap((month) =>
  areas.map(({ id: area }, at) => ({
    area,
    month,
    measure: "resident_complaints" as const,
    count: at % 7 === 6 ? null : 10 + 5 * at,
  })),
);
const fullest: Partial<ReleaseDocument> = {
  areas,
  values,
  commitments: Array.from({ length: 8 }, (_, at) => ({
    said: `${at} ${letters.repeat(3)}`.slice(0, 240),
    did: letters.repeat(4).slice(0, 240),
    next: letters.repeat(4).slice(0, 240),
    by: "2022-02-28",
  })),
  done: Array.from({ length: 24 }, (_, at) => ({
    group: (["outreach", "diversion", "enforcement", "enforcement"] as const)[at % 4] ?? "outreach",
    measure: at % 4 === 3 ? `sex_workers_identified:residence:${at}` : `m${at}`,
    label: `Awareness courses of kind ${at}, attended to the end`,
    from: "2021-08-01",
    to: "2021-11-26",
    count: at % 5 ? 10 + 5 * at : null,
  })),
  answers: Array.from({ length: 4 }, (_, at) => ({
    operation: `Northumberland Park and Lower Edmonton, winter nights ${at}`,
    helped: { text: letters.repeat(2), basis: letters.repeat(2) },
    moved: [{ text: letters.repeat(2), basis: letters.repeat(2) }],
  })),
};

const releases = [
  ["the fullest release, with the wards of two boroughs, takes four", fullest, 4],
  [
    "one with nothing but blanks takes two",
    { done: [], answers: [], commitments: [], values: [] },
    2,
  ],
] as const;

test.each(partOf(releases, 2, 0))(
  "%s pages, none with letters under ten points, and nothing is cut off unseen",
  async (_, changes, count) => {
    await showHandout(sampleRelease(changes as Partial<ReleaseDocument>));
    expect(new Set(await cutOff())).toEqual(new Set([0]));
    expect(await smallestLetters()).toBeGreaterThanOrEqual(leastPoints);
    expectA4((await printed()).pdf, count);
    expect(presenter.problems).toEqual([]);
  },
);

describe("the demonstration's", () => {
  let own: Visit;
  beforeAll(async () => {
    own = await browser.visit({ role: "presenter", fragment: "#/panel?view=handout", paper: true });
  });

  test.each(languageCodes)("handout in %s is one sheet, both sides", async (code) => {
    const select = own.page.getByLabel("Language", { exact: true });
    await select.selectOption(code);
    await own.page.locator(`.handout__pages:lang(${code})`).waitFor();
    await own.page.evaluate(() => document.fonts.ready);
    const pdf = await own.page.pdf({ preferCSSPageSize: true });
    expectA4(pdf, 2);
    expect(textOfPages(pdf).join("")).toContain("999");
  });

  test("in large print has letters of 16 points, on more sheets", async () => {
    await own.page.getByRole("button", { name: "Large print" }).click();
    const size = () =>
      own.page
        .locator(".handout__law li")
        .first()
        .evaluate((one) => getComputedStyle(one).fontSize);
    await expect.poll(size).toBe("21.3333px");
    const pdf = await own.page.pdf({ preferCSSPageSize: true });
    expect(pagesOf(pdf).count).toBeGreaterThan(2);
    expect(own.problems).toEqual([]);
  });
});
