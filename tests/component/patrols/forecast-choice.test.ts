import { expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { ensurePlan } from "#tests/browser/patrols/plan-support.ts";
import { openPages } from "#tests/component/driver.ts";

const { server, browser } = demoWith(openPages);

const visit = (role: "analyst" | "sergeant", fragment: string) =>
  browser.visit({ server: server.url, role, fragment });

test("an analyst sees how each forecast did, picks one and Plan uses it", async () => {
  const { page } = await visit("analyst", "#/plan");
  await page.getByRole("button", { name: "Choose the forecast" }).click();
  await page.getByText("Plan uses: average of 60 methods, weighted by accuracy.").waitFor();
  const use = page.getByRole("button", { name: "Use this forecast" });
  const table = page.getByRole("table");
  await table.waitFor();
  const rows = table.locator("tbody tr");
  expect(await rows.count()).toBe(4);
  expect(await rows.first().textContent()).toMatch(
    /^Average of 60 methods, weighted by accuracy \(in use\)(\d\.\d\d \(\d\.\d\d to \d\.\d\d\)){3}$/,
  );
  await page.getByLabel("Forecast", { exact: true }).selectOption({ label: "Blend of the two" });
  await page.getByLabel("Count", { exact: true }).selectOption({ label: "Last 36 months" });
  await page.getByLabel("Share of the count").selectOption({ label: "30%" });
  expect(await rows.count()).toBe(5);
  await use.click();
  await page.getByText("Plan now uses this forecast").waitFor();
  await page
    .getByText(
      /^Plan uses: 30% count of the last 36 months, 70% average of 60 methods\. Chosen by /,
    )
    .waitFor();
  expect(await rows.last().textContent()).toContain("(in use)");
});

test("Undo takes the choice back; what another analyst chose meanwhile is told and stays", async () => {
  const { page } = await visit("analyst", "#/plan?view=forecast");
  const blend = /^Plan uses: 30% count of the last 36 months, 70% average of 60 methods\./;
  await page.getByText(blend).waitFor();
  const kind = page.getByLabel("Forecast", { exact: true });
  const use = page.getByRole("button", { name: "Use this forecast" });
  await kind.selectOption({ label: "Average of 60 methods" });
  await use.click();
  const average = page.getByText(/^Plan uses: average of 60 methods, weighted by accuracy\./);
  await average.waitFor();
  await page.getByRole("button", { name: /^Undo/ }).click();
  await page.getByText(blend).waitFor();

  const body = { choice: "count-3", instead: "blend-36-3" };
  expect((await page.request.put("/api/forecast-choice", { data: body })).ok()).toBe(true);
  await use.click();
  const told = page.getByRole("alert");
  await told.getByText("Somebody else chose first").waitFor();
  await told.getByText(/ chose meanwhile: count of the last 3 months\. /).waitFor();
  await page.getByText(/^Plan uses: count of the last 3 months\./).waitFor();
  await kind.selectOption({ label: "Blend of the two" });
  await page.getByLabel("Count", { exact: true }).selectOption({ label: "Last 36 months" });
  await page.getByLabel("Share of the count").selectOption({ label: "30%" });
  await use.click();
  await page.getByText(blend).waitFor();
  expect(await told.count()).toBe(0);
});

test("a sergeant reads the line of the plan and has nothing to choose", async () => {
  const { page } = await visit("sergeant", "#/plan");
  await ensurePlan(page, "suggested");
  await page.reload();
  await page.getByRole("button", { name: "How good is this plan?" }).click();
  await page
    .getByText(
      "Expected reports: 30% count of the last 36 months, 70% average of 60 methods, chosen by the analyst on 26 November 2021.",
    )
    .waitFor();
  expect(await page.getByRole("button", { name: "Choose the forecast" }).count()).toBe(0);
});
