import { beforeAll, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, seriousViolations, type Visit } from "#tests/browser/driver.ts";
import { changeActionByTwo } from "#tests/browser/place-plans/change-action-by-two.ts";
import { openMore } from "#tests/browser/protected-time/outreach-support.ts";
import { isWhole, partOf } from "#tests/support/runs.ts";

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

test("an action that two change at once is told, keeps what is typed, and can still be saved", async () => {
  await page.getByRole("button", { name: "Add an action" }).click();
  const dialog = page.getByRole("dialog", { name: "Add an action" });
  await dialog.getByLabel("Action").fill("Walk the alley with the lighting team");
  await dialog.getByLabel("Due", { exact: true }).fill("2021-12-10");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  const row = page.getByRole("row").filter({ hasText: "Walk the alley" });
  await changeActionByTwo(browser, server.url, { page, row });
});

const looks = [
  [1280, "light"],
  [768, "dark"],
] as const;

test.runIf(isWhole)(
  "wide and light, on a tablet in the dark: nothing runs over, and axe finds nothing",
  async () => {
    const fragment = "#/outcomes?part=plans";
    const analyst = await browser.visit({ role: "analyst", fragment });
    const { page: own, problems, close } = analyst;
    const parts = ["part=plans", "part=plans&plan=1", "part=plans&plan=1&edit=1", "part=meeting"];
    // In `npm test` one look each, by turns.
    for (const [turn, fragment] of parts.entries()) {
      await own.goto(`${server.url}/#/outcomes?${fragment}`);
      await own.locator(".place-plans, .editor, .meeting").first().waitFor(patiently);
      if (fragment.endsWith("edit=1")) {
        await own.getByLabel("Scanning: what is seen").fill("Mr Smith stops there.");
        await own.locator(".field__error").first().waitFor();
      }
      for (const [width, colorScheme] of partOf(looks, 2, turn)) {
        await own.setViewportSize({ width, height: 800 });
        await own.emulateMedia({ colorScheme });
        const look = `${fragment}, ${width} px`;
        const over = await own.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(over, look).toBeLessThanOrEqual(0);
        expect(await seriousViolations(own), look).toEqual([]);
      }
    }
    expect(problems).toEqual([]);
    await close();
  },
);
