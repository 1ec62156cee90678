import { expect, test } from "vitest";
import { unreachable } from "#tests/browser/app/reach.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, seriousViolations } from "#tests/browser/driver.ts";

const { browser } = demoWith(openBrowser);

test("a stranger opens the accessibility statement from the sign-in page, and can use it at 400%", async () => {
  const { page, problems, close } = await browser.visit({ fresh: true });
  await page.getByRole("link", { name: "Accessibility" }).click();
  await page.getByRole("heading", { level: 1, name: "Accessibility statement" }).waitFor();
  expect(await page.title()).toBe("Accessibility statement");
  await page.getByRole("link", { name: "https://www.equalityadvisoryservice.com" }).waitFor();
  await page.setViewportSize({ width: 320, height: 256 });
  expect(await unreachable(page, ["h1", "h2"])).toEqual([]);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await seriousViolations(page)).toEqual([]);
  }
  expect(problems).toEqual([]);
  await close();
});

test("so does whoever is signed in, from the help of a screen", async () => {
  const { page, close } = await browser.visit({ role: "admin" });
  await page.getByRole("button", { name: "Help" }).click();
  const link = page.getByRole("dialog").getByRole("link", { name: "Accessibility" });
  expect(await link.getAttribute("href")).toBe("/accessibility.html");
  await close();
});
