import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Role } from "#core/model/role.ts";
import {
  openBrowser,
  type Page,
  seriousViolations,
  type TestBrowser,
  type Visit,
} from "#tests/browser/driver.ts";
import { textOfPages } from "#tests/browser/pdf-text.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";

let server: DemoServer;
let browser: TestBrowser;
let sergeant: Visit;

beforeAll(async () => {
  server = await startDemoServer();
  browser = await openBrowser();
  sergeant = await open("sergeant");
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

async function open(
  role: Role,
  fragment = "#/outcomes",
  more: { readonly theme?: "dark"; readonly width?: number } = {},
): Promise<Visit> {
  const visit = await browser.visit({ server: server.url, role, fragment, ...more });
  await visit.page.locator(".figures__card, .outcomes__form").first().waitFor();
  return visit;
}

const figures = (page: Page) => page.locator(".figures__count").allTextContents();
/** Counts of the demonstration that no rounded figure equals; shares may. */
const exact = /\b(?:63|141|43|58|41)\b(?!\s*%)/;
/** A difference with its verdict, or why there is none. */
const judged = /; .*(?:significantly|significant change|not enough to tell)|\d{4}: /;

test("the demonstration's five figures, in a row, with change and period", async () => {
  const { page } = sergeant;
  expect(await figures(page)).toEqual(["63", "141", "43", "60", "42"]);
  expect(await page.locator(".outcomes__sentence").textContent()).toBe(
    "1 Aug to 26 Nov 2021: arrests 63, stop and search 141, cautions 43, sex workers identified 60, kerb crawlers identified 42.",
  );
  const tops = await page
    .locator(".figures__card")
    .evaluateAll((cards) => cards.map((card) => card.getBoundingClientRect().top));
  expect(new Set(tops).size).toBe(1);
  expect(await page.locator(".figures__change").count()).toBe(10);
  for (const change of await page.locator(".figures__change").allTextContents()) {
    expect(change).toMatch(/(?:5 Apr to 31 Jul 2021|1 Aug to 26 Nov 2020)/);
  }
});

test("both charts and the funnel, each as picture, sentence and table of the same figures", async () => {
  const { page } = sergeant;
  const charts = page.locator(".outcomes__chart");
  expect(await charts.count()).toBe(7);
  for (const chart of await charts.all()) {
    const label = (await chart.locator("svg").getAttribute("aria-label")) ?? "";
    const [title, sentence] = [
      await chart.locator("h2").textContent(),
      await chart.locator("p").first().textContent(),
    ];
    expect(label).toBe(`${title}. ${sentence}`);
    await chart.getByText("Table", { exact: true }).click();
    expect(await chart.locator("tbody tr").count()).toBeGreaterThan(0);
  }
  const known = charts.filter({ hasText: "Previously known to police" });
  expect(await known.locator("p").first().textContent()).toContain("(71% of 49)");
  const funnel = charts.filter({ hasText: "Diversion courses" });
  const rows = await funnel.locator("tbody tr").allTextContents();
  expect(rows).toHaveLength(4);
  expect(rows[1]).toContain("41: 71% of the 58 offered");
  expect(await funnel.locator("svg").textContent()).toContain("41: 71% of the 58 offered");
});

test("another period shows what was counted, and says what was not typed for it", async () => {
  const visit = await open("sergeant", "#/outcomes?from=2021-09-01&to=2021-09-30");
  const { page } = visit;
  expect(await figures(page)).toHaveLength(2);
  expect(await page.locator(".figures__none").allTextContents()).toEqual([
    "not typed for that period",
    "not typed for that period",
    "not typed for that period",
  ]);
  await page.getByLabel("Period with typed totals").selectOption("2021-08-01 2021-11-26");
  await expect.poll(() => figures(page)).toEqual(["63", "141", "43", "60", "42"]);
  await page.getByLabel("To", { exact: true }).fill("2021-07-01");
  expect(await page.getByText("This lies before the first day").isVisible()).toBe(true);
  await visit.close();
});

describe("as it may leave", () => {
  test("a presenter sees fives alone, and nothing exact is in its page", async () => {
    const { page, problems, close } = await open("presenter");
    expect(await figures(page)).toEqual([
      "about 65",
      "about 140",
      "about 45",
      "about 60",
      "about 40",
    ]);
    expect(await page.locator(".outcomes").textContent()).not.toMatch(exact);
    for (const change of await page.locator(".figures__change").allTextContents()) {
      expect(change).toMatch(judged);
    }
    // From 35 of 49 that are known a reader of 35 and 15 can tell no more than this.
    expect(await page.locator(".outcomes__charts").textContent()).toContain(
      "best estimate 66% to 74% of about 50",
    );
    expect(await page.getByText("By month", { exact: true }).count()).toBe(0);
    expect(await page.getByText("Fewer than 10 does not mean none").count()).toBe(1);
    expect(problems).toEqual([]);
    await close();
  });

  test("files and pictures are made of rounded figures, carry the mark, and are noted first", async () => {
    const { page, close } = await open("sergeant");
    expect(await page.getByRole("button", { name: "Picture (PNG)" }).count()).toBe(0);
    // Chosen once its figures are there.
    await page.getByRole("radio", { name: "As it may leave" }).click();
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
    const [png] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Picture (PNG)" }).first().click(),
    ]);
    expect(
      readFileSync(await png.path())
        .subarray(1, 4)
        .toString(),
    ).toBe("PNG");
    expect(noted).toEqual([
      JSON.stringify({ from: "2021-08-01", to: "2021-11-26", form: "csv" }),
      JSON.stringify({ from: "2021-08-01", to: "2021-11-26", form: "png" }),
    ]);
    await close();
  });

  test("paper never holds an exact figure: of exact ones it says how to print", async () => {
    const shown = await open("sergeant");
    const bare = textOfPages(await shown.page.pdf()).join(" ");
    expect(bare.replace(/\s/g, "")).toContain("Exactfiguresarenotprinted");
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
    await page.getByLabel("The whole").fill("7");
    await page.getByLabel("Parts by").selectOption("known_before");
    await page.getByLabel("Yes", { exact: true }).fill("8");
    await page.getByRole("button", { name: "Keep", exact: true }).click();
    await page.getByText("A whole is never below its parts").first().waitFor();
    await page.getByLabel("Yes", { exact: true }).fill("5");
    await page.getByRole("button", { name: "Keep", exact: true }).click();
    await page.getByText("2 totals kept").waitFor();
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
    await dialog.getByLabel("Why").selectOption("records_came_late");
    await dialog.getByRole("button", { name: "Save" }).click();
    await page
      .getByText(/corrected$/)
      .first()
      .click();
    expect(await page.locator(".outcomes__history").first().textContent()).toContain(
      "from 7 to 9. Records came late",
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
    const [png] = await Promise.all([
      page.waitForEvent("download"),
      chart.getByRole("button", { name: "Picture (PNG)" }).click(),
    ]);
    expect(png.suggestedFilename()).toContain("by-month-awareness-courses");
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

  test("by nationality are offered once an administrator has recorded the lawful basis", async () => {
    const analyst = await open("analyst", "#/outcomes?part=tallies");
    const parts = analyst.page.getByLabel("Parts by");
    await analyst.page.getByLabel("What was counted").selectOption("sex_workers_identified");
    expect(await parts.locator("option").allTextContents()).not.toContain("Nationality");
    const admin = await browser.visit({
      server: server.url,
      role: "admin",
      fragment: "#/accounts",
    });
    await admin.page
      .getByText("nothing is recorded, so no total by it can be typed")
      .first()
      .waitFor();
    await admin.page.getByLabel("Reference of the policy document").fill("APD 2021/4");
    await admin.page.getByRole("button", { name: "Record", exact: true }).click();
    await admin.page.getByText("policy document APD 2021/4").waitFor();
    expect(await seriousViolations(admin.page)).toEqual([]);
    await analyst.page.reload();
    await analyst.page.getByLabel("What was counted").selectOption("sex_workers_identified");
    expect(await parts.locator("option").allTextContents()).toContain("Nationality");
    await Promise.all([analyst.close(), admin.close()]);
  });

  test("of a partner's own contacts are its own, behind a click", async () => {
    const { page, problems, close } = await browser.visit({
      server: server.url,
      role: "partner",
      partner: "a",
      fragment: "#/outreach",
      width: 390,
      height: 844,
    });
    await page.getByText("Our contacts", { exact: true }).click();
    await page.getByLabel("Contacts", { exact: true }).fill("31");
    await page.getByRole("button", { name: "Keep", exact: true }).click();
    await page.getByText("31 contacts").waitFor();
    expect(problems).toEqual([]);
    await close();
  });
});

test.each([
  ["sergeant", "#/outcomes", undefined, 1280],
  ["presenter", "#/outcomes", "dark", 768],
  ["analyst", "#/outcomes?part=tallies", "dark", 768],
] as const)(
  "%s, %s, %s at %i px: no serious fault, nothing cut off sideways",
  async (role, fragment, theme, width) => {
    const { page, problems, close } = await open(role, fragment, {
      ...(theme ? { theme } : {}),
      width,
    });
    expect(await seriousViolations(page)).toEqual([]);
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(over).toBeLessThanOrEqual(0);
    expect(problems).toEqual([]);
    await close();
  },
);
