import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig } from "#server/config.ts";
import { openBrowser, type TestBrowser } from "#tests/browser/driver.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";
import { fillSecond, secondPack } from "#tests/support/second-pack.ts";

/** What a person of another command sees, from the sign-in page to each of the screens. */
let server: DemoServer;
let browser: TestBrowser;
beforeAll(async () => {
  const { places, timeZone } = readConfig({ BOXSTER_PLACES: await secondPack() });
  server = await startDemoServer({ places, timeZone }, fillSecond);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const patiently = { timeout: 60_000 };
/** Of the command that Boxster comes with; a study may be from its city. */
const elsewhere = /Enfield|Haringey|Fore Street|Tottenham|London time|Crown copyright/;

test("every screen of a second pack speaks of its own streets, areas and neighbours", async () => {
  const { page, problems, close } = await browser.visit({ server: server.url });
  const words = async () => (await page.locator("body").textContent()) ?? "";
  await page.getByText("patrols around Vasagatan").waitFor(patiently);
  await page.getByRole("button", { name: /Analyst/ }).click();
  await page.getByText(/reports in 8 weeks/).waitFor(patiently);
  await page
    .getByText(/Vasagatan/)
    .first()
    .waitFor(patiently);
  expect(await words()).not.toMatch(elsewhere);
  await page.evaluate(() => {
    window.location.hash = "#/displacement";
  });
  await page
    .locator("h3, strong, span", { hasText: /^Norra$/ })
    .first()
    .waitFor(patiently);
  expect(await words()).not.toMatch(elsewhere);
  expect(problems).toEqual([]);
  await close();
});

test("a sergeant plans on those streets, by the clock of that town", async () => {
  const { page, problems, close } = await browser.visit({
    server: server.url,
    role: "sergeant",
    fragment: "#/plan",
  });
  await page.getByRole("button", { name: "Suggest", exact: true }).click();
  await page.getByRole("button", { name: /^Approve \d+ patrols/ }).click(patiently);
  await page.getByRole("button", { name: "Briefing", exact: true }).click(patiently);
  await page
    .getByText(/^Void after/)
    .first()
    .waitFor(patiently);
  const words = (await page.locator("body").textContent()) ?? "";
  expect(words).toMatch(/Vasagatan/);
  expect(words).not.toMatch(elsewhere);
  expect(problems).toEqual([]);
  await close();
});

test("a partner adds a session there, and residents read of their own parts", async () => {
  const { page, problems, close } = await browser.visit({
    server: server.url,
    role: "partner",
    fragment: "#/outreach",
    width: 390,
    height: 844,
  });
  await page.getByRole("button", { name: "Add a session" }).click(patiently);
  await page.getByLabel("Place", { exact: true }).selectOption({ label: "Evening walk" });
  await page.getByRole("checkbox", { name: "Fri" }).check();
  await page.getByText(/Stockholm time/).waitFor();
  await page.getByRole("button", { name: "Next: what police will see" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.locator(".session-card", { hasText: "Every Friday" }).waitFor(patiently);
  expect(await page.locator("body").textContent()).not.toMatch(elsewhere);
  expect(problems).toEqual([]);
  await close();

  const panel = await browser.visit({ server: server.url, role: "presenter", fragment: "#/panel" });
  await panel.page.locator(".panel__sentence").waitFor(patiently);
  await panel.page.getByLabel("Slide", { exact: true }).selectOption("where");
  await panel.page.locator(".panel__slide--where").waitFor(patiently);
  expect(await panel.page.locator("body").textContent()).toMatch(/Västra/);
  expect(await panel.page.locator("body").textContent()).not.toMatch(elsewhere);
  expect(panel.problems).toEqual([]);
  await panel.close();
});
