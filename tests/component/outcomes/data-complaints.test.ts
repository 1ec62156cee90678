import { expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openPages, type Page } from "#tests/component/driver.ts";

const { browser } = demoWith(openPages);

const ledger = (page: Page) => page.getByRole("region", { name: "Data complaints", exact: true });
const dialog = (page: Page, name: string) => page.getByRole("dialog", { name });

test("a presenter enters a complaint that is overdue, acknowledges it, closes it and corrects a slip", async () => {
  const { page, problems, close } = await browser.visit({
    role: "presenter",
    fragment: "#/outcomes?part=complaints",
  });
  await ledger(page).getByText("No complaints yet.").waitFor();
  await ledger(page).getByRole("button", { name: "Add a complaint" }).click();
  const add = dialog(page, "Add a complaint");
  const received = add.getByLabel("Received");
  await received.fill("");
  await add.getByRole("button", { name: "Add" }).click();
  await add.getByText("Enter a date.").waitFor();
  await received.fill("2021-11-27");
  await add.getByText("27 Nov 2021 is in the future.").waitFor();
  await received.fill("2021-10-01");
  await add.getByRole("button", { name: "Add" }).click();
  const row = ledger(page).getByRole("row", { name: /DP-2021-0001/ });
  await row.getByText("Overdue: due 31 Oct 2021").waitFor();
  await ledger(page).getByText("1 complaint, 1 overdue.").waitFor();

  await page.getByRole("link", { name: "Figures" }).click();
  await page.getByText("1 data complaint is overdue.").waitFor();
  await page.getByRole("link", { name: "Open Data complaints" }).click();

  await row.getByRole("button", { name: "Acknowledge DP-2021-0001 today" }).click();
  await ledger(page).getByText("1 complaint, 0 overdue.").waitFor();

  await row.getByRole("button", { name: "Change" }).click();
  const change = dialog(page, "Change DP-2021-0001");
  await change.getByLabel("Acknowledged").fill("2021-09-30");
  await change.getByLabel("Outcome", { exact: true }).selectOption({ label: "Partly upheld" });
  await change.getByRole("button", { name: "Save" }).click();
  await change.getByText("Choose 1 Oct 2021 or later, when it was received.").waitFor();
  await change.getByText("Enter when the outcome was told.").waitFor();
  await change.getByLabel("Acknowledged").fill("2021-11-20");
  await change.getByLabel("Outcome told").fill("2021-11-26");
  await change.getByRole("button", { name: "Save" }).click();
  const answered = "Partly upheld, told 26 Nov 2021";
  await row.getByRole("cell", { name: answered, exact: true }).waitFor();

  await row.getByRole("button", { name: "Change" }).click();
  const correct = dialog(page, "Change DP-2021-0001");
  await correct.getByLabel("Acknowledged").fill("2021-10-20");
  await correct.getByRole("button", { name: "Save" }).click();
  await row.getByRole("cell", { name: "20 Oct 2021", exact: true }).waitFor();
  const entered = await row.locator("ol li").allTextContents();
  expect(entered.map((line) => line.replace(/^.*presenter: /, ""))).toEqual([
    "received 1 Oct 2021",
    "received 1 Oct 2021, acknowledged 26 Nov 2021",
    "received 1 Oct 2021, acknowledged 20 Nov 2021, partly upheld, told 26 Nov 2021",
    "received 1 Oct 2021, acknowledged 20 Oct 2021, partly upheld, told 26 Nov 2021",
  ]);

  const [file] = await Promise.all([
    page.waitForEvent("download"),
    ledger(page).getByRole("button", { name: "Complaints (CSV)" }).click(),
  ]);
  expect(file.suggestedFilename()).toBe("data-complaints-2021-11-26-made-up-data.csv");
  expect(problems).toEqual([]);
  await close();
});

test("an administrator reads of an overdue one above the accounts; an auditor reads the list and changes nothing", async () => {
  const admin = await browser.visit({ role: "admin" });
  await ledger(admin.page).getByRole("button", { name: "Add a complaint" }).click();
  const add = dialog(admin.page, "Add a complaint");
  await add.getByLabel("Received").fill("2021-09-01");
  await add.getByRole("button", { name: "Add" }).click();
  await admin.page.getByText("1 data complaint is overdue.").waitFor();
  await admin.close();

  const auditor = await browser.visit({ role: "auditor", fragment: "#/accounts" });
  await ledger(auditor.page).getByText("2 complaints, 1 overdue.").waitFor();
  await ledger(auditor.page).getByRole("button", { name: "Complaints (CSV)" }).waitFor();
  expect(
    await ledger(auditor.page)
      .getByRole("button", { name: /Add|Acknowledge|Change/ })
      .count(),
  ).toBe(0);
  await auditor.close();
});

test("the Panel, which residents look at, asks for no complaint and says nothing of one", async () => {
  const { page, close } = await browser.visit({ role: "presenter" });
  await page.locator(".panel, .empty-state").first().waitFor();
  expect(await page.getByText(/data complaint/).count()).toBe(0);
  await close();
});
