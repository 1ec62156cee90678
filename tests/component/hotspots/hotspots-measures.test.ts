import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { silentNotes } from "#server/acts/services.ts";
import { saveHarmTable } from "#server/records/harm-weights.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import {
  legendOn,
  openHotspotsTable,
  sentenceOn,
  showAll,
} from "#tests/browser/hotspots/hotspots-support.ts";
import { openPages, type Page, type VisitOptions } from "#tests/component/driver.ts";

const { server, browser } = demoWith(openPages);

/** Choices of one kind within 1.5 s are one step (client/hotspots/state/view-steps.ts). */
const stepPauseMs = 1_600;

const openTable = (options: Partial<VisitOptions> = {}) =>
  openHotspotsTable(browser, server.url, options);
const againstTheYearBefore =
  "#/hotspots?from=2021-08-01&to=2021-11-26&measure=change&baseline=2020-08-01_2021-07-31";

describe("measures of Hotspots", () => {
  test("each says in one paragraph what it shows and what not, and Undo takes the choice back", async () => {
    const { page, problems } = await openTable();
    await page.getByText("What this shows", { exact: true }).click();
    const help = page.locator(".measure-picker__help p");
    const paragraphs = new Set<string>();
    for (const name of ["Significance", "Change", "Pattern", "Harm", "Patrol time", "Count"]) {
      await page.getByRole("radio", { name, exact: true }).check();
      paragraphs.add(await help.innerText());
    }
    expect(paragraphs.size).toBe(6);
    for (const paragraph of paragraphs) expect(paragraph).toMatch(/does not|nothing of/);
    // What is tried out within a moment is one step.
    await page.waitForTimeout(stepPauseMs);
    await page.getByRole("radio", { name: "Pattern", exact: true }).check();
    await page.getByRole("button", { name: /^Undo/ }).click();
    await expect
      .poll(() => page.getByRole("radio", { name: "Count", exact: true }).isChecked())
      .toBe(true);
    expect(problems).toEqual([]);
  });

  test("a change is told against a baseline with its test; sentence, list and marks agree", async () => {
    const { page } = await openTable({ fragment: againstTheYearBefore });
    await page.locator(".hotspots__table .finding-mark").first().waitFor();
    const sentence = await sentenceOn(page);
    expect(sentence).toMatch(
      /^578 reports in 16.9 weeks, compared with 1,719 in 52.1 weeks; 4 places rose and 1 fell significantly, \d+ have too few reports to tell\.$/,
    );
    await showAll(page);
    const said = await page.locator(".hotspots__table tbody .visually-hidden").allInnerTexts();
    const numberOf = (word: string) => said.filter((each) => each === word).length;
    expect([numberOf("Rise"), numberOf("Fall")]).toEqual([4, 1]);
    expect(numberOf("Not enough reports to tell")).toBe(
      Number(/(\d+) have too few/.exec(sentence)?.[1]),
    );
    const legend = await legendOn(page);
    expect(legend).toContain("Compared with 1 Aug 2020 to 31 Jul 2021");
    expect(legend).toContain(
      "Exact test of two counts over different lengths, adjusted for multiple testing (Benjamini-Hochberg)",
    );
    expect(legend).toContain("Reported by residents and partners");
    expect(legend).toContain("Not enough reports to tell");
    await page.getByText("How this is calculated").first().click();
    expect(await page.locator(".worked-out").innerText()).toContain(
      "exact conditional test of two Poisson counts",
    );
  });

  test("a baseline is chosen by list or by dates, kept in the address, and refused in words where it makes no sense", async () => {
    const { page } = await openTable({
      fragment: "#/hotspots?measure=change&from=2021-10-02&to=2021-11-26",
    });
    await page.getByLabel("Compare with").selectOption("Same weeks last year");
    await expect.poll(() => page.url()).toContain("baseline=year");
    await page.getByText("3 Oct to 27 Nov 2020", { exact: true }).waitFor();
    await page.getByLabel("Compare with").selectOption("Other dates");
    await page.getByLabel("First day", { exact: true }).fill("2021-09-01");
    await page.getByLabel("Last day", { exact: true }).fill("2021-10-10");
    await page.getByText("The two periods overlap. Choose other dates.").waitFor();
    await page.getByLabel("Last day", { exact: true }).fill("");
    await page.getByText("Enter both dates.").waitFor();
    await page.getByLabel("Last day", { exact: true }).fill("2021-09-28");
    await page.getByRole("button", { name: "Compare", exact: true }).click();
    await expect.poll(() => page.url()).toContain("baseline=2021-09-01_2021-09-28");

    const early = await openPage({
      fragment: "#/hotspots?from=2020-08-01&to=2020-11-30&measure=change",
    });
    await early.page
      .locator(".hotspots__sentence")
      .getByText(/By count: no records that early/)
      .waitFor();
    await expect.poll(() => sentenceOn(early.page)).toMatch(/By count: no records that early/);
    // The counts stand in: never an empty map, never a rise out of nothing.
    expect(await early.page.locator(".hotspots__table thead").innerText()).toMatch(/Reports/);
    expect(await legendOn(early.page)).toContain("Reports per cell");
  });

  test("two periods stand beside each other in the list where no map is drawn", async () => {
    const list = await openTable({
      fragment:
        "#/hotspots?from=2021-10-02&to=2021-11-26&measure=change&baseline=year&compare=side",
    });
    expect(await list.page.getByText(/cannot draw the map/).count()).toBe(1);
    expect(await list.page.locator(".hotspots__table thead").innerText()).toMatch(
      /Before\s+Now\s+Change/,
    );
  });

  test("patterns stand in plain words, the exact category in the story and the file", async () => {
    const { page } = await openTable({
      role: "analyst",
      fragment: "#/hotspots?from=2020-08-01&to=2021-11-26&measure=emerging",
    });
    await page.locator(".hotspots__table .finding-mark").first().waitFor();
    expect(await sentenceOn(page)).toMatch(/over 15 months \d+ places are rising, \d+ steady/);
    expect(await page.locator(".hotspots__table tbody tr").first().innerText()).toContain("Rising");
    expect(await legendOn(page)).not.toMatch(/consecutive|sporadic|oscillating/);
    await page.locator(".hotspots__table tbody tr").first().click();
    const story = page.getByRole("region", { name: "Chosen place" });
    expect(await story.innerText()).toMatch(
      /Rising\..+Category: (?:new|consecutive|intensifying) hot spot, over 15 months/s,
    );
    const text = await download(page);
    expect(text.split("\r\n")[0]).toContain("pattern,category");
    expect(text).toMatch(/(?:new|consecutive|intensifying) hot spot/);
    expect(text).toMatch(/source,Reported by residents and partners/);

    const short = await openPage({
      fragment: "#/hotspots?from=2021-11-10&to=2021-11-26&measure=emerging",
    });
    await short.page
      .locator(".hotspots__sentence")
      .getByText(/needs at least 4 whole weeks/)
      .waitFor();
  });

  test("finds of police stand against logged hours; without hours there is no rate, and never in a file or on paper", async () => {
    const { page } = await openTable({
      role: "analyst",
      fragment: "#/hotspots?from=2021-08-01&to=2021-11-26",
    });
    await page.getByText(/^Fewer\s+more reports\. Drag to select\.$/).waitFor();
    await page.getByRole("radio", { name: "Patrol time", exact: true }).check();
    await page.getByText(/^Fewer\s+more police records\./).waitFor();
    await expect
      .poll(() => sentenceOn(page))
      .toMatch(
        /204 police records in 16.9 weeks and \d+ logged hours of patrol; \d+ places have a rate, \d+ have no patrol logged/,
      );
    await showAll(page);
    const rows = await page.locator(".hotspots__table tbody tr").allInnerTexts();
    expect(rows.some((row) => /\d\.\d\d$/.test(row.trim()))).toBe(true);
    expect(rows.some((row) => row.includes("No patrol logged"))).toBe(true);
    expect(rows.some((row) => row.includes("Not enough patrol time"))).toBe(true);
    const text = await download(page);
    expect(text.split("\r\n")[0]).not.toMatch(/hour|minute|rate/);
    expect(text).toMatch(/patrol,\d+ hours logged in the study area/);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".hotspots__table thead").innerText()).not.toMatch(/Hours|An hour/);
    const printed = async () =>
      (await page.locator(".hotspots__table tbody td:nth-child(3)").allInnerTexts()).map(Number);
    await expect.poll(async () => isFalling(await printed())).toBe(true);
    expect(await legendOn(page)).not.toMatch(/an hour|per hour/i);
    await page.emulateMedia({ media: "screen" });
    // Police records that were counted for the rates alone go with them.
    expect(await page.getByRole("checkbox", { name: "Arrests" }).isChecked()).toBe(true);
    await page.getByRole("radio", { name: "Count", exact: true }).check();
    await expect.poll(() => sentenceOn(page)).toMatch(/reports in 16.9 weeks/);
    expect(await page.getByRole("checkbox", { name: "Arrests" }).isChecked()).toBe(false);
    expect(page.url()).not.toContain("discovered");

    const nights = await openTable({
      role: "analyst",
      fragment:
        "#/hotspots?from=2021-08-01&to=2021-11-26&measure=effort&discovered=arrest&days=fri&hours=20-02",
    });
    await expect
      .poll(() => sentenceOn(nights.page))
      .toMatch(/police records? in 16.9 weeks and \d+ logged/);
    await nights.page
      .getByText("Patrol time is logged by day, so all hours are counted.")
      .waitFor();
    expect(await nights.page.getByRole("checkbox", { name: "Complaints" }).isDisabled()).toBe(true);
    const used = await download(nights.page);
    expect(used).toContain('when,"1 Aug to 26 Nov 2021, Fri"');
    expect(used).toContain("what,police records: arrests");
    // Another measure has the hours that were chosen.
    await nights.page.getByRole("radio", { name: "Count", exact: true }).check();
    await expect.poll(() => nights.page.url()).toContain("hours=20-02");
    await expect.poll(() => sentenceOn(nights.page)).not.toMatch(/logged/);
  });
});

test("harm is nothing until weights are saved; then list, legend and file name the version in use", async () => {
  const fragment = "#/hotspots?from=2021-08-01&to=2021-11-26&measure=harm";
  const { page, problems } = await openTable({ fragment });
  await expect
    .poll(() => sentenceOn(page))
    .toBe(
      "By count: no harm weights are saved yet. An analyst can save them in Displacement, under Weighted by harm.",
    );
  // Neither the list nor a file of it passes for a ranking by harm.
  expect(await page.getByTestId("list-total").innerText()).toMatch(/^[\d,]+ places by count: /);
  const counts = await download(page);
  expect(counts).toContain("measure,Count");
  expect(counts).toContain("Harm. By count: no harm weights are saved yet.");
  await saveHarmTable(
    {
      ...server.services,
      ...silentNotes,
      actor: { person: "ana", role: "analyst", partner: null },
    },
    {
      name: "Weights of a test",
      source: "Made for a test, 2024, found nowhere else",
      weights: [{ name: "complaint", weight: 2 }],
    },
  );
  await page.getByRole("radio", { name: "Count", exact: true }).check();
  await page.getByRole("radio", { name: "Harm", exact: true }).check();
  await expect
    .poll(() => sentenceOn(page))
    .toMatch(/^[\d,]+ reports in 16.9 weeks: [\d,]+ units of harm/);
  const head = await page.locator(".hotspots__table thead").innerText();
  expect(head).toMatch(/Reports.*Harm.*Share/s);
  const harm = (await page.locator(".hotspots__table tbody td:nth-child(4)").allInnerTexts()).map(
    (text) => Number.parseFloat(text.replace(",", "")),
  );
  expect(harm[0]).toBeGreaterThan(0);
  expect(isFalling(harm)).toBe(true);
  expect(await legendOn(page)).toMatch(/Weights of a test, version 1.*No significance test/s);
  const file = await download(page);
  expect(file).toContain('harm weights,"Weights of a test, version 1"');
  expect(problems).toEqual([]);
});

/** Also where there is nothing to list. */
async function openPage(options: Partial<VisitOptions> = {}) {
  const visit = await browser.visit({ role: "sergeant", ...options });
  await visit.page.locator(".hotspots__sentence").waitFor();
  return visit;
}

function isFalling(values: readonly number[]): boolean {
  return values.every((value, index) => index === 0 || value <= (values[index - 1] ?? 0));
}

async function download(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Print or download" }).click();
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Table (CSV)" }).click();
  return readFile(await (await coming).path(), "utf8");
}
