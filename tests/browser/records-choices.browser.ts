import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hotspotsCommand } from "#server/cli/hotspots.ts";
import {
  openBrowser,
  type Page,
  seriousViolations,
  type TestBrowser,
} from "#tests/browser/driver.ts";
import { countOn, paramOn } from "#tests/browser/hotspots-support.ts";
import { chooseRecords, visitRecords } from "#tests/browser/records-support.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";
import { runCommand } from "#tests/support/command.ts";

let server: DemoServer;
let browser: TestBrowser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startDemoServer(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await server.close();
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

const numbers = [
  "CAD number,Date,Time,Latitude,Longitude,Type,Category,Source",
  "CAD-4471/06NOV21,06/11/2021,22:10,51.6158,-0.0639,complaint,kerb crawling,resident",
  "CAD-4471/06NOV21,06/11/2021,22:55,51.6179,-0.0631,arrest,kerb crawling,police",
  "CAD-0911/13NOV21,13/11/2021,21:40,51.6147,-0.0644,complaint,asb,resident",
  "CAD-0911/13NOV21,13/11/2021,22:05,51.6147,-0.0644,stop_search,asb,police",
].join("\n");

test("records of one incident are merged, left and parted again", async () => {
  const { page, close } = await visitRecords({ browser, server });
  await page.getByText(/nothing to merge/).waitFor();
  await chooseRecords(page, "numbers.csv", numbers);
  await press(page, "Import this file");
  const open = page.getByRole("table", { name: "References in more than one record" });
  await page.getByText(/^2 references stand in more than one kind/).waitFor();
  expect(await open.locator("tbody tr").allInnerTexts()).toEqual([
    expect.stringMatching(
      /^CAD-0911[\s\S]*one place[\s\S]*Complaint, residents[\s\S]*Stop and search, police/,
    ),
    expect.stringMatching(
      /^CAD-4471[\s\S]*m apart[\s\S]*Complaint, residents[\s\S]*Arrest, police/,
    ),
  ]);
  expect(await seriousViolations(page)).toEqual([]);
  await press(page, "Merge CAD-4471/06NOV21");
  await page.getByText("1 incident merged", { exact: true }).first().waitFor();
  await press(page, "Leave CAD-0911/13NOV21 as it is");
  await page.getByText(/nothing to merge/).waitFor();
  await page.locator("summary", { hasText: "1 incident merged" }).click();
  await press(page, "Part CAD-4471/06NOV21 again");
  await open.waitFor();
  await press(page, "Undo numbers.csv");
  await press(page, "Remove 4 events");
  await page.getByText(/nothing to merge/).waitFor();
  await close();
});

const crimes = [
  "Crime ID,Month,Longitude,Latitude,Location,LSOA code,Crime type",
  ...["Drugs", "Drugs", "Robbery", "drugs", "Cattle rustling"].map(
    (type, at) => `c${at},2021-10,-0.063${at},51.6158,On or near Fore Street,E01,${type}`,
  ),
].join("\n");

test("crime types come in with their records and are a filter of Hotspots, as on the command line", async () => {
  const { page, problems, close } = await visitRecords({ browser, server });
  const types = page.locator(".hotspots__types");
  await page.goto(`${server.url}/#/hotspots`);
  await page.getByTestId("filtered-count").waitFor();
  const usual = await countOn(page);
  // Nothing of it while no record has a type.
  expect(await types.count()).toBe(0);

  await page.goto(`${server.url}/#/records`);
  await chooseRecords(page, "street.csv", crimes);
  await page.getByText(/Read as: data.police.uk street crime/).waitFor();
  await press(page, "Import this file");
  await page.getByText(/5 rows of street.csv: 5 stored, none refused/).waitFor();
  await page.getByText(/Type not known: 1 row is kept without one/).waitFor();

  await page.goto(`${server.url}/#/hotspots`);
  await expect.poll(() => countOn(page)).toBe(usual + 5);
  await types.getByText("Types: all").click();
  await types.getByRole("checkbox", { name: "Drugs" }).check();
  await expect.poll(() => countOn(page)).toBe(3);
  await types.getByText("Types: Drugs").waitFor();
  await page
    .getByText(/^3 reports in 8 weeks.* Only the type Drugs\.$/)
    .first()
    .waitFor();
  expect(await page.locator(".legend").textContent()).toContain("Only the type Drugs.");
  await expect.poll(() => paramOn(page, "types")).toBe("drugs");
  expect(await seriousViolations(page)).toEqual([]);

  const [from, to] = [paramOn(page, "from"), paramOn(page, "to")];
  const values = { from, to, types: "drugs", resolution: "9" };
  const { json } = await runCommand(server.services, hotspotsCommand, { values });
  expect(json).toMatchObject({ total: 3, types: ["Drugs"] });

  await types.getByRole("checkbox", { name: "Robbery" }).check();
  await expect.poll(() => countOn(page)).toBe(4);
  await press(page, "Undo: choose types");
  await expect.poll(() => countOn(page)).not.toBe(4);
  await page.goto(`${server.url}/#/hotspots?from=${from}&to=${to}&types=robbery`);
  await expect.poll(() => countOn(page)).toBe(1);
  await types.getByRole("button", { name: "All types" }).click();
  await expect.poll(() => countOn(page)).toBe(usual + 5);
  expect(problems).toEqual([]);
  await close();
});

for (const theme of ["light", "dark"] as const) {
  test(`a phone shows preview, words and history whole, without a fault: ${theme}`, async () => {
    const { page, close } = await visitRecords({ browser, server }, theme, 390);
    await chooseRecords(page, "noise.csv", noise.replace("What happened", "Category"));
    await page.getByLabel("Kind of event", { exact: true }).first().selectOption("complaint");
    await page.getByText("Words that the lists do not know").waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(390);
    await close();
  });
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
