import { expect, test } from "vitest";
import { dayMs } from "#core/time/zone.ts";
import { ownerActor } from "#server/db/database.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openPages, type Visit, type VisitOptions } from "#tests/component/driver.ts";
import { setMark } from "#tests/support/clock.ts";

/** SAFEGUARDS 14: the pages say why nothing is erased. */
const { server, browser } = demoWith(openPages);

/** As if it were no demonstration, in which no clock makes anything due; and as one again, in which roles sign in. */
function serverClock(wrongBy: number, demo = false): void {
  const { asAt } = server.services;
  Object.defineProperty(asAt, "demo", { get: () => demo, configurable: true });
  Object.defineProperty(asAt, "clock", { value: () => Date.now() + wrongBy, configurable: true });
}

async function visitWith(wrongBy: number, who: Omit<VisitOptions, "server">): Promise<Visit> {
  serverClock(0, true);
  const visit = await browser.visit(who);
  serverClock(wrongBy);
  await visit.page.reload();
  return visit;
}

test("sergeant and partner read that the clock may be wrong, and the partner not that all is up to date", async () => {
  const police = await visitWith(40 * dayMs, { role: "sergeant" });
  await police.page.getByText("Keep-clear times stay closed and nothing is erased.").waitFor();
  await police.close();
  const visit = await visitWith(40 * dayMs, { role: "partner", partner: "a" });
  await visit.page
    .getByText("Police and wardens stay away as before, and nothing is erased.")
    .waitFor();
  await visit.page
    .getByText(/^Confirmed /)
    .first()
    .waitFor();
  expect(await visit.page.getByText(/Up to date as of/).count()).toBe(0);
  await visit.close();
});

test("an administrator reads what is wrong, and says that the clock is right where that helps", async () => {
  const apart = await visitWith(40 * dayMs, { role: "admin" });
  await apart.page.getByText("The server’s clock is 40 days ahead of the database’s.").waitFor();
  expect(await apart.page.getByRole("button", { name: "The clock is right" }).count()).toBe(0);
  await apart.close();
  const { page, close } = await visitWith(0, { role: "admin" });
  // In a demonstration each row of the log moves the mark, whatever the gap.
  await server.services.db.transaction(ownerActor, (tx) =>
    tx.query("delete from setting where key = 'demo'"),
  );
  await setMark(server.services.db, "erased", null);
  await setMark(server.services.db, "seen", "now() - interval '4 days'");
  await page.reload();
  await page.getByText("Boxster was last in use 4 days ago.").waitFor();
  await page.getByRole("button", { name: "The clock is right" }).click();
  await expect.poll(() => page.getByText("Boxster was last in use").count()).toBe(0);
  await close();
});
