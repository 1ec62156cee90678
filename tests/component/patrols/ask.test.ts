import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";
import { openPages, type Page, type TestBrowser } from "#tests/component/driver.ts";

let server: DemoServer;
let browser: TestBrowser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startDemoServer(), openPages()]);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const patiently = { timeout: 20_000 };

async function openCheck() {
  const visit = await browser.visit({ server: server.url, role: "sergeant", fragment: "#/plan" });
  const { page } = visit;
  await page.getByRole("button", { name: "Check a place and time" }).press("Enter");
  await page.getByLabel("Day").fill("2021-11-30");
  await page.getByLabel("From").fill("19:30");
  await page.getByLabel("To", { exact: true }).fill("21:00");
  return visit;
}

const boxOf = (page: Page) => page.getByLabel("Street, station or coordinates");
const wordOf = (page: Page) => page.locator(".police__word");
const press = (page: Page) => page.locator(".police__foot button").press("Enter");

test("Fore Street, then a corner of it that is not chosen, then asdfgh and a postcode: no answer is left, and none comes", async () => {
  const { page, problems } = await openCheck();
  await boxOf(page).fill("Fore Street by Alpha");
  await page.keyboard.press("Enter");
  await press(page);
  await expect.poll(() => wordOf(page).textContent(), patiently).toMatch(/^ ?(Yes|No)/);
  for (const typed of ["Fore Street by Park Avenue", "asdfgh", "N18 2TT"]) {
    await boxOf(page).fill(typed);
    expect(await wordOf(page).count()).toBe(0);
    await press(page);
    await page.waitForTimeout(500);
    expect(await wordOf(page).count()).toBe(0);
  }
  expect(problems).toEqual([]);
});
