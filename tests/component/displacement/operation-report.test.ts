import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { addOperation, reportOf } from "#tests/browser/displacement/displacement-support.ts";
import { openPages, type Page } from "#tests/component/driver.ts";

/** The assessment report on screen and as it leaves in a file; on paper: tests/browser/displacement/operation-report.browser.ts. */
const { browser } = demoWith(openPages);
let page: Page;

/** No word of outreach or of what is closed for it; "partners" report as residents do. */
const unspeakable = /outreach|keepclear|keep-clear|protected|blackout|session|venue|hatch/i;

async function open(operation: string, role: "analyst" | "sergeant" = "analyst"): Promise<void> {
  const params = new URLSearchParams({ part: "report", operation });
  const fragment = `#/displacement?${params.toString()}`;
  ({ page } = await browser.visit({ role, fragment }));
}

test("it is read without colour: every answer has a word and a shape of its own", async () => {
  await open("boxster-2021");
  await page.locator(".report-page").first().waitFor();
  const rows = await page.locator(".report-table tbody tr").all();
  const shapes = new Map<string, Set<string>>();
  for (const row of rows) {
    const [word = ""] = ((await row.locator("td").first().textContent()) ?? "").trim().split(",");
    const shape = await row.locator(".verdict-mark").innerHTML();
    shapes.set(word, (shapes.get(word) ?? new Set()).add(shape));
  }
  expect(shapes.size).toBeGreaterThanOrEqual(4);
  const each = [...shapes.values()].map((of) => [...of]);
  expect(each.every((of) => of.length === 1)).toBe(true);
  expect(new Set(each.flat()).size).toBe(shapes.size);
});

test("an operation that begins before the records has no report, and the reason is said", async () => {
  await open("boxster-2021");
  await page.locator(".report-page").first().waitFor();
  await addOperation(page, { name: "Ten years", startsOn: "2012-01-01", phases: [] });
  await open("Ten years");
  await page
    .getByText(/records start/)
    .first()
    .waitFor();
  expect(await page.locator(".report-page").count()).toBe(0);
});

test("its numbers leave as CSV, defused, with revision, date and mark; the log has it and the revision stays", async () => {
  await open("boxster-2021");
  await page.getByRole("heading", { name: "Assessment of boxster-2021" }).first().waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Numbers (CSV)" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(
    "assessment-boxster-2021-revision-1-as-at-2021-11-26-made-up-data.csv",
  );
  const lines = readFileSync(await download.path(), "utf8")
    .trim()
    .split("\n");
  expect(lines[0]).toMatch(/^part,name,month,before,after/);
  const report = await reportOf(page, 1);
  const edges = lines.filter((line) => line.startsWith("edge,"));
  expect(edges.length).toBe(report.assessment.edges.length);
  expect(lines.some((line) => /^dose,.*,\d+,/.test(line))).toBe(true);
  expect(lines.join("\n")).toContain("MADE-UP DATA");
  expect(lines.join("\n")).not.toMatch(unspeakable);
  const refused = await page.request.delete("/api/operations/1?revision=1");
  expect(refused.status()).toBe(409);
  const own = await (await page.request.get("/api/audit/own")).text();
  expect(own).toContain("download an assessment report");
});

test("the button prints, and each print is noted with the revision before the dialog opens", async () => {
  await open("boxster-2021", "sergeant");
  // The dialog of a browser without a window stays open for ever.
  await page.evaluate(() => {
    window.print = () => {
      window.dispatchEvent(new Event("beforeprint"));
    };
  });
  const button = page.getByRole("button", { name: "Print or save as PDF" });
  await button.waitFor();
  const [noted] = await Promise.all([
    page.waitForResponse((reply) => reply.url().endsWith("/api/operations/1/reports")),
    button.click(),
  ]);
  expect(noted.request().postDataJSON()).toEqual({ revision: 1, form: "paper" });
  expect(noted.status()).toBe(200);
  expect(await page.title()).toMatch(/assessment-boxster-2021-revision-1-as-at-2021-11-26/);
});
