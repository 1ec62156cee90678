import { expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, seriousViolations } from "#tests/browser/driver.ts";
import { textOfPages } from "#tests/browser/pdf-text.ts";
import { pagesOf } from "#tests/browser/read-pdf.ts";
import { partOf } from "#tests/support/runs.ts";

const { browser } = demoWith(openBrowser);

const acts = "table[class=table] tbody tr";

const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test("an auditor prints the head on one A4 page, and the print is in the log; no look at it has a serious fault", async () => {
  const { page, close } = await browser.visit({ role: "auditor", fragment: "#/audit" });
  await page.locator(acts).first().waitFor();
  await page.getByRole("button", { name: "Check the log" }).click();
  await page.locator(".chain__holds").waitFor();
  await page.locator(".head-facts__hash").first().waitFor();
  const noted = page.waitForRequest((request) => request.url().endsWith("/api/audit/prints"));
  // Without a window the browser's own question stays open for ever, and nothing else can be printed.
  await page.evaluate(() => {
    const { print } = window;
    window.print = () => {
      for (const name of ["beforeprint", "afterprint"]) window.dispatchEvent(new Event(name));
      window.print = print;
    };
  });
  await page.getByRole("button", { name: "Print the head" }).click();
  expect((await noted).postDataJSON()).toEqual({ screen: "audit" });
  await page.emulateMedia({ media: "print" });
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(pagesOf(pdf).count).toBe(1);
  const [text = ""] = textOfPages(pdf);
  // Spaces are not in a PDF's text.
  expect(text).toContain("headoftheauditlog");
  expect(text).toContain("MADE-UP");
  expect(text).toContain("Signature");
  await page.emulateMedia({ media: "screen" });
  await page.getByRole("button", { name: "Refresh" }).click();
  await page.locator(acts).filter({ hasText: "print a screen" }).first().waitFor();
  // In the light app/reach.browser.ts looks at it.
  for (const colorScheme of partOf(["light", "dark"] as const, 2, 1)) {
    await page.emulateMedia({ media: "screen", colorScheme });
    expect(await seriousViolations(page), colorScheme).toEqual([]);
  }
  // At 400% zoom the whole screen is found without scrolling sideways.
  await page.setViewportSize({ width: 320, height: 400 });
  expect(await sideways(page)).toBeLessThanOrEqual(0);
  await close();
});
