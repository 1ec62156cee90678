import { beforeAll, expect, test } from "vitest";
import type { DisplacementReply } from "#core/displacement/wire/displacement.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { withPhasesAndNotes } from "#tests/browser/displacement/displacement-support.ts";
import { openPages, type Page, type Visit } from "#tests/component/driver.ts";

const { server, browser } = demoWith(openPages);
let sergeant: Visit;
let page: Page;
let reply: DisplacementReply;

beforeAll(async () => {
  sergeant = await browser.visit({
    server: server.url,
    role: "sergeant",
    fragment: "#/displacement",
  });
  page = sergeant.page;
  const got = await page.request.get("/api/displacement?operation=boxster-2021");
  reply = (await got.json()) as DisplacementReply;
  await page.locator(".edge-card").first().waitFor();
});

test("the core fell and an edge rose: a banner says so and cannot be closed", async () => {
  const banner = page.locator(".displacement .banner--warning");
  expect(await banner.textContent()).toContain(reply.banner ?? "a banner was expected");
  expect(await banner.getByRole("button").count()).toBe(0);
});

test("marks differ by shape, and cannot tell shows no bar", async () => {
  const shapes = async (name: string) =>
    page
      .locator(".edge-card", { hasText: name })
      .locator(".verdict-mark")
      .evaluate((mark) => mark.innerHTML);
  const [rise, level, unknown] = [
    await shapes("Waltham Forest"),
    await shapes("Barnet"),
    await shapes("Camden"),
  ];
  expect(new Set([rise, level, unknown]).size).toBe(3);
  const camden = page.locator(".edge-card", { hasText: "Camden" });
  expect(await camden.locator(".interval__bar").count()).toBe(0);
  expect(await camden.locator(".interval__dots").count()).toBe(1);
  expect(await camden.textContent()).toContain("one-sided");
});

test("the table holds the area itself and every edge, interval before estimate", async () => {
  const heads = await page.locator(".displacement__table thead th").allTextContents();
  expect(heads.findIndex((head) => head.includes("interval"))).toBeLessThan(
    heads.findIndex((head) => head.includes("estimate")),
  );
  expect(await page.locator(".displacement__table tbody tr").count()).toBe(3 + reply.edges.length);
});

test("SAFEGUARDS 7: a picture has no months of one boundary, and none of counts by month", async () => {
  const pictures = page.locator(".monthly .popover > button");
  expect(await page.locator(".monthly .chart").count()).toBe(2);
  expect(await pictures.count()).toBe(1);
  expect(await page.locator(".running .popover > button").count()).toBe(1);
  const words = (await pictures.first().getAttribute("aria-label")) ?? "";
  expect(words).toContain(reply.banner ?? "a banner was expected");
  await page.goto(`${server.url}/#/displacement?edge=Waltham+Forest`);
  await page.locator(".displacement__chosen").waitFor();
  await pictures.first().click();
  await page.getByText("the months of one boundary stay on screen").waitFor();
  expect(await page.getByRole("button", { name: "Copy picture" }).count()).toBe(0);
  await page.keyboard.press("Escape");
  await page.goto(`${server.url}/#/displacement`);
  await page.locator(".displacement__chosen").waitFor({ state: "detached" });
});

test("an edge is chosen by key, in the address, with its sentence and running figure", async () => {
  await page.locator(".edge-card", { hasText: "Waltham Forest" }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => page.url()).toContain("edge=Waltham+Forest");
  const row = reply.edges.find(({ neighbour }) => neighbour === "Waltham Forest");
  expect(await page.locator(".displacement__chosen").textContent()).toBe(row?.sentence);
  expect(await page.locator(".running h2").textContent()).toContain("Waltham Forest");
  expect(await page.locator(".running circle").count()).toBe(row?.running.length);
});

test("the estimate gives the interval before the estimate, the scatter, and the control in words", async () => {
  const panel = page.locator(".estimate");
  const terms = await panel.locator("dt").allTextContents();
  expect(terms.findIndex((term) => term.includes("interval"))).toBeLessThan(
    terms.findIndex((term) => term.includes("estimate")),
  );
  const [months, elsewhere] = await panel.locator(".estimate__scatter dd").allTextContents();
  expect(months).toMatch(/chance|not widened/u);
  expect(elsewhere).toMatch(/^\d+ comparable places changed|^not known \(too few comparable/u);
  expect(await panel.textContent()).toContain(reply.controlCheck.sentence);
});

test("beside a fall stands what moving people does, and what partners were told of harm", async () => {
  const hidden = page.getByRole("region", { name: "What a fall may hide" });
  await hidden.getByText(/about 4.8 times the odds of recent client violence/).waitFor();
  const told = hidden.getByText(
    /^Incidents of harm reported to outreach partners, .*: \d+\. They count these themselves; “Reports of harm made by women” counts reports to police, and may count some again\.$/,
  );
  await told.waitFor();
  // Given to police in confidence: on no paper.
  expect(await told.getAttribute("class")).toContain("no-print");
});

test("figures, checks in numbers and method are behind one click, the general result with its limit", async () => {
  const panel = page.locator(".estimate");
  const table = panel.locator(".control-line__table");
  expect(await table.isVisible()).toBe(false);
  await panel.getByText("How this is calculated").click();
  expect(await table.locator("tbody tr").count()).toBe(4);
  for (const sentence of [reply.controlCheck.sentence, ...reply.method]) {
    expect(await panel.getByText(sentence).first().isVisible(), sentence).toBe(true);
  }
});

test("the months stay as a picture and as a table that hold the same", async () => {
  const key = new URLSearchParams(new URL(page.url()).hash.split("?")[1]).get("edge");
  const row = reply.edges.find(({ neighbour }) => neighbour === key) ?? reply.overall;
  const rows = page.locator(".monthly__table tbody tr");
  expect(await rows.count()).toBe(row.series.length);
  expect(await page.locator(".monthly__charts svg").last().locator("circle").count()).toBe(
    row.series.length,
  );
  const last = row.series.at(-1);
  const cells = await rows.last().locator("td").allTextContents();
  expect(cells[0]).toBe("Nov 2021, 1 to 26");
  expect(cells[1]).toBe(String(last?.treated));
  expect(cells[2]).toBe(last?.expected?.toFixed(1));
  expect(cells[4]).toMatch(/more|fewer|too few/u);
  expect(
    await page.locator(".monthly__charts svg").last().locator("text").allTextContents(),
  ).toContain("start");
});

test("nothing went wrong on the way", () => {
  expect(sergeant.problems).toEqual([]);
});

test("phases, what was left out and heavy parts of the control are said", async () => {
  const visit = await browser.visit({
    server: server.url,
    role: "sergeant",
    fragment: "#/displacement",
  });
  await withPhasesAndNotes(visit.page);
  const rows = visit.page.locator("#phases-title ~ table tbody tr");
  expect(await rows.count()).toBe(3);
  expect(await rows.last().textContent()).toContain("not started");
  expect(await rows.last().textContent()).toContain("Not enough reports to tell");
  const { page } = visit;
  const sentence = () => page.locator(".displacement__sentence").textContent();
  const whole = await sentence();
  const edges = page.locator(".displacement__table").first().locator("tbody tr");
  await page.getByRole("radio", { name: "Partners lead" }).check();
  expect(await sentence()).not.toBe(whole);
  expect(await edges.count()).toBe(13);
  expect(await page.locator(".displacement > header .quiet").textContent()).toContain(
    "1 Oct to 26 Nov 2021",
  );
  const running = page.getByRole("img", { name: /running difference/ });
  expect(await running.getAttribute("aria-label")).toContain(
    "Phases: Visible patrols from 1 Aug 2021, Partners lead from 1 Oct 2021",
  );
  expect(await running.textContent()).toContain("Partners lead");
  await page.getByRole("radio", { name: "Whole operation" }).check();
  expect(await sentence()).toBe(whole);
  const panel = visit.page.locator(".estimate");
  expect(await panel.locator(".estimate__notes li").count()).toBe(2);
  expect(await panel.textContent()).toContain("your choice, 331 cells");
  expect(await visit.page.locator(".displacement__key").textContent()).toContain(
    "Thin outline: the chosen comparison area",
  );
  await visit.page.getByText("How this is calculated").click();
  expect(await panel.locator(".control-line__heavy").textContent()).toContain(
    "52 reports, 33% of the treated area's",
  );
  await visit.close();
});

test("saved weights need a source, weigh every row, and a link keeps its version", async () => {
  const visit = await browser.visit({
    server: server.url,
    role: "analyst",
    fragment: "#/displacement",
  });
  const own = visit.page;
  await own.getByText("Weighted by harm").click();
  await own.getByText("No harm weights are saved yet.").waitFor();
  await own.getByText("Change the weights").click();
  const save = own.getByRole("button", { name: "Save weights" });
  await own.getByLabel("Complaints, any subject").fill("-1");
  await own.getByText("A number above 0").waitFor();
  await own.getByLabel("Name of the table").fill("Weights of a test");
  await own.getByLabel("Source").fill("Somewhere we read it");
  await own.getByText("Give the publication, its year and where to find it.").waitFor();
  await own.getByLabel("Source").fill("Made for a test, 2024, found nowhere else");
  expect(await save.isDisabled()).toBe(true);
  await own.getByLabel("Complaints, any subject").fill("2");
  await save.click();
  const line = /^Harm weights: Weights of a test, version 1\. Source: Made for a test, 2024/u;
  await own.getByText(line).waitFor();
  const table = own.getByRole("table", { name: "In harm: Complaints, any subject 2" });
  await table.waitFor();
  expect(await table.locator("tbody tr").count()).toBe(13);
  expect(await table.locator("tbody tr").first().textContent()).toMatch(
    /less|more|not enough reports to tell/u,
  );
  expect(own.url()).toContain("harm=v1");

  // The next version begins from the one in use, and the older link stays what it was.
  expect(await own.getByLabel("Complaints, any subject").inputValue()).toBe("2");
  await own.getByLabel("Complaints, any subject").fill("5");
  await own.getByLabel("Name of the table").fill("Weights of a test");
  await own.getByLabel("Source").fill("Made for a test, 2025, found nowhere else");
  await save.click();
  await own.getByText("Harm weights: Weights of a test, version 2.").waitFor();
  await own.goto(`${server.url}/#/displacement?harm=v1`);
  await own.getByRole("table", { name: "In harm: Complaints, any subject 2" }).waitFor();
  await own.getByText(line).waitFor();
  await own.getByRole("button", { name: "Without weights" }).click();
  await own.getByText(line).waitFor({ state: "detached" });
  expect(own.url()).not.toContain("harm");
  await own.goto(`${server.url}/#/displacement?harm=theft:2`);
  await own.getByText("The weights in this link cannot be read").waitFor();
  await own.locator(".edge-card").first().waitFor();
  expect(visit.problems).toEqual([]);
  await visit.close();

  const other = await browser.visit({
    server: server.url,
    role: "sergeant",
    fragment: "#/displacement",
  });
  await other.page.getByText("Weighted by harm").click();
  await other.page
    .getByText(/^Weights of a test, version 2\. Source: Made for a test, 2025/u)
    .waitFor();
  expect(await other.page.getByText("Change the weights").count()).toBe(0);
  await other.page.getByRole("button", { name: "Calculate" }).click();
  await other.page.getByRole("table", { name: "In harm: Complaints, any subject 5" }).waitFor();
  await other.close();
});
