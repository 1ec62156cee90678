import { expect, test } from "vitest";
import type { WardenWindowsReply } from "#core/patrols/wire/wardens.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { plansOf } from "#tests/browser/patrols/plan-support.ts";
import { openPages, type Page } from "#tests/component/driver.ts";
import { fillPlanned } from "#tests/support/planned.ts";

/** What a warden coordinator is shown, and what the sergeant and the administrator see of wardens; one story. */
const { browser } = demoWith(openPages, {}, fillPlanned);

/** Reports, what is expected of them, outreach and police: no word of any of it is this role's but the map's source. */
const notTheirs =
  /.{0,40}(outreach|\breport(s|ed)?\b|forecast|hotspot|(?<!data\.)police|session|priority|\bevents?\b|most visited|effect).{0,20}/i;

/** All that the page says, attributes that are read out included. */
const said = (page: Page) =>
  page
    .locator("body")
    .evaluateAll((all) =>
      all
        .flatMap((body) => [
          body.textContent,
          ...[...body.querySelectorAll("[aria-label], [title]")].flatMap((one) => [
            one.getAttribute("aria-label"),
            one.getAttribute("title"),
          ]),
        ])
        .join(" | "),
    );

async function ownWindows(page: Page): Promise<WardenWindowsReply["windows"]> {
  const reply = await page.request.get("/api/warden/windows?from=2021-11-29&days=7");
  return ((await reply.json()) as WardenWindowsReply).windows;
}

test("no screen of a warden coordinator has a word of reports, outreach or police, or a patrol of theirs", async () => {
  const { page, problems, close } = await browser.visit({ role: "warden" });
  await page.locator("[data-window]").first().waitFor();
  const own = await ownWindows(page);
  expect(own.length).toBeGreaterThan(0);
  expect(await page.locator("[data-window]").count()).toBe(own.length);
  expect(await page.getByRole("navigation", { name: "Screens" }).textContent()).toBe("Plan");
  const seen: string[] = [await said(page)];
  await page.locator("[data-window]").first().click();
  await page.getByText("Busy place at this time.").waitFor();
  seen.push(await said(page));
  await page.getByRole("button", { name: "Help" }).click();
  await page.getByText("Your units' patrols of the week.").waitFor();
  seen.push(await said(page));
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await page.getByRole("radio", { name: "List" }).check();
  await page.getByRole("columnheader", { name: "Where" }).waitFor();
  expect(await page.getByRole("columnheader").allTextContents()).toEqual([
    "When",
    "Where",
    "Unit",
    "Stops",
    "Light",
    "State",
  ]);
  seen.push(await said(page));
  const go = async (fragment: string, words: string) => {
    await page.evaluate((to) => {
      window.location.hash = to;
    }, fragment);
    await page.getByText(words).first().waitFor();
    seen.push(await said(page));
  };
  await go("#/plan?view=ask", "Use map centre");
  await go("#/plan?view=staffing", "Units on duty");
  await go("#/plan?view=debrief", "No shift to debrief");
  // Typed by hand, the pages of others are the own week.
  for (const other of ["#/plan?view=attended", "#/plan?view=forecast", "#/hotspots", "#/panel"]) {
    await go(other, "Show as");
  }
  for (const words of seen) expect(words.match(notTheirs)?.[0]).toBeUndefined();
  expect(problems).toEqual([]);
  await close();
});

test("hours are those of own units alone, and nothing else is asked", async () => {
  const { page, close } = await browser.visit({ role: "warden", fragment: "#/plan?view=staffing" });
  await page.getByRole("table", { name: "Units on duty" }).waitFor();
  expect(await page.getByRole("heading").allTextContents()).not.toContain("Interviews");
  const rows = () => page.getByRole("table", { name: "Units on duty" }).getByRole("row").count();
  const before = await rows();
  await page.getByLabel("Unit", { exact: true }).selectOption("3");
  await page.getByLabel("Hours").fill("18-23");
  await page.getByRole("button", { name: "Add a unit" }).click();
  await page.getByRole("button", { name: "Save the staffing" }).click();
  await page.getByText("Staffing saved").waitFor();
  await page.reload();
  await page.getByRole("table", { name: "Units on duty" }).waitFor();
  expect(await rows()).toBe(before + 1);
  await close();
});

test("the sergeant reads whose unit it is, and approves one kind alone", async () => {
  const { page, close } = await browser.visit({ role: "sergeant", fragment: "#/plan" });
  await page.locator("[data-window]").first().waitFor();
  const [plan] = await plansOf(page);
  const theirs = plan?.windows.filter(({ patrolPartner }) => patrolPartner !== null) ?? [];
  const police = (plan?.windows.length ?? 0) - theirs.length;
  expect(Math.min(theirs.length, police)).toBeGreaterThan(0);
  await page.getByText(/Also on duty: \d+ of Enfield wardens/).waitFor();
  const mark = `Wardens ${(theirs[0]?.unit ?? 0) - 100}`;
  await page.getByRole("radio", { name: "List" }).check();
  await page.getByRole("cell", { name: mark, exact: true }).first().waitFor();
  await page.getByRole("radio", { name: "Police" }).check();
  expect(await page.getByRole("cell", { name: mark, exact: true }).count()).toBe(0);
  await page.getByRole("button", { name: `Approve ${police} patrols` }).click();
  await expect
    .poll(async () => (await plansOf(page))[0]?.windows.filter((one) => one.status === "agreed"))
    .toHaveLength(police);
  await page.getByRole("radio", { name: "Wardens" }).check();
  await page.getByRole("button", { name: /^Approve \d+ patrols?$/ }).waitFor();
  const left = (await plansOf(page))[0]?.windows.filter(({ status }) => status === "suggested");
  expect(left?.every(({ patrolPartner }) => patrolPartner !== null)).toBe(true);
  await close();
});

test("the coordinator approves the rest, and the paper of each unit speaks to wardens", async () => {
  const { page, close } = await browser.visit({ role: "warden" });
  await page.getByRole("button", { name: /^Approve \d+ patrols?$/ }).click();
  await expect
    .poll(async () => (await ownWindows(page)).every(({ status }) => status === "agreed"))
    .toBe(true);
  await page.getByRole("button", { name: "Briefing" }).click();
  await page
    .getByRole("heading", { name: /^Neighbourhood patrol, wardens: unit [12]$/ })
    .first()
    .waitFor();
  const words = await said(page);
  expect(words).toContain("Do not stop, search or hold anyone.");
  expect(words).toContain("In an emergency call 999 first");
  expect(words).not.toContain("Why now");
  expect(words.match(notTheirs)?.[0]).toBeUndefined();
  await page.getByRole("button", { name: "Check it is valid" }).click();
  await expect
    .poll(() => page.locator(".number-check__answer").textContent())
    .toMatch(/W20211129-7-[0-9A-F]{8}, \d\d:\d\d: Valid/);
  await close();
});

test("an administrator adds a patrol partner and its coordinator, whom a second person must confirm", async () => {
  const { page, close } = await browser.visit({ role: "admin" });
  await page.getByRole("button", { name: "Add a patrol partner" }).click();
  const form = page.getByRole("form", { name: "Patrol partner" });
  await form.getByLabel("Name").fill("Fore Street marshals");
  await form.getByLabel("Kind").selectOption({ label: "Marshals" });
  await form.getByLabel("Walking speed, km/h").fill("40");
  await form.getByRole("button", { name: "Add", exact: true }).click();
  await form.getByText("2 to 7").waitFor();
  await form.getByLabel("Walking speed, km/h").fill("4,5");
  await form.getByLabel("Enfield", { exact: true }).check();
  await form.getByRole("button", { name: "Add", exact: true }).click();
  const row = page.getByRole("row", { name: /Fore Street marshals/ });
  await row.waitFor();
  expect(await row.textContent()).toContain("Marshals4.5 km/hEnfield");
  await page.getByRole("button", { name: "Add an account" }).click();
  await page.getByLabel("Sign-in name").fill("m.marsh");
  await page.getByLabel("Role").selectOption({ label: "Warden coordinator" });
  await page
    .getByLabel("Patrol partner", { exact: true })
    .selectOption({ label: "Fore Street marshals" });
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("It cannot be used until a second person confirms it.").waitFor();
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await page.getByText("Anyone who signs in with it can read keep-clear times.").first().waitFor();
  await page.getByText("Warden coordinator: Fore Street marshals").waitFor();
  await close();
});
