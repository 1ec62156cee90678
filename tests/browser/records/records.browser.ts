import { createHash } from "node:crypto";
import { closeSync, ftruncateSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page } from "#tests/browser/driver.ts";
import { chooseRecords, visitRecords } from "#tests/browser/records/records-support.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

/** Files come in by the whole of a browser: its reader in a worker, its sending, its keys. Bad rows are in tests/component. */
const { server, browser } = demoWith(openBrowser);
const folder = scratchFolder("records");

const noise = [
  "When,Lat,Lng,What happened,Caller name",
  "05/11/2021 22:10,51.6158,-0.0639,noise,Jo Secret",
  "16/11/2021 22:10,51.6158,-0.0639,litter,Jo Secret",
  "17/11/2021 23:40,51.6179,-0.0631,noise,Al Secret",
].join("\n");

test("a trial, words mapped, a reading saved, and the next file of its kind recognised, all by keyboard", async () => {
  const { page, problems, close } = await visitRecords({ browser, server });
  await chooseRecords(page, "noise.csv", noise);
  await pick(page, "Kind of event", "c");
  await page.getByRole("cell", { name: "5 Nov 2021 22:10 05/11/2021 22:10" }).waitFor();
  await page.getByText("Match other columns").focus();
  await page.keyboard.press("Enter");
  await pick(page, "Category", "what");
  await page.getByText("Unknown words").waitFor();

  await page.getByRole("radio", { name: "Store the good rows" }).focus();
  await page.keyboard.press("ArrowRight");
  await press(page, "Import this file");
  await page.getByText(/Nothing was stored. 3 rows of noise.csv: 1 good, 2 refused/).waitFor();
  await press(page, "Try without storing");
  await page
    .getByText(/Trial run: nothing was stored. 3 rows of noise.csv: 1 good, 2 refused/)
    .waitFor();

  await pick(page, "noise means", "a");
  await press(page, "Try without storing");
  await page
    .getByText(/Trial run: nothing was stored. 3 rows of noise.csv: 3 good, none refused/)
    .waitFor();
  await press(page, "Save these settings…");
  await page.getByLabel("Name", { exact: true }).fill("plain");
  await page.getByText("This is the name of a ready profile; choose another.").waitFor();
  await page.getByLabel("Name", { exact: true }).fill("Noise line");
  await press(page, "Save");
  await page.getByText(/Read as: Noise line/).waitFor();
  await press(page, "Import this file");
  await page.getByText(/3 rows of noise.csv: 3 stored, none refused/).waitFor();

  await chooseRecords(page, "next.csv", noise.replaceAll("/11/", "/10/"));
  await page.getByText(/Read as: Noise line/).waitFor();
  await press(page, "Import this file");
  await page.getByText(/3 rows of next.csv: 3 stored, none refused/).waitFor();
  expect(await page.locator("body").innerText()).not.toContain("Secret");

  // The fingerprint is that of the file as it lies on this computer, names included.
  const history = page.getByRole("table", { name: "Imports, newest first" });
  await history.locator("tbody tr").first().getByText("next.csv").waitFor();
  await history.getByText("How it was read").nth(1).click();
  const own = createHash("sha256").update(noise).digest("hex");
  await history.getByText(own).waitFor();
  await history
    .getByText(/category:noise=asb/)
    .nth(1)
    .waitFor();

  await press(page, "Undo noise.csv");
  await press(page, "Remove 3 events");
  await history.getByText(/^undone .* by demonstration analyst/).waitFor();

  await press(page, "Remove Noise line");
  await press(page, "Remove it");
  await expect.poll(() => page.getByText("Saved import settings").count()).toBe(0);
  expect(problems).toEqual([]);
  await close();
});

test("a file of 500 MB is shown by its beginning; npm run bench -- file says how soon", async () => {
  const file = join(folder, "large.csv");
  writeSparse(file, 500_000_000);
  const { page, close } = await visitRecords({ browser, server });
  await page.locator("input[type=file]").setInputFiles(file);
  await page.getByText(/Read as: plain table/).waitFor();
  const rows = page.getByRole("table", { name: "Preview of the first rows" }).locator("tbody tr");
  expect(await rows.count()).toBe(20);
  rmSync(file);
  await close();
});

/** A table at the beginning, and a hole that takes no room on the disk. */
function writeSparse(file: string, size: number): void {
  const line = "2021-11-05,51.6179,-0.0631,complaint,asb\n";
  const handle = openSync(file, "w");
  writeSync(handle, `Date,Lat,Lng,Kind,Category\n${line.repeat(20_000)}`);
  ftruncateSync(handle, size);
  closeSync(handle);
}

/** As a person without a mouse: focus, then Enter. */
async function press(page: Page, name: string): Promise<void> {
  // It rests while the file is being read again.
  await page.getByRole("button", { name, exact: true, disabled: false }).first().focus();
  await page.keyboard.press("Enter");
}

/** Letters choose in a list, as keyboards do. */
async function pick(page: Page, label: string, letters: string): Promise<void> {
  await page.getByRole("combobox", { name: label, exact: true }).first().focus();
  await page.keyboard.type(letters);
}
