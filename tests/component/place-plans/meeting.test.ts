import { beforeAll, expect, test } from "vitest";
import type { PackReply } from "#core/place-plans/wire/meeting.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openPages, type Page, type Visit } from "#tests/component/driver.ts";

/** The monthly meeting: one click makes the pack, minutes are actions. Its paper is in tests/browser. */
const { browser } = demoWith(openPages);
let coordinator: Visit;
let page: Page;

beforeAll(async () => {
  coordinator = await browser.visit({ role: "coordinator", fragment: "#/outcomes?part=meeting" });
  page = coordinator.page;
  await page.locator(".meeting").waitFor();
});

async function packOf(id: string): Promise<PackReply> {
  return (await (await page.request.get(`/api/meeting/packs/${id}`)).json()) as PackReply;
}

test("the series is said in words", async () => {
  expect(await page.locator(".meeting__sentence").textContent()).toBe(
    "Partners meet on the second Tuesday of each month, 10:00 to 11:30. Next on 14 Dec 2021.",
  );
});

test("one click makes the pack; a decision that names somebody is not sent", async () => {
  const decisions = page.getByLabel("Decisions to take, one per line");
  await decisions.fill("Ask Mr Smith to move");
  const make = page.getByRole("button", { name: "Make pack" });
  expect(await make.isDisabled()).toBe(true);
  expect(await page.locator(".field__error").textContent()).toContain("somebody's name");
  await decisions.fill("Whether the service road is closed at night\nWho pays for the second lamp");
  await make.click();
  await page.locator(".pack-page").waitFor();
  expect(page.url()).toContain("pack=1");
  const titles = await page.locator(".pack-page h3").allTextContents();
  expect(titles).toEqual([
    "Agenda",
    "What changed",
    "What residents reported",
    "Actions overdue",
    "Actions due by the next meeting",
    "Actions due later",
    "Place plans to review",
    "Decisions to take",
  ]);
});

test("SAFEGUARDS 13: the pack holds no total over partners, no session and no figure under 10", async () => {
  const text = (await page.locator(".pack-page").textContent()) ?? "";
  expect(text).not.toMatch(
    /kept clear|keep clear|sessions?\b|venue|stay away|partners (?:have|confirmed)/i,
  );
  const figures = await page.locator(".pack-table--months td").allTextContents();
  expect(figures.length).toBeGreaterThanOrEqual(12);
  for (const figure of figures) {
    if (figure === "not shown") continue;
    expect(Number(figure)).toBeGreaterThanOrEqual(10);
    expect(Number(figure) % 5).toBe(0);
  }
});

test("minutes are actions of an office; the pack stays as it was issued", async () => {
  const before = await packOf("1");
  await page.getByRole("button", { name: "Add as action" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Add an action" });
  expect(await dialog.getByLabel("Action").inputValue()).toBe(
    "Whether the service road is closed at night",
  );
  await dialog.getByLabel("Action").fill("Close the service road at night, for a month");
  await dialog.getByLabel("Office").selectOption({ label: "Highways" });
  await dialog.getByLabel("Due", { exact: true }).fill("2022-01-07");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  const decided = page.getByRole("list", { name: "Decided at this meeting" });
  await decided.waitFor();
  expect(await decided.textContent()).toBe(
    "Close the service road at night, for a month (Highways, by 7 Jan 2022)",
  );
  expect(await packOf("1")).toEqual(before);
});

test("the next pack tells what changed since, and both stay", async () => {
  await page.getByRole("button", { name: "All meetings" }).click();
  const decisions = page.getByLabel("Decisions to take, one per line");
  expect(await decisions.inputValue()).toBe("");
  await page.getByLabel("Meeting on").fill("2022-01-11");
  // A look at what was decided last time loses nothing of what is typed.
  await decisions.fill("Whether the lamp stays");
  await page.getByRole("link", { name: "Pack 1" }).click();
  await page.locator(".pack-page").waitFor();
  await page.getByRole("button", { name: "All meetings" }).click();
  expect(await decisions.inputValue()).toBe("Whether the lamp stays");
  expect(await page.getByLabel("Meeting on").inputValue()).toBe("2022-01-11");
  await page.getByRole("button", { name: "Make pack" }).click();
  await page.getByRole("heading", { name: "Partner meeting, 11 Jan 2022" }).waitFor();
  const { content } = await packOf("2");
  expect(content.since).toEqual({ number: 1, meetingOn: "2021-12-14" });
  expect(content.changes).toEqual([
    "New action: Close the service road at night, for a month (Highways), by 7 Jan 2022.",
  ]);
  await page.getByRole("button", { name: "All meetings" }).click();
  await page.getByRole("link", { name: "Pack 1" }).waitFor();
  expect(await page.locator(".meeting tbody tr").count()).toBe(2);
});
