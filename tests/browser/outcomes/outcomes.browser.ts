import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Role } from "#core/role.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, seriousViolations, type Visit } from "#tests/browser/driver.ts";
import { textOfPages } from "#tests/browser/pdf-text.ts";

const { browser } = demoWith(openBrowser);

async function open(
  role: Role,
  fragment = "#/outcomes",
  more: { readonly theme?: "dark"; readonly width?: number } = {},
): Promise<Visit> {
  const visit = await browser.visit({ role, fragment, ...more });
  await visit.page.locator(".figures__card, .outcomes__form").first().waitFor();
  return visit;
}

/** Counts of the demonstration that no rounded figure equals; shares may. */
const exact = /\b(?:63|141|43|58|41)\b(?!\s*%)/;

describe("as it may leave", () => {
  test("files are made of rounded figures, carry the mark, and are noted first", async () => {
    const { page, close } = await open("sergeant");
    expect(await page.getByRole("button", { name: "Figures (CSV)" }).count()).toBe(0);
    // Chosen once its figures are there.
    await page.getByRole("radio", { name: "Rounded for sharing" }).click();
    await page.getByRole("button", { name: "Figures (CSV)" }).waitFor();
    const noted: string[] = [];
    page.on("request", (request) => {
      if (request.url().endsWith("/api/outcomes/exports")) noted.push(request.postData() ?? "");
    });
    const [csv] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Figures (CSV)" }).click(),
    ]);
    expect(csv.suggestedFilename()).toContain("made-up-data");
    const text = readFileSync(await csv.path(), "utf8");
    expect(text.startsWith("MADE-UP DATA")).toBe(true);
    expect(text).toContain("snapshot,Arrests,2021-08-01,2021-11-26,65");
    expect(text).not.toMatch(/,(?:63|141|43|42)(?:,|\r)/);
    expect(noted).toEqual([JSON.stringify({ from: "2021-08-01", to: "2021-11-26" })]);
    await close();
  });

  test("paper never holds an exact figure: of exact ones it says how to print", async () => {
    const shown = await open("sergeant");
    const bare = textOfPages(await shown.page.pdf()).join(" ");
    expect(bare.replace(/\s/g, "")).toContain("Exactfigurescannotbeprinted");
    expect(bare).not.toMatch(exact);
    await shown.close();
    const shared = await open("presenter");
    const words = textOfPages(await shared.page.pdf()).join(" ");
    expect(words.replace(/\s/g, "")).toContain("MADE-UPDATA");
    expect(words.replace(/\s/g, "")).toContain("Diversioncourses");
    expect(words).not.toMatch(exact);
    await shared.close();
  });
});

describe("typed totals", () => {
  test("are typed with their parts in one go, corrected with a reason, and heard of by an open screen", async () => {
    const week = "#/outcomes?from=2021-11-15&to=2021-11-21";
    const [watching, { page, close }] = await Promise.all([
      open("sergeant", week),
      open("analyst", "#/outcomes?part=tallies"),
    ]);
    await page.getByLabel("What was counted").selectOption("kerb_crawlers_identified");
    await page.getByLabel("First day").fill("2021-11-15");
    await page.getByLabel("Last day").fill("2021-11-21");
    await page.getByRole("textbox", { name: "Total" }).fill("7");
    await page.getByLabel("Broken down by").selectOption("known_before");
    await page.getByLabel("Yes", { exact: true }).fill("8");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Correct one of them").first().waitFor();
    await page.getByLabel("Yes", { exact: true }).fill("5");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("2 totals saved").waitFor();
    await expect
      .poll(() => watching.page.locator("[data-measure=kerb_crawlers_identified]").textContent())
      .toMatch(/kerb crawlers7/);
    const correct = {
      name: /^Correct People identified by police as kerb crawlers, 15 Nov to 21 Nov/,
    };
    await page.getByRole("button", correct).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Total").fill("-1");
    expect(await dialog.getByText("cannot be negative").isVisible()).toBe(true);
    await dialog.getByLabel("Total").fill("9");
    await dialog.getByLabel("Reason").selectOption("records_came_late");
    await dialog.getByRole("button", { name: "Save" }).click();
    await page
      .getByText(/corrected$/)
      .first()
      .click();
    expect(await page.locator(".outcomes__history").first().textContent()).toContain(
      "from 7 to 9. Late records",
    );
    await Promise.all([close(), watching.close()]);
  });

  test("of whole months may leave by month, in fives, as picture and file", async () => {
    const { page, close } = await open("analyst", "#/outcomes?view=shared");
    expect(await page.locator("#given-months").count()).toBe(0);
    const session = await page.request.get("/api/session");
    const { pageToken } = (await session.json()) as { pageToken: string };
    const kept = await page.request.post("/api/tallies", {
      headers: { "x-boxster-token": pageToken },
      data: {
        totals: [
          { measure: "awareness_courses", from: "2021-02-01", to: "2021-02-28", value: 13 },
          { measure: "awareness_courses", from: "2021-03-01", to: "2021-03-31", value: 4 },
        ],
      },
    });
    expect(kept.status(), await kept.text()).toBe(200);
    const chart = page.locator(".outcomes__chart", {
      hasText: "Awareness courses attended by month",
    });
    await chart.waitFor();
    expect(await chart.locator("p").first().textContent()).toContain(
      "the most in February 2021, about 15",
    );
    await chart.getByText("Table", { exact: true }).click();
    expect(await chart.locator("tbody tr").allTextContents()).toEqual([
      "Feb 2021about 15",
      "Mar 2021fewer than 10, or withheld",
    ]);
    const [csv] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Figures (CSV)" }).click(),
    ]);
    const text = readFileSync(await csv.path(), "utf8");
    expect(text).toContain("by month,Awareness courses attended,2021-02-01,2021-02-28,15");
    expect(text).not.toMatch(/,(?:13|4)(?:,|\r)/);
    expect(await seriousViolations(page)).toEqual([]);
    await close();
  });
});
