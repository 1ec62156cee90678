import { expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, seriousViolations } from "#tests/browser/driver.ts";
import { openMore } from "#tests/browser/protected-time/outreach-support.ts";

const { browser } = demoWith(openBrowser);

const patiently = { timeout: 30_000 };

const open = async (role: "analyst" | "auditor" | "coordinator" | "partner") => {
  const fragment = role === "partner" ? "#/outreach" : "#/releases";
  return browser.visit({ role, fragment });
};
const draftHeading = (page: Page) => page.getByRole("heading", { name: /^Draft \d+: Sep 2020/u });

test("a release is drafted, held by a partner while others look on, let go and approved", async () => {
  const drafting = await open("analyst");
  const analyst = drafting.page;
  await analyst.getByText("Release 1 is public; no drafts waiting.").waitFor(patiently);
  await analyst.getByLabel("Last month").fill("2021-09");
  await analyst.getByRole("button", { name: "Preview" }).click();
  await analyst.getByRole("button", { name: "Add one" }).click();
  await analyst.getByLabel("1. You said").fill("Cars circle at night.");
  await analyst.getByLabel("1. We did").fill("Outreach was out first.");
  await analyst.getByLabel("1. Next").fill("Lighting is looked at.");
  await analyst.getByLabel("1. By").fill("2022-01-31");
  expect(await seriousViolations(analyst)).toEqual([]);
  await analyst.getByRole("button", { name: "Draft this release" }).click();
  await draftHeading(analyst).waitFor(patiently);
  await drafting.close();

  const { page: partner } = await open("partner");
  await openMore(partner, "Coordinator and residents");
  await partner.getByRole("button", { name: "Show drafts" }).click();
  await draftHeading(partner).waitFor(patiently);
  await partner.getByRole("button", { name: "Hold draft" }).click();
  const dialog = partner.getByRole("dialog", { name: "Hold draft" });
  await dialog.getByLabel("Why should it not be released?").fill("Everyone knows who.");
  await dialog.getByRole("button", { name: "Hold draft" }).click();
  await partner.getByText("Held until the objection is withdrawn").waitFor(patiently);
  expect(await seriousViolations(partner)).toEqual([]);
  const looking = await open("coordinator");
  const coordinator = looking.page;
  await coordinator.getByText("An outreach partner: Everyone knows who.").waitFor(patiently);
  expect(await seriousViolations(coordinator)).toEqual([]);
  await looking.close();
  await partner.getByRole("button", { name: "Withdraw my objection" }).click();
  await partner.getByText("Waiting for a second person").waitFor(patiently);

  const { page: auditor } = await open("auditor");
  await auditor.getByRole("button", { name: "Read draft" }).click();
  await auditor.getByRole("table", { name: "Complaints by residents" }).waitFor(patiently);
  await auditor.getByRole("button", { name: "Approve" }).click();
  await auditor.getByRole("dialog", { name: "Publish release 2?" }).waitFor(patiently);
  expect(await seriousViolations(auditor)).toEqual([]);
  await auditor.getByRole("button", { name: "Publish release 2" }).click();
  await auditor.getByText("Release 2 is public; no drafts waiting.").waitFor(patiently);
  await auditor.getByRole("button", { name: "Check all releases" }).click();
  await auditor.getByText("All 2 are unchanged since approval").waitFor(patiently);
  expect(await seriousViolations(auditor)).toEqual([]);
});
