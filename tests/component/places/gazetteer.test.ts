import { expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import {
  chooseRecords,
  recordUploads,
  visitRecords,
} from "#tests/browser/records/records-support.ts";
import { openPages, type Page } from "#tests/component/driver.ts";
import { openNames } from "#tests/support/gazetteer.ts";

const { server, browser } = demoWith(openPages);

const events = [
  "Date,Home address,Borough,Kind,Category",
  "2021-11-05 22:10,12 Brettenham Rd,Enfield,complaint,asb",
  "2021-11-06 22:10,Park Road,Haringey,complaint,asb",
  "2021-11-07 22:10,Park Road,,complaint,asb",
  "2021-11-08 22:10,Nowhere Lane,,complaint,asb",
].join("\n");

test("rows with only a street are placed on this computer by a gazetteer: cells are sent, never the words", async () => {
  const { page, problems, close } = await visitRecords({ browser, server });
  const sent = await recordUploads(page);

  await openPart(page, "Boundaries and places");
  await bringNamesIn(page, "events.csv", "Date,Latitude,Longitude\n2021-11-05,51.6,-0.06\n");
  await page.getByText(/neither a file of OS Open Names nor .* Nothing was sent\./).waitFor();
  await bringNamesIn(page, "names.csv", openNames.join("\n"));
  await page
    .getByText(/names.csv, read as OS Open Names: 6 streets and 2 postcodes saved from 12 rows/)
    .waitFor();
  const list = page.getByRole("table", { name: "Gazetteers, newest first" });
  await list.getByText("names.csv").waitFor();

  await openPart(page, "Events");
  await chooseRecords(page, "known.csv", events.replace("Home address", "Street"));
  await page.getByText(/Converted to map cells on this computer: Street, Borough/).waitFor();
  await page.getByRole("button", { name: "Try without storing" }).click();
  await page.getByText(/4 rows of known.csv: 2 good, 2 refused/).waitFor();

  await chooseRecords(page, "streets.csv", events);
  await page.getByText(/a street or a postcode/).waitFor();
  // The borough is found once there is a street beside it.
  await page.getByRole("combobox", { name: "Street", exact: true }).selectOption("Home address");
  await page.getByText(/Converted to map cells on this computer: Home address, Borough/).waitFor();
  await page
    .getByText(/Refused for their place: 1 with a street that the gazetteer does not know, 1/)
    .waitFor();

  await page.getByRole("button", { name: "Import this file" }).click();
  await page.getByText(/4 rows of streets.csv: 2 stored, 2 refused/).waitFor();
  await page
    .getByText("Placed: 1 by the street's name, 1 by the street's name and its borough.")
    .waitFor();
  const bodies = await sent();
  expect(bodies).toMatch(/8a[0-9a-f]{13} street,complaint,asb/);
  expect(bodies).not.toMatch(/Brettenham|Park|Nowhere|Haringey|Enfield/);
  const rows = page.getByRole("table", { name: "Refused rows" }).locator("tbody tr");
  expect(await rows.allInnerTexts()).toEqual([
    expect.stringMatching(
      /^4\s+Boxster place\s+\(not shown\)\s+a street of this name lies in several/,
    ),
    expect.stringMatching(/^5\s+Boxster place\s+\(not shown\)\s+the gazetteer knows no street/),
  ]);

  const history = page.getByRole("table", { name: "Imports, newest first" }).locator("tbody tr");
  await history.first().getByText("How it was read").click();
  await history
    .first()
    .getByText(
      "Not placed by a point: 1 by the street's name, 1 by the street's name and its borough.",
    )
    .waitFor();

  await openPart(page, "Boundaries and places");
  await page.getByRole("button", { name: "Remove the names of names.csv" }).click();
  await page.getByRole("button", { name: "Remove 8 names" }).click();
  await page.getByText("8 names of names.csv removed").waitFor();
  await page.getByText("No names imported yet.").waitFor();
  expect(problems).toEqual([]);
  await close();
});

async function bringNamesIn(page: Page, name: string, text: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: "Import names" }).click(),
  ]);
  await chooser.setFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
}

function openPart(page: Page, name: string): Promise<void> {
  return page.getByRole("navigation", { name: "Parts of Records" }).getByText(name).click();
}
