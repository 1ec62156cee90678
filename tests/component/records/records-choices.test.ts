import { expect, test } from "vitest";
import { hotspotsCommand } from "#server/hotspots/commands/hotspots.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { countOn, paramOn } from "#tests/browser/hotspots/hotspots-support.ts";
import {
  chooseRecords,
  recordUploads,
  visitRecords,
} from "#tests/browser/records/records-support.ts";
import { openPages, type Page } from "#tests/component/driver.ts";
import { runCommand } from "#tests/support/command.ts";

const { server, browser } = demoWith(openPages);

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

const importButton = { name: "Import this file", exact: true };

test("two dates that could each be it are asked about, and a choice reads the file", async () => {
  const { page, close } = await visitRecords({ browser, server });
  await chooseRecords(
    page,
    "two-dates.csv",
    "Reported date,Incident date,Offence date,Lat,Lng,Type\n2021-11-09,2021-11-06,2021-11-05,51.6147,-0.0644,complaint\n",
  );
  await page
    .getByText(/"Incident date" and "Offence date" could each say when it happened/)
    .waitFor();
  expect(await page.getByRole("button", importButton).isDisabled()).toBe(true);
  await page.getByLabel("Date", { exact: true }).selectOption("Offence date");
  await page.getByRole("cell", { name: /^5 Nov 2021/ }).waitFor();
  await expect.poll(() => page.getByRole("button", importButton).isEnabled()).toBe(true);
  await close();
});

test("a time that may be of either date is read neither here nor by the server", async () => {
  const { page, close } = await visitRecords({ browser, server });
  const sent = await recordUploads(page);
  await chooseRecords(
    page,
    "either.csv",
    "Reported,Occurred,Time,Lat,Lng,Type\n2021-11-09,2021-11-05,09:30,51.6147,-0.0644,complaint\n",
  );
  await page.getByText(/"Time" does not say which date it belongs to/).waitFor();
  await press(page, "Try without storing");
  await page.getByText(/1 row of either.csv: 1 good, none refused/).waitFor();
  expect(await sent()).not.toContain("09:30");
  expect(await sent()).toContain("2021-11-05");
  await close();
});

test("what a trial found goes with the mapping that it tried, and its words stay to be matched", async () => {
  const { page, close } = await visitRecords({ browser, server });
  const row = (word: string) => `2021-11-05 22:15,51.6147,-0.0644,complaint,${word}\n`;
  // The words stand further down than the page has looked.
  const text = `Date,Lat,Lng,Kind,Category\n${row("asb").repeat(6_000)}${row("noise")}${row("fly posting")}`;
  await chooseRecords(page, "trial.csv", text);
  const trial = page.getByText(/Trial run: nothing was stored. 6,002 rows of trial.csv/);
  await press(page, "Try without storing");
  await trial.waitFor();
  await page.getByLabel("noise means").selectOption("asb");
  await expect.poll(() => trial.count()).toBe(0);
  await page.getByLabel("fly posting means").waitFor();
  await press(page, "Try without storing");
  await trial.waitFor();
  await page
    .getByLabel("Category", { exact: true })
    .selectOption({ label: "No column of this file" });
  await expect.poll(() => trial.count()).toBe(0);
  await close();
});

test("swapped axes are swapped back by one button", async () => {
  const { page, close } = await visitRecords({ browser, server });
  await chooseRecords(
    page,
    "swapped.csv",
    "Date,Latitude,Longitude,Type\n2021-11-05 22:15,-0.0644,51.6147,complaint\n",
  );
  await page.getByText("Latitude and longitude look swapped in 1 of 1 row.").waitFor();
  await press(page, "Swap them");
  await expect
    .poll(() => page.getByLabel("Latitude", { exact: true }).inputValue())
    .toBe("Longitude");
  await press(page, "Try without storing");
  await page.getByText(/1 row of swapped.csv: 1 good, none refused/).waitFor();
  await close();
});

/** As a person without a mouse: focus, then Enter. */
async function press(page: Page, name: string): Promise<void> {
  // It rests while the file is being read again.
  await page.getByRole("button", { name, exact: true, disabled: false }).first().focus();
  await page.keyboard.press("Enter");
}
