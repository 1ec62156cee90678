import { beforeAll, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, seriousViolations, type Visit } from "#tests/browser/driver.ts";
import { openMore } from "#tests/browser/protected-time/outreach-support.ts";

/** A place plan between those who share it; how it is written, pinned and kept is in tests/component. */
const { server, browser } = demoWith(openBrowser);
let sergeant: Visit;
let page: Page;

beforeAll(async () => {
  sergeant = await browser.visit({ role: "sergeant", fragment: "#/outcomes?part=plans" });
  page = sergeant.page;
  await openOne(page);
});

const patiently = { timeout: 20_000 };
const name = "Silver Street corner";

async function openOne(of: Page): Promise<void> {
  await of.goto(`${server.url}/#/outcomes?part=plans`);
  await of.getByRole("link", { name }).click();
  await of.getByRole("heading", { name, level: 2, exact: true }).waitFor();
}

test("the coordinator shares it, the partner comments, and police read the words without the name", async () => {
  const coordinator = await browser.visit({ role: "coordinator" });
  await openOne(coordinator.page);
  const partners = coordinator.page.getByRole("region", { name: "Partners" });
  await partners.getByRole("checkbox").first().click();
  await expect.poll(() => partners.getByRole("checkbox").first().isChecked(), patiently).toBe(true);
  expect(await seriousViolations(coordinator.page)).toEqual([]);
  const partner = await browser.visit({ role: "partner", partner: "a", width: 390, touch: true });
  await openMore(partner.page, "Your places");
  const shared = partner.page.getByRole("region", { name: "Place plans" });
  await shared.getByRole("button", { name: "Comment" }).click(patiently);
  const words = partner.page.getByLabel("Your comment");
  await words.fill("We are there with the van on Friday evenings.");
  const refused = partner.page.locator(".field__error");
  await expect.poll(() => refused.textContent()).toContain("may show when outreach comes");
  await words.fill("The lamps by the alley are out again.");
  expect(await seriousViolations(partner.page)).toEqual([]);
  await partner.page.getByRole("button", { name: "Send to the coordinator" }).click();
  await shared.getByText("The lamps by the alley are out again.").waitFor(patiently);
  await openOne(coordinator.page);
  await coordinator.page
    .getByRole("button", { name: "Pass on to police, without the name" })
    .click();
  await coordinator.page
    .getByText("Passed on to police 26 Nov 2021, without the name.")
    .waitFor(patiently);
  await page.reload();
  const heard = page.getByRole("region", { name: "Partner comments" });
  await heard.waitFor(patiently);
  expect(await heard.textContent()).toContain("The lamps by the alley are out again.");
  await Promise.all([partner.close(), coordinator.close()]);
});
