import { afterAll, beforeAll, expect, test } from "vitest";
import { dayMs } from "#core/time/zone.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";
import { openPages, type TestBrowser } from "#tests/component/driver.ts";
import { setMark } from "#tests/support/clock.ts";

/** SAFEGUARDS 14: the pages say why nothing is erased. */
let server: DemoServer;
let browser: TestBrowser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startDemoServer(), openPages()]);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** As if it were no demonstration, in which no clock makes anything due. */
function serverClock(wrongBy: number): void {
  const { asAt } = server.services;
  Object.defineProperty(asAt, "demo", { get: () => false, configurable: true });
  Object.defineProperty(asAt, "clock", { value: () => Date.now() + wrongBy, configurable: true });
}

test("sergeant and partner read that the clock may be wrong, and the partner not that all is up to date", async () => {
  serverClock(40 * dayMs);
  const police = await browser.visit({ server: server.url, role: "sergeant" });
  await police.page.getByText("Keep-clear times stay closed and nothing is erased.").waitFor();
  await police.close();
  const visit = await browser.visit({ server: server.url, role: "partner", partner: "a" });
  await visit.page.getByText("Police stay away as before, and nothing is erased.").waitFor();
  await visit.page
    .getByText(/^Confirmed /)
    .first()
    .waitFor();
  expect(await visit.page.getByText(/Up to date as of/).count()).toBe(0);
  await visit.close();
});

test("an administrator reads what is wrong, and says that the clock is right where that helps", async () => {
  serverClock(40 * dayMs);
  const apart = await browser.visit({ server: server.url, role: "admin" });
  await apart.page.getByText("The server’s clock is 40 days ahead of the database’s.").waitFor();
  expect(await apart.page.getByRole("button", { name: "The clock is right" }).count()).toBe(0);
  await apart.close();
  serverClock(0);
  await setMark(server.services.db, "seen", "now() - interval '4 days'");
  const { page, close } = await browser.visit({ server: server.url, role: "admin" });
  await page.getByText("Boxster was last in use 4 days ago.").waitFor();
  await page.getByRole("button", { name: "The clock is right" }).click();
  await expect.poll(() => page.getByText("Boxster was last in use").count()).toBe(0);
  await close();
});
