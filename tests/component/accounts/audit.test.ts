import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openMore } from "#tests/browser/protected-time/outreach-support.ts";
import { type Locator, openPages, type Page, type VisitOptions } from "#tests/component/driver.ts";

const { browser } = demoWith(openPages);

const acts = "table[class=table] tbody tr";

function visitAs(role: VisitOptions["role"], more: Partial<VisitOptions> = {}) {
  return browser.visit({ ...(role ? { role } : {}), ...more });
}

async function openAudit(more: Partial<VisitOptions> = {}) {
  const visit = await visitAs("auditor", { fragment: "#/audit", ...more });
  await visit.page.locator(acts).first().waitFor();
  return visit;
}

/** Somebody to read about: a sergeant who reads events, and tries what is not for sergeants. */
async function actAsSergeant(): Promise<void> {
  const { page, close } = await visitAs("sergeant", { fragment: "#/hotspots" });
  await page.locator(".hotspots__table tbody tr").first().waitFor();
  await page.request.get("/api/imports");
  await close();
}

describe("an auditor", () => {
  test("reads who did what, and finds the refusals of one person", async () => {
    await actAsSergeant();
    const { page, problems, close } = await openAudit();
    await page.locator(acts).filter({ hasText: "read events" }).first().waitFor();
    const filters = page.getByRole("form", { name: "Filters" });
    await filters.getByLabel("Outcome").selectOption("refused");
    await expect.poll(() => outcomes(page)).toEqual(["Refused"]);
    expect(page.url()).toContain("outcome=refused");
    // A part of the name is enough; one of several is asked about.
    await filters.getByLabel("Person").fill("demonstration");
    await filters.getByRole("button", { name: "Show" }).click();
    await filters.getByText(/\d names contain that: .*Choose one\./).waitFor();
    const offered = await filters
      .locator("datalist option")
      .evaluateAll((all) => all.map((one) => one.getAttribute("value")));
    expect(offered).toEqual(expect.arrayContaining(["demonstration sergeant"]));
    await filters.getByLabel("Person").fill("SERGEANT");
    await filters.getByRole("button", { name: "Show" }).click();
    const row = page.locator(acts).filter({ hasText: "list imports" }).first();
    await row.waitFor();
    expect(await textOf(row)).toMatch(/demonstration sergeant[\s\S]*Refused[\s\S]*status 403/);
    // The view can be sent: its address holds it.
    await page.reload();
    await row.waitFor();
    await filters.getByRole("button", { name: "Clear" }).click();
    await expect.poll(() => outcomes(page)).toEqual(["Done", "Refused"]);
    expect(problems).toEqual([]);
    await close();
  });

  test("chooses a row by keyboard and asks for all acts of its person", async () => {
    const { page, close } = await openAudit();
    await page.locator(acts).filter({ hasText: "demonstration sergeant" }).first().focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Only entries of demonstration sergeant" }).click();
    await expect
      .poll(async () => {
        const who = await page.locator(`${acts} td:nth-child(3)`).allInnerTexts();
        return who.every((text) => text.startsWith("demonstration sergeant"));
      })
      .toBe(true);
    await close();
  });

  test("goes back page by page, and what was there stays", async () => {
    const more = await visitAs("auditor");
    for (let time = 0; time < 60; time += 1) await more.page.request.get("/api/audit/head");
    await more.close();
    const { page, close } = await openAudit();
    expect(await page.locator(acts).count()).toBe(50);
    await page.getByRole("button", { name: /^Older than row/ }).click();
    await expect.poll(() => page.locator(acts).count()).toBeGreaterThan(50);
    const numbers = (await page.locator(`${acts} td:first-child`).allInnerTexts()).map(Number);
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
    expect(new Set(numbers).size).toBe(numbers.length);
    await close();
  });

  test("verifies the chain, with a head that was kept and with one that is not of it", async () => {
    const { page, problems, close } = await openAudit();
    await page.getByRole("button", { name: "Check the log" }).click();
    await page.getByText(/The log is intact: \d+ rows, all unchanged\. Checked at/).waitFor();
    const hash = page.getByLabel("Hash of a printed head");
    const kept = await textOf(page.locator(".head-facts__hash").first());
    expect(kept).toMatch(/^([0-9a-f]{8} ?){8}$/);
    await hash.fill(kept);
    await page.getByRole("button", { name: "Check the log" }).click();
    await page.locator(".chain__holds").waitFor();
    await hash.fill("12 34");
    await page.getByText("A hash has 64 characters: 0 to 9 and a to f.").waitFor();
    await hash.fill("ab".repeat(32));
    await page.getByRole("button", { name: "Check the log" }).click();
    await page
      .getByRole("status")
      .getByText(/are unchanged and in order.* First compare what you typed .* no row has the hash/)
      .waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  test("takes all rows away as a file whose last line is the head", async () => {
    const { page, close } = await openAudit();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "All rows, with the head (JSON)" }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^boxster-audit-to-\d+\.ndjson$/);
    const lines = (await readFile(await download.path(), "utf8")).trimEnd().split("\n");
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({
      head: { id: String(lines.length - 1) },
    });
    await close();
  });
});

describe("everybody", () => {
  test("reads their own acts, and nobody else's, on a phone too", async () => {
    await actAsSergeant();
    const { page, problems, close } = await visitAs("partner", {
      partner: "a",
      fragment: "#/outreach",
      width: 390,
      height: 844,
      touch: true,
    });
    await page.locator(".session-card").first().waitFor();
    await page.getByRole("button", { name: /^Signed in as/ }).click();
    await page.getByRole("button", { name: "Your activity" }).click();
    const list = page.getByRole("list", { name: "Your activity, newest first" });
    await list.getByText("read own sessions").first().waitFor();
    expect(await textOf(list)).not.toContain("read events");
    await page.keyboard.press("Escape");
    await expect.poll(() => list.count()).toBe(0);
    expect(problems).toEqual([]);
    await close();
  });

  test("a print by the browser's own menu is noted with its screen", async () => {
    const { page, close } = await visitAs("presenter", { fragment: "#/panel" });
    await page.locator(".panel__sentence").waitFor();
    const noted = page.waitForResponse((reply) => reply.url().endsWith("/api/audit/prints"));
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    const reply = await noted;
    expect(reply.request().postDataJSON()).toEqual({ screen: "panel" });
    expect(reply.status()).toBe(200);
    await close();
  });
});

describe("a partner", () => {
  test("reads who looked at their times on days that are over, and no name", async () => {
    const sergeant = await visitAs("sergeant");
    for (let time = 0; time < 3; time += 1) await sergeant.page.request.get("/api/keep-clear");
    await sergeant.close();
    const { page, problems, close } = await visitAs("partner", {
      partner: "a",
      fragment: "#/outreach",
      width: 390,
      height: 844,
      touch: true,
    });
    await openMore(page, "Your record");
    const section = page.getByRole("region", { name: "Who looked at your times" });
    await section.getByText(/in the 90 days before today/).waitFor();
    const text = await textOf(section);
    expect(text).not.toContain("Fri 26 Nov");
    expect(text).not.toContain("demonstration");
    expect(problems).toEqual([]);
    await close();
  });
});

async function textOf(part: Locator): Promise<string> {
  return (await part.allInnerTexts()).join(" ");
}

async function outcomes(page: Page): Promise<string[]> {
  const texts = await page.locator(`${acts} td:nth-child(6)`).allInnerTexts();
  return [...new Set(texts)].sort((a, b) => (a < b ? -1 : 1));
}
