import { expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openPages, type Page } from "#tests/component/driver.ts";

/** The assessment report on screen and as it leaves in a file; on paper: tests/browser/displacement/operation-report.browser.ts. */
const { browser } = demoWith(openPages);
let page: Page;

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
