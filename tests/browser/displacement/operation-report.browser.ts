import { writeFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import type { OperationReportReply } from "#core/displacement/wire/operations.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { operationsOf, reportOf } from "#tests/browser/displacement/displacement-support.ts";
import { openBrowser, type Page, type Visit } from "#tests/browser/driver.ts";
import { textOfPages } from "#tests/browser/pdf-text.ts";
import { pagesOf } from "#tests/browser/read-pdf.ts";

/** The assessment report as it leaves: on paper and as a file, whatever the operation. */
const { server, browser } = demoWith(openBrowser);
let analyst: Visit;
let page: Page;

/** As long as a name may be, with phases as long and as many as are asked for and a few more. */
const longName = "Northumberland Park and Lower Edmonton, winter nights, second year, wider area";
const manyPhases = 6;

beforeAll(async () => {
  analyst = await browser.visit({
    paper: true,
    role: "analyst",
    fragment: "#/displacement?part=report&operation=boxster-2021",
  });
  page = analyst.page;
  await page.locator(".report-page").first().waitFor();
});

/** As a PDF's text has it: no spaces, and an apostrophe as the letter that fonts draw alike. */
const packed = (words: string) => words.replace(/\s/g, "").replaceAll("’", "ʼ");
/** No word of outreach or of what is closed for it; "partners" report as residents do, and "what chance" has no space. */
const unspeakable = /outreach|keepclear|keep-clear|protected|blackout|session|venue|hatch(?!ance)/i;

/** Nothing of a page is cut off at its lower edge, as it is laid out for paper. */
async function cutOff(): Promise<readonly number[]> {
  const screen = page.viewportSize() ?? { width: 1280, height: 800 };
  await page.emulateMedia({ media: "print" });
  // As wide as the paper between its margins.
  await page.setViewportSize({ width: Math.floor((190 / 25.4) * 96), height: screen.height });
  const over = await page.locator(".report-page").evaluateAll((pages) =>
    pages.map((one) => {
      const parts = [one, ...one.querySelectorAll(":scope > section")];
      return Math.max(...parts.map((part) => part.scrollHeight - part.clientHeight));
    }),
  );
  await page.setViewportSize(screen);
  await page.emulateMedia({ media: null });
  return over;
}

async function printed(): Promise<{ readonly pdf: Buffer; readonly texts: readonly string[] }> {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const keep = process.env["BOXSTER_KEEP_PDF"];
  if (keep) writeFileSync(`${keep}-${Date.now()}.pdf`, pdf);
  return { pdf, texts: textOfPages(pdf) };
}

function expectTwoA4(pdf: Buffer): void {
  const pages = pagesOf(pdf);
  expect(pages.count).toBe(2);
  for (const [width, height] of pages.sizes) {
    expect(width).toBeCloseTo(595, -1);
    expect(height).toBeCloseTo(842, -1);
  }
}

test("printed, or saved as PDF, it is two A4 pages with all its parts, and marked made-up", async () => {
  const report = await reportOf(page, 1);
  const { pdf, texts } = await printed();
  expectTwoA4(pdf);
  expect(await cutOff()).toEqual([0, 0]);
  const [first = "", second = ""] = texts;
  for (const [text, parts] of [
    [first, ["Question", "Areas", "Data", report.assessment.overall.sentence]],
    [second, ["Result", "Displacement", "Patrol time", "Limits", report.dose.sentence]],
  ] as const) {
    for (const part of parts) expect(text).toContain(packed(part));
    for (const part of ["MADE-UP DATA", "Revision 1 of", "As at 26 Nov 2021"]) {
      expect(text).toContain(packed(part));
    }
  }
  expect(first).toContain(packed(report.assessment.banner ?? "a banner was expected"));
  for (const edge of report.assessment.edges) expect(second).toContain(packed(edge.name));
  for (const sentence of report.assessment.method) {
    expect(second).toContain(packed(sentence));
  }
  expect(second).toContain("oddsratiois4.79");
  expect(second).toContain("78tests");
  // Each interval stands before its estimate.
  expect(second.indexOf("95%interval")).toBeLessThan(second.indexOf("Bestestimate"));

  // No border is cut off at the right, and no map stands between empty bands.
  const screen = page.viewportSize() ?? { width: 1280, height: 800 };
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: Math.floor((190 / 25.4) * 96), height: screen.height });
  const found = await page.locator(".report-page").evaluateAll((pages) =>
    pages.flatMap((one) => {
      const sheet = one.getBoundingClientRect();
      const bordered = ".report-page__banner, .paper__mark, .report-map";
      const frames = [...one.querySelectorAll(bordered)].map((frame) => ({
        what: frame.getAttribute("class"),
        right: sheet.right - frame.getBoundingClientRect().right,
      }));
      const maps = [...one.querySelectorAll<SVGSVGElement>(".report-map")].map((map) => {
        const frame = map.getBoundingClientRect();
        const shapes = [...map.querySelectorAll(".report-map__edge, .report-map__rings")];
        const tops = shapes.map((shape) => shape.getBoundingClientRect().top);
        const bottoms = shapes.map((shape) => shape.getBoundingClientRect().bottom);
        return (Math.max(...bottoms) - Math.min(...tops)) / frame.height;
      });
      return [{ frames, maps }];
    }),
  );
  await page.setViewportSize(screen);
  await page.emulateMedia({ media: null });
  const frames = found.flatMap((one) => one.frames);
  expect(frames.length).toBeGreaterThanOrEqual(5);
  // A border that ends with the sheet is cut by the rounding of a printer.
  expect(frames.filter(({ right }) => right < 1)).toEqual([]);
  const maps = found.flatMap((one) => one.maps);
  expect(maps).toHaveLength(2);
  for (const share of maps) expect(share).toBeGreaterThan(0.8);
});

test("SAFEGUARDS 6: the report holds one total of patrol, no hatch and no word of outreach", async () => {
  const { texts } = await printed();
  const all = texts.join("");
  expect(all).not.toMatch(unspeakable);
  expect(all.match(/hours/g)?.length).toBe(1 + (all.match(/sixhours/g)?.length ?? 0));
  expect(all).not.toContain("minutes");
  expect(await page.locator(".report pattern, .report .hatch").count()).toBe(0);
  // Nothing of a single event: no time of day, no category, no reference.
  expect(all).not.toMatch(/(?:[01]\d|2[0-3]):[0-5]\d|kerb_?crawling|CAD/i);
  // Nor a count so small that it may speak of one person: printed copies cannot be changed.
  const counts = await page.locator(".report-table td.number").allTextContents();
  expect(counts.length).toBeGreaterThan(20);
  expect(counts.filter((count) => count !== "under 10" && Number(count) < 10)).toEqual([]);
  expect(counts).toContain("under 10");
});

test("it stays two pages with the longest name, six phases, a control area and every edge", async () => {
  const [demo] = (await operationsOf(page)).filter(({ name }) => name === "boxster-2021");
  const phases = Array.from({ length: manyPhases }, (_, at) => ({
    name: `Extended visible patrols, autumn part ${at + 1}`.slice(0, 40),
    startsOn: `2021-${String(8 + Math.floor(at / 2)).padStart(2, "0")}-${at % 2 === 0 ? "01" : "16"}`,
    endsOn: `2021-${String(8 + Math.floor(at / 2)).padStart(2, "0")}-${at % 2 === 0 ? "15" : "30"}`,
  }));
  const reply = await page.request.post("/api/operations", {
    data: {
      name: longName,
      startsOn: "2021-08-01",
      endsOn: "2021-11-20",
      treated: {
        by: "corridor",
        name: "Along Northumberland Park and Lower Edmonton High Road, 500 m on either side",
        cells: demo?.cells,
      },
      control: { by: "named", name: "Crouch End", cells: await crouchEnd() },
      phases,
    },
  });
  expect(reply.ok(), await reply.text()).toBe(true);
  const found = (await operationsOf(page)).find(({ name }) => name === longName);
  const params = new URLSearchParams({ part: "report", operation: found?.name ?? "" });
  await page.goto(`${server.url}/#/displacement?${params.toString()}`);
  await page
    .getByRole("heading", { name: /Northumberland Park/ })
    .first()
    .waitFor();
  expect(await cutOff()).toEqual([0, 0]);
  const { pdf, texts } = await printed();
  expectTwoA4(pdf);
  for (const phase of phases) expect(texts[0]).toContain(packed(phase.name));
  expect(texts[0]).toContain("CrouchEnd");
  expect(texts[1]).toContain(packed("A fall is no success if people were moved"));
  const map = await page.locator(".report-map").first().boundingBox();
  expect(map?.height ?? 0).toBeGreaterThan(100);
});

async function crouchEnd(): Promise<readonly string[]> {
  const at = await page.request.get("/api/displacement?area=Crouch%20End&start=2021-10-01");
  const { zones } = (await at.json()) as OperationReportReply["assessment"];
  return zones.treated;
}
