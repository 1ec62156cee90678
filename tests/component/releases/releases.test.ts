import { expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openMore } from "#tests/browser/protected-time/outreach-support.ts";
import { openPages, type Page } from "#tests/component/driver.ts";

const { browser } = demoWith(openPages);

async function open(role: "analyst" | "auditor" | "coordinator" | "partner"): Promise<Page> {
  const { page } = await browser.visit({ role });
  await page.goto(role === "partner" ? "/#/outreach" : "/#/releases");
  await page.reload();
  return page;
}

const draftHeading = (page: Page) => page.getByRole("heading", { name: /^Draft \d+: Sep 2020/u });

test("an analyst looks first, sees what is withheld and why not, promises, and drafts", async () => {
  const page = await open("analyst");
  await page.getByText("Release 1 is public; no drafts waiting.").waitFor();
  await page.getByLabel("Last month").fill("2021-10");
  await page.getByRole("button", { name: "Preview" }).click();
  await page.getByText("October 2021 cannot be public yet").waitFor();
  await page.getByLabel("Last month").fill("2021-09");
  await page.getByRole("button", { name: "Preview" }).click();
  await page.getByText("13 months stay as shown in an earlier release.").waitFor();
  const table = page.getByRole("table", { name: "Complaints by residents" });
  expect(await table.getByText("Not shown").count()).toBeGreaterThan(10);
  await page.getByRole("button", { name: "Add one" }).click();
  await page.getByLabel("1. You said").fill("Cars circle at night.");
  await page.getByLabel("1. We did").fill("Outreach was out first.");
  await page.getByLabel("1. Next").fill("Ring 07700 900 123.");
  await page.getByLabel("1. By").fill("2022-01-31");
  await page.getByRole("button", { name: "Draft this release" }).click();
  await page.getByText("looks like a phone number").waitFor();
  await page.getByLabel("1. Next").fill("Lighting is looked at.");
  await page.getByRole("button", { name: "Draft this release" }).click();
  await draftHeading(page).waitFor();
  expect(await page.getByText("Release 1 is public; 1 draft waiting.").count()).toBe(1);
  expect(await page.getByRole("button", { name: "Approve" }).count()).toBe(0);
});

test("a partner holds it from its own page, by keyboard; the coordinator reads why and not more", async () => {
  const page = await open("partner");
  // That it waits, and since when it can be approved, is told before anything is pressed.
  await page.getByText(/^Figures may be published today\./).waitFor();
  await openMore(page, "Coordinator and residents");
  const show = page.getByRole("button", { name: "Show drafts" });
  await show.waitFor();
  await show.focus();
  await page.keyboard.press("Enter");
  await draftHeading(page).waitFor();
  await page.getByRole("button", { name: "Hold draft" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Hold draft" });
  await dialog
    .getByLabel("Why should it not be released?")
    .fill("Two residents complained and everyone knows who.");
  await dialog.getByRole("button", { name: "Hold draft" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByText("Held until the objection is withdrawn").waitFor();
  const coordinator = await open("coordinator");
  await coordinator
    .getByText("An outreach partner: Two residents complained and everyone knows who.")
    .waitFor();
  // Back at the partner's.
  const again = await open("partner");
  await openMore(again, "Coordinator and residents");
  await again.getByRole("button", { name: "Show drafts" }).click();
  await again.getByRole("button", { name: "Withdraw my objection" }).click();
  await again.getByText("Waiting for a second person").waitFor();
});

test("the auditor reads before approving, is asked what becomes public, checks, and withdraws with a notice", async () => {
  const page = await open("auditor");
  await draftHeading(page).waitFor();
  const approve = page.getByRole("button", { name: "Approve" });
  expect(await approve.isDisabled()).toBe(true);
  const content = "**/api/releases/drafts/*";
  await page.route(content, (route) => route.abort());
  await page.getByRole("button", { name: "Read draft" }).click();
  const retry = page.getByRole("button", { name: "Retry" });
  await retry.waitFor();
  // Open, and yet nothing stands there to be read.
  expect(await approve.isDisabled()).toBe(true);
  await page.unroute(content);
  await retry.click();
  await page.getByRole("table", { name: "Complaints by residents" }).waitFor();
  await page.getByText("A month stays as first released.").waitFor();
  // Typed totals go public for good as well: nobody approves them unseen.
  const done = page.getByRole("table", { name: "What was done" });
  const arrests = done.getByRole("row").filter({ hasText: "Arrests" });
  expect(await arrests.filter({ hasText: "1 Aug to 26 Nov 2021" }).textContent()).toMatch(/65$/);
  // The newest month stands first, and how much is withheld is said.
  const figures = page.getByRole("table", { name: "Complaints by residents" });
  expect(await figures.getByRole("columnheader").nth(1).textContent()).toBe("Sep 2021");
  await page.getByText(/figures are shown and \d+ withheld/).waitFor();
  // Asked once, and nothing is public before the answer.
  await approve.click();
  const asked = page.getByRole("dialog", { name: "Publish release 2?" });
  const becomes = await asked.getByRole("list", { name: "What becomes public" }).textContent();
  expect(becomes).toMatch(/13 months: Sep 2020 to Sep 2021/);
  expect(becomes).toMatch(/\d+ figures shown, \d+ withheld/);
  expect(becomes).toContain("A note on every slide about boxster-2021");
  await asked.getByRole("button", { name: "Cancel" }).click();
  await asked.waitFor({ state: "detached" });
  expect(await page.getByText("Release 2 is public").count()).toBe(0);
  await approve.click();
  await asked.getByRole("button", { name: "Publish release 2" }).click();
  await page.getByText("Release 2 is public; no drafts waiting.").waitFor();
  await page.getByRole("button", { name: "Check all releases" }).click();
  await page.getByText("All 2 are unchanged since approval").waitFor();
  await page.getByRole("button", { name: "Withdraw release 2" }).click();
  const dialog = page.getByRole("dialog", { name: "Withdraw release 2" });
  await dialog.getByLabel("Notice").fill("A map was wrong.");
  await dialog.getByRole("button", { name: "Withdraw", exact: true }).click();
  await page.getByText("Release 1 is public; no drafts waiting.").waitFor();
  await page.getByRole("cell", { name: /A map was wrong\./ }).waitFor();
});
