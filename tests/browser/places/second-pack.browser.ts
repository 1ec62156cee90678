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
