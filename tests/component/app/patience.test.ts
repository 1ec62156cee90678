import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";
import { openPages, type Page, type TestBrowser } from "#tests/component/driver.ts";

let server: DemoServer;
let browser: TestBrowser;
let page: Page;
beforeAll(async () => {
  [server, browser] = await Promise.all([startDemoServer(), openPages()]);
  ({ page } = await browser.visit({ server: server.url, role: "admin" }));
  await page.getByRole("button", { name: "Add an account" }).waitFor();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** How long it took to say no, and what it said. */
async function refusal(wait: PromiseLike<unknown>) {
  const from = performance.now();
  const said = await Promise.resolve(wait).then(() => "nothing", String);
  return { said, seconds: (performance.now() - from) / 1000 };
}

test("what a quiet page never shows is given up in seconds, and told as it was expected", async () => {
  const locator = await refusal(page.getByText("No such words").waitFor());
  expect(locator.said).toContain("Waited in vain for getByText('No such words') to be visible");
  const poll = await refusal(expect.poll(() => page.title()).toBe("No such title"));
  expect(poll.said).toContain("expected 'Accounts · Boxster' to be 'No such title'");
  const not = await refusal(expect.poll(() => page.title()).not.toContain("Boxster"));
  expect(not.said).toContain("not to contain 'Boxster'");
  // A machine that stands still takes longer; without the rule they took 20 and 30.
  for (const { seconds } of [locator, poll, not]) expect(seconds).toBeLessThan(6);
});

test("what the page itself still waits for is waited for", async () => {
  await page.route("**/api/accounts", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await route.continue();
  });
  await page.reload();
  await page.getByRole("button", { name: "Add an account" }).waitFor();
});

test("code that the page still loads is waited for", async () => {
  let isThere = false;
  void import("#tests/component/light/late.ts").then(() => {
    isThere = true;
  });
  await expect.poll(() => isThere).toBe(true);
});
