import { beforeAll, expect, test } from "vitest";
import type { OperationReply, OperationsReply } from "#core/displacement/wire/operations.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openPages, type Page } from "#tests/component/driver.ts";

/** Operations as people make them, where no map is drawn and nobody else works on them. */
const { server, browser } = demoWith(openPages);
let page: Page;

beforeAll(async () => {
  ({ page } = await browser.visit({
    role: "sergeant",
    fragment: "#/displacement?part=operations",
  }));
  await page.locator(".operations tbody tr").first().waitFor();
});

async function stored(name: string): Promise<OperationReply | undefined> {
  const reply = await page.request.get("/api/operations");
  return ((await reply.json()) as OperationsReply).operations.find((one) => one.name === name);
}

async function openNew(): Promise<void> {
  await page.goto(`${server.url}/#/displacement?part=operations&edit=new`);
  await page.getByRole("heading", { name: "Add an operation" }).waitFor();
}

test("what is wrong is marked at its field, and nothing is sent", async () => {
  await openNew();
  await page.getByLabel("First day").fill("2021-09-06");
  await page.getByLabel("Last day").fill("2021-09-01");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  const faults = await page.locator(".field__error").allTextContents();
  expect(faults).toEqual(
    expect.arrayContaining([
      "Enter a name.",
      "The last day, 1 Sep 2021, is before the first day, 6 Sep 2021.",
      "Choose the treated area: draw it, choose cells, a named area or a street.",
    ]),
  );
  await page.getByRole("button", { name: "Discard changes" }).click();
  expect(await page.getByLabel("First day").inputValue()).toBe("");
});

test("a person's name is no name of an operation: said at its field, and never sent", async () => {
  await openNew();
  await page.getByLabel("Name").fill("Visits to Maria Jones");
  await page.getByLabel("First day").fill("2021-09-06");
  await page.getByLabel("Ward or other area").selectOption("neighbourhood:Edmonton Green");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("“Maria Jones” looks like somebody's name.").waitFor();
  expect(await stored("Visits to Maria Jones")).toBeUndefined();
  await page.getByRole("button", { name: "Discard changes" }).click();
});

test("what is typed stays while another screen is looked at", async () => {
  await openNew();
  await page.getByLabel("Name").fill("Half typed");
  await page.getByRole("link", { name: "Hotspots" }).click();
  await page.locator(".hotspots").waitFor();
  await page.goBack();
  await page.getByLabel("Name").waitFor();
  expect(await page.getByLabel("Name").inputValue()).toBe("Half typed");
  await page.getByRole("button", { name: "Discard changes" }).click();
});

test("an operation is ended and deleted from the list; one with a report is kept, in words", async () => {
  await page.goto(`${server.url}/#/displacement?part=operations`);
  const row = page.locator(".operations tbody tr", { hasText: "boxster-2021" });
  await row.getByRole("button", { name: "End boxster-2021" }).click();
  await page.getByLabel("Last day").fill("2021-10-31");
  await page.getByRole("button", { name: "End operation" }).click();
  await expect.poll(() => row.textContent()).toContain("to 31 Oct 2021");
  const { id } = (await stored("boxster-2021")) ?? { id: 0 };
  const issued = await page.request.post(`/api/operations/${id}/reports`, {
    data: { revision: 2, form: "paper" },
  });
  expect(issued.ok()).toBe(true);
  await row.getByRole("button", { name: "Delete boxster-2021" }).click();
  await page.getByRole("button", { name: "Delete operation" }).click();
  await page.getByText("A report of it has been printed or downloaded").waitFor();
  await page.getByRole("button", { name: "Cancel" }).click();
});

test("without WebGL an operation is still made: by a named area", async () => {
  const visit = await browser.visit({
    role: "sergeant",
    fragment: "#/displacement?part=operations&edit=new",
  });
  await visit.page.getByText("This browser cannot draw the map").waitFor();
  await visit.page.getByLabel("Name").fill("Without a map");
  await visit.page.getByLabel("First day").fill("2021-12-06");
  await visit.page.getByLabel("Ward or other area").selectOption("neighbourhood:Edmonton Green");
  expect(await visit.page.locator(".operation-editor__notes").textContent()).toContain(
    "can be assessed once it has started",
  );
  await visit.page.getByRole("button", { name: "Add", exact: true }).click();
  await visit.page.locator(".operations").getByText("Not started").waitFor();
});
