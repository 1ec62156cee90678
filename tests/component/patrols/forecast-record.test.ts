import { expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { ensurePlan } from "#tests/browser/patrols/plan-support.ts";
import { openPages } from "#tests/component/driver.ts";

const { server, browser } = demoWith(openPages);

const visit = (role: "analyst" | "sergeant", fragment: string) =>
  browser.visit({ server: server.url, role, fragment });

test("an analyst sees how the forecast and the plain counts did", async () => {
  const { page } = await visit("analyst", "#/plan");
  await page.getByRole("button", { name: "How the forecast did" }).click();
  const table = page.getByRole("table", { name: "against the best count" });
  await table.waitFor();
  const rows = table.locator("tbody tr");
  expect(await rows.count()).toBe(4);
  expect(await rows.first().textContent()).toMatch(
    /^Average of \d+ methods, weighted by accuracy \(in use\)(\d\.\d\d \(\d\.\d\d to \d\.\d\d\)){3}$/,
  );
  expect(await rows.last().textContent()).toMatch(/^Count of the last 36 months1?/);
});

test("an analyst sees every sealed week beside last year's count, said to be replayed, and takes the file", async () => {
  const { page } = await visit("analyst", "#/plan?view=forecast");
  await page.getByText(/^Replayed for the demonstration/).waitFor();
  const table = page.getByRole("table", { name: /^Weeks, the last first/ });
  expect(await table.locator("tbody tr").count()).toBe(18);
  expect(await table.locator("tbody tr").first().textContent()).toMatch(
    /^(Mon )?22 Nov.*: replayed.*not in yet$/,
  );
  await page.getByText(/they held more reports in \d+ of 16 weeks/).waitFor();
  expect(await page.getByRole("link", { name: "Sealed forecasts" }).getAttribute("href")).toBe(
    "/api/forecast-seals/file",
  );
});

test("a sergeant reads in the plan what the forecast is, and opens how it did", async () => {
  const { page } = await visit("sergeant", "#/plan");
  await ensurePlan(page, "suggested");
  await page.reload();
  await page.getByRole("button", { name: "How good is this plan?" }).click();
  await page
    .getByText(
      /^The forecast averages \d+ methods, weighted by how each did in the last \d+ months\./,
    )
    .waitFor();
  await page.getByRole("button", { name: "How the forecast did" }).click();
  await page.getByText(/they held more reports in \d+ of 16 weeks/).waitFor();
});
