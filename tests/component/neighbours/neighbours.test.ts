import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { handOver } from "#tests/browser/screen-list-neighbours.ts";
import { openPages, type Page, type Visit } from "#tests/component/driver.ts";

const { browser } = demoWith(openPages);
let liaison: Visit;
let page: Page;
const asked: string[] = [];

beforeAll(async () => {
  await openAsLiaison();
});

const figures = (on: Page) =>
  on
    .getByRole("table", { name: /^(Reports by residents|What the liaison)/ })
    .locator("tbody tr")
    .allTextContents();

/** Their exchange, whoever had the page open before. */
async function openAsLiaison(ready = ".neighbours .table"): Promise<void> {
  liaison = await browser.visit({ role: "liaison", fragment: "#/displacement" });
  page = liaison.page;
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.locator(ready).first().waitFor();
}

/** The other side of the exchange, at a desk of its own. */
async function openDesk(role: "sergeant" | "analyst"): Promise<Visit> {
  const visit = await browser.visit({
    role,
    fragment: "#/displacement?part=neighbours&neighbour=Waltham+Forest",
  });
  await visit.page.locator(".neighbours .table").first().waitFor();
  return visit;
}

describe("a liaison", () => {
  test("has help of its own", async () => {
    await page.getByRole("button", { name: "Help" }).click();
    const help = page.getByRole("dialog", { name: "Help: Displacement" });
    await help.getByText(/by quarter/).waitFor();
    expect(await help.textContent()).not.toMatch(/core fell/);
    await page.keyboard.press("Escape");
  });

  test("reads first whether reports crossed to their side, of the last quarters with their totals", async () => {
    expect(await page.locator("main p").first().textContent()).toBe(
      "No sign that reports crossed to your side: 14, then 21, which can be chance (January to March 2021 and April to June 2021).",
    );
  });

  test("reads a count under 10 in words before anything is sent, and sends totals by the form", async () => {
    const field = page.getByLabel("October to December 2020");
    await field.fill("7");
    await page.getByText("Counts under 10 are not accepted. Enter “fewer than 10”.").waitFor();
    await page.getByRole("button", { name: "Send totals" }).click();
    await page.getByText("No totals were saved").waitFor();
    expect(await page.locator(".neighbours__faults tbody tr").count()).toBe(1);
    await field.fill("fewer than 10");
    await field.press("Enter");
    await page.getByText(/Sent 26 Nov 2021: fewer than 10\./).waitFor();
  });

  test("fills in the file that is downloaded here; a changed byte is found before it is sent", async () => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download template" }).click(),
    ]);
    const text = await readFile(await download.path(), "utf8");
    expect(text.split("\r\n")[0]).toBe("zone,quarter,reports,agreed");
    const choose = (content: string) =>
      page
        .locator("input[type=file]")
        .setInputFiles({ name: "totals.csv", mimeType: "text/csv", buffer: Buffer.from(content) });
    const filled = text.replace("2021-Q3,,", "2021-Q3,44,");
    const sent = asked.length;
    await choose(filled.replace(/[0-9a-f]{12}/, "0123456789ab"));
    await page.getByText("totals.csv was not accepted").waitFor();
    expect(asked.length).toBe(sent);
    await choose(filled);
    await page.getByText("July to September 2021: 44").waitFor();
    await page.getByRole("button", { name: "Send these totals" }).click();
    await page.getByText(/Sent 26 Nov 2021: 44\./).waitFor();
  });

  test("asks by keyboard alone whether a patrol fits, and reads no reason", async () => {
    const first = page.locator(".zone-choice__list input[type=checkbox]").first();
    await first.focus();
    await page.keyboard.press("Space");
    expect(await page.locator(".zone-map__part--chosen").count()).toBe(1);
    await page.getByLabel("From", { exact: true }).fill("07:00");
    await page.getByLabel("To", { exact: true }).fill("07:30");
    await page.getByRole("button", { name: "Check" }).focus();
    await page.keyboard.press("Enter");
    const answer = page.locator(".neighbours__answer");
    await answer.getByText(/Fits: Saturday 27 November, 07:00 to 07:30/).waitFor();
    await page.getByLabel("Day", { exact: true }).fill("2021-12-24");
    expect((await answer.textContent())?.trim()).toBe("");
    await page.getByRole("button", { name: "Check" }).click();
    await answer
      .getByText("Choose a time other than Friday 24 December, 07:00 to 07:30.")
      .waitFor();
  });

  test("is let in by one click in the demonstration and lands on the exchange, the only screen there is", async () => {
    const visit = await browser.visit({ fragment: "" });
    await visit.page.getByRole("button", { name: /^Liaison in a neighbouring command/ }).click();
    await visit.page.locator(".neighbours .table").first().waitFor();
    expect(visit.page.url()).toContain("#/displacement");
    expect(await visit.page.locator(".rail a, .rail button").count()).toBe(1);
    expect(await visit.page.locator(".parts-nav").count()).toBe(0);
    expect(visit.problems).toEqual([]);
    await visit.close();
  });
});

describe("one's own command", () => {
  test("sees exactly what leaves, and an alert reaches the liaison once their outreach was told", async () => {
    await openAsLiaison();
    const theirs = await figures(page);
    const visit = await openDesk("sergeant");
    const desk = visit.page;
    expect(await figures(desk)).toEqual(theirs);
    await handOver(desk);
    await desk.reload();
    await desk
      .getByText("A sergeant or analyst other than the one who handed it over must confirm this")
      .waitFor();
    expect(await desk.getByRole("button", { name: "Their outreach was told" }).count()).toBe(0);
    expect(await desk.getByText("Change, renew").count()).toBe(0);
    expect(visit.problems).toEqual([]);
    await openAsLiaison();
    await page.getByText("No alerts handed over").waitFor();
    const second = await openDesk("analyst");
    await second.page.getByRole("button", { name: "Their outreach was told" }).click();
    await second.page.getByText("confirmed by demonstration analyst").waitFor();
    await openAsLiaison();
    await page.getByRole("button", { name: "Mark as read" }).click();
    await page.getByText(/^Read 26 Nov 2021$/).waitFor();
    const { page: again } = await openDesk("sergeant");
    await again.getByText(/Read 26 Nov 2021/).waitFor();
  });

  test("an analyst ends an agreement by an earlier last day, and their liaison sees nothing more", async () => {
    const enter = async (lastDay: string, said: string) => {
      const { page: desk } = await openDesk("analyst");
      await desk.getByText("Change, renew or end").click();
      await desk.getByLabel("Last day").fill(lastDay);
      await desk.getByRole("button", { name: "Enter", exact: true }).click();
      await desk.getByRole("cell", { name: said }).waitFor();
    };
    await enter("2021-11-25", "Expired 25 Nov 2021");
    await openAsLiaison(".neighbours");
    await page.getByText("There is no agreement in force with your command").waitFor();
    expect(await page.locator(".neighbours .table, .neighbours form").count()).toBe(0);
    await enter("2022-03-31", "In force to 31 Mar 2022");
  });
});

test("an administrator gives a liaison its neighbour, and no other role has one", async () => {
  const visit = await browser.visit({ role: "admin", fragment: "#/accounts" });
  const { page: desk } = visit;
  await desk.getByRole("button", { name: "Add an account" }).click();
  await desk.getByLabel("Sign-in name").fill("l.hackney");
  const neighbour = desk.getByLabel("Neighbouring command");
  expect(await neighbour.count()).toBe(0);
  await desk.getByLabel("Role").selectOption("liaison");
  expect(await neighbour.locator("option").allTextContents()).not.toContain("Enfield-Haringey");
  await neighbour.selectOption("Hackney");
  await desk.getByRole("button", { name: "Add", exact: true }).click();
  await desk.getByRole("dialog", { name: "l.hackney" }).waitFor();
  await desk.keyboard.press("Escape");
  await desk.getByText("Liaison in a neighbouring command: Hackney").first().waitFor();
  await visit.close();
});
