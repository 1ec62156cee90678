import { createHash } from "node:crypto";
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, type Page, type TestBrowser } from "#tests/browser/driver.ts";
import { chooseRecords, recordUploads, visitRecords } from "#tests/browser/records-support.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";

/** Files come in by the whole of a browser: its reader in a worker, its sending, its keys. */
let server: DemoServer;
let browser: TestBrowser;
const folder = mkdtempSync(join(tmpdir(), "boxster-records-"));
beforeAll(async () => {
  [server, browser] = await Promise.all([startDemoServer(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const header = "Date,Time,Latitude,Longitude,Type,Category,Source,Caller name";
const withBadRows = [
  header,
  "05/11/2021,22:10,51.6158,-0.0639,complaint,asb,resident,Jo Secret",
  "06/11/2021,23:40,51.6179,-0.0631,sighting,kerb crawling,partner,Al Secret",
  "31/02/2021,21:00,51.6179,-0.0631,complaint,asb,resident,Bo Secret",
  "=1+1,21:00,51.6179,-0.0631,complaint,asb,resident,Di Secret",
  "20/11/2021,19:30,51.6147,-0.0644,complaint,traffic,resident,Cy Secret",
].join("\n");

test("a file with bad rows: the guess, the errors with their rows, the download, the undo", async () => {
  const { page, problems, close } = await visitRecords({ browser, server });
  const sent = await recordUploads(page);
  await chooseRecords(page, "november.csv", withBadRows);
  await page.getByText(/Read as: plain table/).waitFor();
  await page.getByText(/Left out, because they may describe a person: Caller name/).waitFor();
  expect(await page.getByRole("heading", { name: /2 of them refused/ }).isVisible()).toBe(true);
  expect(await sent()).toBe("");

  await page.getByRole("button", { name: "Import this file" }).click();
  await page.getByText(/5 rows of november.csv: 3 stored, 2 refused/).waitFor();
  const rows = page.getByRole("table", { name: "Refused rows" }).locator("tbody tr");
  expect(await rows.allInnerTexts()).toEqual([
    expect.stringMatching(/^4\s+Date\s+31\/02\/2021\s+there is no such day/),
    expect.stringMatching(/^5\s+Date\s+=1\+1\s+/),
  ]);
  expect(await sent()).not.toContain("Secret");
  expect(await sent()).toContain("kerb crawling");

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("november-refused.csv");
  const text = await readFile(await download.path(), "utf8");
  expect(text).toContain("4,Date,31/02/2021");
  expect(text).toContain("5,Date,'=1+1");

  await page.getByRole("button", { name: "Undo november.csv" }).click();
  await page.getByRole("button", { name: "Remove 3 events" }).click();
  await page.getByText("3 events of november.csv removed").waitFor();
  await expect.poll(() => page.getByRole("button", { name: "Undo november.csv" }).count()).toBe(0);
  expect(problems).toEqual([]);
  await close();
});

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
  await page.getByText("Say what other columns hold").focus();
  await page.keyboard.press("Enter");
  await pick(page, "Category", "what");
  await page.getByText("Words that the lists do not know").waitFor();

  await page.getByRole("radio", { name: "Store the good rows" }).focus();
  await page.keyboard.press("ArrowRight");
  await press(page, "Import this file");
  await page.getByText(/Nothing was stored. 3 rows of noise.csv: 1 good, 2 refused/).waitFor();
  await press(page, "Try without storing");
  await page
    .getByText(/A trial: nothing was stored. 3 rows of noise.csv: 1 good, 2 refused/)
    .waitFor();

  await pick(page, "noise stands for", "a");
  await press(page, "Try without storing");
  await page
    .getByText(/A trial: nothing was stored. 3 rows of noise.csv: 3 good, none refused/)
    .waitFor();
  await press(page, "Save this reading…");
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

  await press(page, "Rename Noise line");
  await page.getByLabel("New name").fill("Noise desk");
  await press(page, "Rename");
  await press(page, "Remove Noise desk");
  await press(page, "Remove it");
  await expect.poll(() => page.getByText("Saved ways of reading").count()).toBe(0);
  expect(problems).toEqual([]);
  await close();
});

test("a file of 500 MB is shown by its beginning; npm run bench -- file says how soon", async () => {
  const file = join(folder, "large.csv");
  writeSparse(file, 500_000_000);
  const { page, close } = await visitRecords({ browser, server });
  await page.locator("input[type=file]").setInputFiles(file);
  await page.getByText(/Read as: plain table/).waitFor();
  const rows = page
    .getByRole("table", { name: "The first rows as they would be stored" })
    .locator("tbody tr");
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
