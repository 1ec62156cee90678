import { expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openPages } from "#tests/component/driver.ts";
import { lastId, linesAfter } from "#tests/support/audit.ts";

const { server, browser } = demoWith(openPages);

const fragment = "#/outcomes?part=guarantee";

test("stands beside the monthly figures, exact, with planned hours on this screen alone", async () => {
  const { page, problems } = await browser.visit({
    role: "sergeant",
    fragment: "#/outcomes?part=monthly",
  });
  await page.getByText(/^Oct 2021: [\d.]+ patrol hours/).waitFor();
  await page.getByRole("link", { name: "Guarantee" }).click();
  await page.getByText(/^Oct 2021: [\d.]+ hours? patrolled in peak hours;/).waitFor();
  const sections = await page.locator(".monthly-figures__section").allTextContents();
  expect(sections).toEqual([
    "Peak hours",
    "Priorities",
    "Abstraction",
    "Questions from the public",
  ]);
  await page.getByText(/^\s*Planned: [\d.]+ hours?\.$/).waitFor();
  expect(await page.getByText("not entered for that period").count()).toBe(2);
  await page.getByText("A national definition of abstraction is pending.").waitFor();
  expect(problems).toEqual([]);
});

test("rounded for sharing it is one page with a file, nothing planned, and the log before either", async () => {
  const { page, problems } = await browser.visit({ role: "analyst", fragment });
  await page.getByLabel("Rounded for sharing").click();
  const paper = page.getByRole("article", { name: "Neighbourhood Policing Guarantee" });
  await paper.waitFor();
  const words = (await paper.textContent()) ?? "";
  expect(words).toContain("MADE-UP DATA");
  expect(words).not.toMatch(/[Pp]lanned|on duty\./);
  const before = await lastId(server.services.db);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Figures (CSV)" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("guarantee-2021-10-made-up-data.csv");
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await expect
    .poll(async () => (await linesAfter(server.services.db, before)).map(({ act }) => act))
    .toEqual(["download the guarantee", "download the guarantee"]);
  expect(problems).toEqual([]);
});
