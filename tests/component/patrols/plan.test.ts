import { beforeAll, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { plansOf } from "#tests/browser/patrols/plan-support.ts";
import { openPages, type Page, type Visit } from "#tests/component/driver.ts";

/** The sergeant asks for a plan and reads it: one story, each test a step of it. */
const { browser } = demoWith(openPages);
let sergeant: Visit;
let page: Page;

beforeAll(async () => {
  sergeant = await browser.visit({ role: "sergeant", fragment: "#/plan" });
  page = sergeant.page;
});

const plans = () => plansOf(page);

test("the plan opens on next week and shows protected time", async () => {
  const clear = page.locator(".week__keep-clear");
  await clear.first().waitFor();
  // By its day as well: whoever hears it sees no column.
  const named = await clear.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
  for (const name of named) {
    expect(name).toMatch(
      /^Keep clear (Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d+ \w+, \d\d:\d\d to \d\d:\d\d$/,
    );
  }
  // Whole, although the rows begin at 14:00 with the first shift.
  expect(named).toContain("Keep clear Wed 1 Dec, 09:00 to 11:30");
  expect(await page.getByLabel("First day").inputValue()).toBe("2021-11-29");
  const legend = page.getByText(/^Keep clear \(see map\), known to /);
  expect(await legend.isVisible()).toBe(true);
});

test("a wrong shift is refused beside its field and nothing can be asked of the server", async () => {
  await page.getByLabel("Shifts").fill("late");
  await page.getByText('not "late"').waitFor();
  expect(await page.getByRole("button", { name: "Suggest" }).isDisabled()).toBe(true);
  expect(await plans()).toEqual([]);
  await page.getByLabel("Shifts").fill("14-22, 22-02");
});

test("days past what is shown say so, in the week, on the map and at their field", async () => {
  await page.getByLabel("First day").fill("2021-12-06");
  const unknown = page.locator(".week__unknown");
  // Past midnight on the last night, and the two days after it.
  await expect.poll(() => unknown.count()).toBe(3);
  const legend = page.getByRole("list", { name: "Legend", exact: true });
  expect(await legend.getByText("known to Fri 10 Dec").isVisible()).toBe(true);
  expect(await page.getByText(/^Up to 5: keep clear is shown to Fri 10 Dec/).isVisible()).toBe(
    true,
  );
  expect(await page.getByRole("button", { name: "Suggest" }).isDisabled()).toBe(true);
  await page.getByLabel("First day").fill("2021-12-13");
  await page.getByText("Keep clear: not shown yet for these days").waitFor();
  expect(await page.locator(".week__keep-clear").count()).toBe(0);
  await page.getByLabel("First day").fill("2021-11-29");
  await expect.poll(() => unknown.count()).toBe(0);
  expect(await page.getByRole("button", { name: "Suggest" }).isEnabled()).toBe(true);
});

test("Suggest shows a first plan with a way to cancel, then the stored one", async () => {
  await page.getByRole("button", { name: "Suggest" }).click();
  await page.getByRole("button", { name: "Cancel" }).waitFor();
  await page.locator("[data-window]").first().waitFor();
  await page.getByRole("button", { name: /^Approve \d+ patrols/ }).waitFor({ timeout: 60_000 });
  const [plan] = await plans();
  expect(await page.locator("[data-window]").count()).toBe(plan?.windows.length);
  expect(await page.getByText(/patrols suggested, /).isVisible()).toBe(true);
});

test("a window says why here, why now, its light, its share and when it was checked", async () => {
  await page.locator("[data-window]").first().click();
  const panel = page.getByRole("article");
  for (const words of [/Why here/, /Why now/, /light|dark/, /of the reports forecast/]) {
    expect(await panel.getByText(words).first().isVisible(), String(words)).toBe(true);
  }
  await panel.getByText(/No keep-clear conflict, checked \d\d:\d\d/).waitFor();
  // Nothing near it tells how near.
  expect(await panel.textContent()).not.toMatch(
    /\d+ (m|metres|min) (from|to) (outreach|protected)/i,
  );
});

test("the cost panel has the sentence's hours and the caps; share and bound come with a click", async () => {
  const cost = page.getByRole("region", { name: "What this plan costs" });
  const [, hours] =
    /suggested, (.+?), at the busiest places in their busiest hours; no plan with these shifts covers (over \d+% )?more/.exec(
      (await page.locator(".plan__sentence").textContent()) ?? "",
    ) ?? ["", "no hours"];
  expect(await cost.getByText(hours, { exact: true }).isVisible()).toBe(true);
  const visits = cost.getByText(
    /\d visits? on its busiest day \(limit 4\), \d+ this week \(limit 16\)/,
  );
  expect(await visits.isVisible()).toBe(true);
  await cost.getByText(/No conflict, checked \d\d:\d\d/).waitFor();
  const bound = page.getByText(
    /^No plan with these shifts could do (more than [\d.]+% )?better\.$/,
  );
  expect(await bound.count()).toBe(0);
  await page.getByRole("button", { name: "How good is this plan?" }).click();
  await bound.waitFor();
  await page.getByText(/^Covers about 1 in \d+ forecast reports: [\d.]+ of [\d.]+ \(/).waitFor();
  expect(await page.getByText(/\bseed\b|\bgap\b/i).count()).toBe(0);
  await page.keyboard.press("Escape");
});

test("how hard its arrival times are to predict stands beside it, with what was given for it", async () => {
  const cost = page.getByRole("region", { name: "What this plan costs" });
  const [plan] = await plans();
  const score = Math.round(100 * (plan?.arrivalTimes?.score ?? 0));
  expect(plan?.options?.varyTimes).toBe(true);
  expect(score).toBeGreaterThan(50);
  const said = await cost.locator(".cost__figure").nth(2).textContent();
  expect(said).toContain(`Varied arrival times${score} of 100`);
  await page.getByRole("button", { name: "How good is this plan?" }).click();
  await page.getByText("How this is calculated").click();
  await page.getByText(/^Arrival times: an observer would guess the half-hour /).waitFor();
  await page.getByText(/At most 1% of what the plan covers was given up/).waitFor();
  await page.keyboard.press("Escape");
});

test("no window argues against itself, each box has its unit, and worth is ranked", async () => {
  const [plan] = await plans();
  const windows = plan?.windows ?? [];
  expect(windows.length).toBeGreaterThan(10);
  expect(windows.filter(({ whyNow }) => whyNow.includes("fewer reports"))).toEqual([]);
  const faces = await page.locator("[data-window] .week__face").allTextContents();
  expect(faces.every((face) => /^\d\d:\d\d (?:U[12]|W[12]) \S/.test(face))).toBe(true);
  expect(faces.filter((face) => face.includes(" by "))).toEqual([]);
  expect(await page.locator(".week__block--best").count()).toBe(10);
  const best = [...windows].sort((a, b) => b.expected - a.expected)[0];
  await page.locator(`[data-window="${best?.id}"]`).click();
  await page.getByText(`priority 1 of ${windows.length}`).waitFor();
});

test("while fields are wrong no plan is shown or offered, and mended ones bring it back", async () => {
  const offered = page.getByRole("button", { name: /^(Approve|Withdraw|Discard|Briefing)/ });
  const count = await page.locator("[data-window]").count();
  expect(await offered.count()).toBeGreaterThan(0);
  for (const [label, wrong, right] of [
    ["Units at a time", "0", "2"],
    ["Shifts", "rubbish", "14-22, 22-02"],
    ["Days", "40", "7"],
  ] as const) {
    await page.getByLabel(label, { exact: true }).fill(wrong);
    await page.getByText("These days cannot be shown yet").waitFor();
    expect(await offered.count(), label).toBe(0);
    expect(await page.locator("[data-window]").count(), label).toBe(0);
    expect(await page.locator(".plan__sentence").count(), label).toBe(0);
    await page.getByLabel(label, { exact: true }).fill(right);
    await expect.poll(() => page.locator("[data-window]").count()).toBe(count);
  }
});

test("a plan is of its own days: Monday after its last night has none, after a reload too", async () => {
  await page.getByLabel("First day").fill("2021-12-06");
  await page.getByText("No plan for these days yet").waitFor();
  const isEmpty = async () => {
    expect(await page.locator(".plan__sentence").count()).toBe(0);
    expect(await page.getByRole("button", { name: /^(Approve|Withdraw|Discard)/ }).count()).toBe(0);
    expect(await page.getByRole("region", { name: "What this plan costs" }).count()).toBe(0);
  };
  await isEmpty();
  // A suggestion is under way, its answer never comes, and the page is loaded again.
  await page.route("**/api/plans/suggest", () => undefined);
  await page.getByLabel("Days", { exact: true }).fill("5");
  await page.getByRole("button", { name: "Suggest" }).click();
  await page.getByRole("button", { name: "Cancel", exact: true }).waitFor();
  await isEmpty();
  await page.reload();
  await page.getByText("No plan for these days yet").waitFor();
  await isEmpty();
  await page.unroute("**/api/plans/suggest");
  // Days that share one with the plan: it is shown with all of its days, and says which they are.
  await page.getByLabel("First day").fill("2021-12-04");
  await expect.poll(() => page.locator(".week__day").count()).toBe(10);
  expect(await page.locator(".plan__sentence").textContent()).toMatch(
    /^P\d+-1, Mon 29 Nov to Sun 5 Dec\. \d+ patrols suggested/,
  );
  const [plan] = await plans();
  expect(await page.locator("[data-window]").count()).toBe(plan?.windows.length);
  await page.getByLabel("First day").fill("2021-11-29");
  await page.getByLabel("Days", { exact: true }).fill("7");
  await page.locator("[data-window]").first().waitFor();
});

test("arrow keys move between windows, and the list holds the same ones", async () => {
  const focused = () =>
    page.evaluate(() => document.activeElement?.getAttribute("data-window") ?? null);
  await page.locator("[data-window]").first().focus();
  const first = await focused();
  await page.keyboard.press("ArrowRight");
  const second = await focused();
  expect(second).not.toBeNull();
  expect(second).not.toBe(first);
  await page.keyboard.press("Enter");
  await expect.poll(() => page.url()).toContain(`window=${second}`);
  await page.getByRole("radio", { name: "List" }).check();
  const [plan] = await plans();
  expect(await page.locator("tr[data-key]").count()).toBe(plan?.windows.length);
  expect(await page.locator("tr[aria-selected=true]").getAttribute("data-key")).toBe(second);
  await page.getByRole("radio", { name: "Week" }).check();
});

test("nothing went wrong on the way", () => {
  expect(sergeant.problems).toEqual([]);
});

test("refused calendars: nothing is suggested, with the reason, and the plan stays", async () => {
  const visit = await browser.visit({ role: "sergeant", fragment: "#/plan" });
  await visit.page.route("**/api/plans/suggest", (route) =>
    route.fulfill({
      status: 409,
      contentType: "application/problem+json",
      body: JSON.stringify({
        type: "about:blank",
        title: "No suggestion",
        status: 409,
        detail: "An outreach calendar could not be read.",
      }),
    }),
  );
  await visit.page.getByRole("button", { name: "Suggest again" }).click();
  const note = visit.page.getByRole("alert");
  await note.waitFor();
  expect(await note.textContent()).toContain(
    "No suggestion, because an outreach calendar could not be read.",
  );
  expect(await visit.page.locator("[data-window]").count()).toBeGreaterThan(0);
  await visit.page.getByRole("button", { name: "Close this message" }).click();
  expect(await note.count()).toBe(0);
  await visit.close();
});

test("cancelling a suggestion leaves the plan as it was", async () => {
  const visit = await browser.visit({ role: "sergeant", fragment: "#/plan" });
  const before = (await plansOf(visit.page)).length;
  // The server's answer never comes, so that Cancel has something to cancel.
  await visit.page.route("**/api/plans/suggest", () => undefined);
  await visit.page.locator("[data-window]").first().waitFor();
  const count = await visit.page.locator("[data-window]").count();
  await visit.page.getByRole("button", { name: "Suggest again" }).click();
  await visit.page.getByRole("button", { name: "Cancel", exact: true }).click();
  await expect.poll(() => visit.page.locator("[data-window]").count()).toBe(count);
  expect((await plansOf(visit.page)).length).toBe(before);
  await visit.close();
});
