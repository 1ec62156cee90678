import type { Page } from "#tests/browser/driver.ts";
import { desk, type Picture, paper, pictureOf, tablet } from "#tests/browser/screen-list.ts";

/** A street, two phases, a control area, and what is to be known of an overlap. */
export async function typeOperation(page: Page): Promise<void> {
  await page.getByLabel("Name").fill("Fore Street, autumn 2021");
  await page.getByLabel("First day").fill("2021-09-06");
  await page.getByRole("radio", { name: "Along a street" }).first().check();
  await page.getByLabel("Street", { exact: true }).fill("Fore Street");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Use this street" }).click();
  for (const [at, name, from] of [
    [1, "Clear", "2021-09-06"],
    [2, "Hold", "2021-10-04"],
  ] as const) {
    await page.getByRole("button", { name: "Add a phase" }).click();
    await page.getByLabel(`Phase ${at}`, { exact: true }).fill(name);
    const row = page.locator(".operation-editor__row--phase").nth(at - 1);
    await row.getByLabel("From").fill(from);
  }
}

async function wrong(page: Page): Promise<void> {
  await page.getByLabel("First day").fill("2021-09-06");
  await page.getByLabel("Last day").fill("2021-09-01");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.locator(".field__error").first().waitFor();
}

/** Operations and their report. */
export const operationPictures: readonly Picture[] = [
  pictureOf("operations", "sergeant", "#/displacement?part=operations", ".operations tbody tr", [
    desk,
    tablet,
  ]),
  pictureOf(
    "operations-edit",
    "sergeant",
    "#/displacement?part=operations&edit=new",
    ".editor__form",
    [desk, tablet],
    { hasMap: true, prepare: typeOperation },
  ),
  pictureOf(
    "operations-wrong",
    "analyst",
    "#/displacement?part=operations&edit=new",
    ".editor__form",
    [desk],
    { hasMap: true, prepare: wrong },
  ),
  pictureOf(
    "operations-history",
    "analyst",
    "#/displacement?part=operations",
    ".operations tbody tr",
    [desk],
    {
      prepare: async (page) => {
        await page.getByRole("button", { name: "History of boxster-2021" }).click();
        await page.locator(".revisions li").first().waitFor();
      },
    },
  ),
  pictureOf("operations-report", "analyst", "#/displacement?part=report", ".report-page", [
    desk,
    tablet,
  ]),
  pictureOf(
    "operations-report-paper",
    "analyst",
    "#/displacement?part=report",
    ".report-page",
    [paper],
    { print: true },
  ),
];
