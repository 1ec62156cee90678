import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";
import { openPages, type TestBrowser } from "#tests/component/driver.ts";

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

test("may we be here then: by keys alone, yes where nothing is closed, and no answer once the question is another", async () => {
  const { page, problems } = await browser.visit({
    server: server.url,
    role: "sergeant",
    fragment: "#/plan",
  });
  await page.getByRole("button", { name: "Check a place and time" }).press("Enter");
  await page.getByLabel("Street, station or coordinates").fill("51.5400, -0.1000");
  await page.keyboard.press("Enter");
  await page.getByLabel("From").fill("01:00");
  await page.getByLabel("To", { exact: true }).fill("02:00");
  await page.getByLabel("Day").fill("2021-11-30");
  await page.getByRole("button", { name: "Check", exact: true }).press("Enter");
  await expect
    .poll(() => page.locator(".police__word").textContent(), patiently)
    .toMatch(/^ ?Yes: Tuesday 30 November, 01:00 to 02:00, as at \d\d:\d\d\./);
  await page.getByLabel("From").fill("12:00");
  await page.getByLabel("Street, station or coordinates").fill("");
  expect(await page.locator(".police__word").count()).toBe(0);
  expect(problems).toEqual([]);
});
