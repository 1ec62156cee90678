import { describe, expect, test } from "vitest";
import type { Role } from "#core/role.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openMore } from "#tests/browser/protected-time/outreach-support.ts";
import { openPages, type Page, type Visit } from "#tests/component/driver.ts";

const { browser } = demoWith(openPages);

async function open(
  role: Role,
  fragment = "#/outcomes",
  more: { readonly theme?: "dark"; readonly width?: number } = {},
): Promise<Visit> {
  const visit = await browser.visit({ role, fragment, ...more });
  await visit.page.locator(".figures__card, .outcomes__form").first().waitFor();
  return visit;
}

const figures = (page: Page) => page.locator(".figures__count").allTextContents();
/** Counts of the demonstration that no rounded figure equals; shares may. */
const exact = /\b(?:63|141|43|58|41)\b(?!\s*%)/;
/** An earlier figure with its verdict, or why there is none; never a difference. */
const judged =
  /: (?:(?:about )?\d+, .*(?:significantly|significant change|not enough to tell)|[a-z][a-z ,]+$)/;

test("the demonstration's five figures, with change and period", async () => {
  const { page } = await open("sergeant");
  expect(await figures(page)).toEqual(["63", "141", "43", "60", "42"]);
  expect(await page.locator(".outcomes__sentence").textContent()).toBe(
    "1 Aug to 26 Nov 2021: no significant change in these figures, from before or a year ago.",
  );
  expect(await page.locator(".figures__change").count()).toBe(10);
  await page
    .getByText("Before: 5 Apr to 31 Jul 2021. A year ago: 1 Aug to 26 Nov 2020.", { exact: true })
    .waitFor();
  await page.getByText("How this is calculated").click();
  const [arrests] = await page.locator(".outcomes__notes li").allTextContents();
  expect(arrests).toBe(
    "Arrests. Arrests of every kind in the area. Counted from the records of 1 Aug to 26 Nov 2021. 15 more than 5 Apr to 31 Jul 2021 (manual total 48); no significant change, counted differently. 6 more than 1 Aug to 26 Nov 2020 (manual total 57); no significant change, counted differently.",
  );
});

test("SAFEGUARDS 7: no exact chart is a picture; each rounded one is, and the log before it", async () => {
  const { page } = await open("sergeant");
  const pictures = page.locator(".outcomes__chart .popover");
  expect(await page.locator(".outcomes__chart").count()).toBeGreaterThan(0);
  expect(await pictures.count()).toBe(0);
  await page.getByRole("radio", { name: "Rounded for sharing" }).check();
  await page.locator(".outcomes:not(.outcomes--exact) .figures__card").first().waitFor();
  expect(await pictures.count()).toBe(await page.locator(".outcomes__chart").count());
  await pictures.first().getByRole("button").click();
  const noted = page.waitForRequest((request) => request.url().endsWith("/api/audit/pictures"));
  await page.getByRole("button", { name: "Download PNG" }).click();
  expect((await noted).postDataJSON()).toEqual({ screen: "outcomes" });
});

test("both charts and the funnel, each as picture, sentence and table of the same figures", async () => {
  const { page } = await open("sergeant");
  const charts = page.locator(".outcomes__chart");
  expect(await charts.count()).toBe(8);
  for (const chart of await charts.all()) {
    const label = (await chart.locator("svg").getAttribute("aria-label")) ?? "";
    expect(label).toContain(`${await chart.locator("h2, h3").textContent()}. `);
    for (const lead of await chart.locator("p").allTextContents()) {
      expect(label.toLowerCase()).toContain(lead.toLowerCase());
    }
    await chart.getByText("Table", { exact: true }).click();
    expect(await chart.locator("tbody tr").count()).toBeGreaterThan(0);
  }
  const known = charts.filter({ hasText: "Previously known to police" });
  expect(await known.locator("svg").textContent()).toContain("best estimate 71% of 49");
  const funnel = charts.filter({ hasText: "Diversion courses" });
  const rows = await funnel.locator("tbody tr").allTextContents();
  expect(rows).toHaveLength(4);
  expect(rows[1]).toContain("41: 71% of the 58 offered");
  expect(await funnel.locator("svg").textContent()).toContain("41: 71% of the 58 offered");
});

test("trust and enforcement: a picture, its words and its table, and nothing partners told for sharing", async () => {
  const { page } = await open("sergeant");
  const chart = page.locator(".outcomes__chart").filter({ hasText: "Trust and enforcement" });
  const label = (await chart.locator("svg").getAttribute("aria-label")) ?? "";
  expect(label).toContain(
    "Harm reports passed to police with consent: 1 in May 2021, 4 in October 2021, not enough to tell.",
  );
  expect(label).toContain(
    "Referrals to independent advisers: 6 in August 2021, 10 in October 2021",
  );
  await chart.getByText("Table", { exact: true }).click();
  expect(await chart.locator("tbody tr").count()).toBe(6);
  expect(await chart.locator("tbody tr").first().textContent()).toContain(
    "not entered for that period",
  );
  expect(await chart.locator("thead th").allTextContents()).toEqual([
    "Month",
    "Reports of harm made by women",
    "Referrals to independent advisers",
    "Incidents of harm reported to partners",
    "Harm reports passed to police with consent",
    "Arrests",
    "Stop and search",
  ]);
  await page.getByRole("radio", { name: "Rounded for sharing" }).check();
  await expect.poll(() => page.getByText("Print", { exact: true }).count()).toBe(1);
  expect(await page.locator(".outcomes").textContent()).not.toMatch(/partners|consent/);
});

test("another period shows what was counted, and says what was not typed for it", async () => {
  const visit = await open("sergeant", "#/outcomes?from=2021-09-01&to=2021-09-30");
  const { page } = visit;
  expect(await figures(page)).toHaveLength(2);
  expect(await page.locator(".figures__none").allTextContents()).toEqual([
    "not entered for that period",
    "not entered for that period",
    "not entered for that period",
  ]);
  await page.getByLabel("Period with manual totals").selectOption("2021-08-01 2021-11-26");
  await expect.poll(() => figures(page)).toEqual(["63", "141", "43", "60", "42"]);
  await page.getByLabel("To", { exact: true }).fill("2021-07-01");
  expect(await page.getByText("This is before the first day").isVisible()).toBe(true);
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
    expect(await page.getByText("“Fewer than 10” means 0 to 9, the same everywhere").count()).toBe(
      1,
    );
    expect(problems).toEqual([]);
    await close();
  });
});

describe("typed totals", () => {
  test("by nationality are offered once an administrator has recorded the lawful basis", async () => {
    const asAnalyst = async () => {
      const { page } = await open("analyst", "#/outcomes?part=tallies");
      await page.getByLabel("What was counted").selectOption("sex_workers_identified");
      return page.getByLabel("Broken down by").locator("option").allTextContents();
    };
    expect(await asAnalyst()).not.toContain("Nationality");
    const admin = await browser.visit({ role: "admin", fragment: "#/accounts" });
    await admin.page
      .getByText("no lawful basis recorded, so totals by it cannot be entered")
      .first()
      .waitFor();
    await admin.page.getByLabel("Reference of the policy document").fill("APD 2021/4");
    await admin.page.getByRole("button", { name: "Record", exact: true }).click();
    await admin.page.getByText("policy document APD 2021/4").waitFor();
    expect(await asAnalyst()).toContain("Nationality");
  });

  test("of a partner's own contacts are its own, behind a click", async () => {
    const { page, problems, close } = await browser.visit({
      role: "partner",
      partner: "a",
      fragment: "#/outreach",
      width: 390,
      height: 844,
    });
    await openMore(page, "Your record");
    await page.getByText("Our contacts", { exact: true }).click();
    await page.getByLabel("Contacts", { exact: true }).fill("31");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("31 contacts").waitFor();
    expect(problems).toEqual([]);
    await close();
  });
});
