import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import {
  chooseRecords,
  recordUploads,
  visitRecords,
} from "#tests/browser/records/records-support.ts";
import { openPages, type Page } from "#tests/component/driver.ts";

const { server, browser } = demoWith(openPages);

const header = "Date,Time,Latitude,Longitude,Type,Category,Source,Caller name";
const plainHeader = "Date,Lat,Lng,Kind,Category";
const withBadRows = [
  header,
  "05/11/2021,22:10,51.6158,-0.0639,complaint,asb,resident,Jo Secret",
  "06/11/2021,23:40,51.6179,-0.0631,sighting,kerb crawling,partner,Al Secret",
  "31/02/2021,21:00,51.6179,-0.0631,complaint,asb,resident,Bo Secret",
  "=1+1,21:00,51.6179,-0.0631,complaint,asb,resident,Di Secret",
  "20/11/2021,19:30,51.6147,-0.0644,complaint,traffic,resident,Cy Secret",
].join("\n");

describe("an analyst brings records in", () => {
  test("what came in is on the hotspots screen at once, and gone after Undo", async () => {
    const { page, close } = await visitRecords({ browser, server });
    const before = await reportsSeen(page);
    await page.getByRole("link", { name: "Records" }).click();
    await chooseRecords(page, "again.csv", withBadRows);
    await page.getByRole("button", { name: "Import this file" }).click();
    await page.getByText(/3 stored/).waitFor();
    await expect.poll(() => reportsSeen(page)).toBe(before + 3);
    await page.getByRole("link", { name: "Records" }).click();
    await page.getByRole("button", { name: "Undo: import again.csv" }).click();
    await expect.poll(() => reportsSeen(page)).toBe(before);
    await close();
  });

  test("a file with bad rows: the guess, the errors with their rows, the download, the undo", async () => {
    const { page, problems, close } = await visitRecords({ browser, server });
    const sent = await recordUploads(page);
    await chooseRecords(page, "november.csv", withBadRows);
    await page.getByText(/Read as: plain table/).waitFor();
    await page.getByText(/Excluded, because they may describe a person: Caller name/).waitFor();
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
    await expect
      .poll(() => page.getByRole("button", { name: "Undo november.csv" }).count())
      .toBe(0);
    expect(problems).toEqual([]);
    await close();
  });

  test("files of the inbox that wait or were refused are told, with the report", async () => {
    const { page, close } = await visitRecords({ browser, server });
    const refusedAt = "2021-11-26T08:12:00+00:00";
    const refused = [{ fileName: "blob.csv", refusedAt, report: ["Line 1: no text."] }];
    await page.route("**/api/inbox", (route) =>
      route.fulfill({ json: { inbox: { waiting: ["beats.csv"], refused } } }),
    );
    await page.reload();
    await page.getByText("1 file waits to be understood: beats.csv.").waitFor();
    await page.getByText("blob.csv: refused 26 Nov 2021 08:12").click();
    await page.getByText("Line 1: no text.").waitFor();
    await close();
  });

  test("the kind is asked for when no column says it", async () => {
    const { page, close } = await visitRecords({ browser, server });
    await chooseRecords(
      page,
      "no-kind.csv",
      "Date,Time,Lat,Lng\n20/11/2021,19:30,51.6147,-0.0644\n",
    );
    const store = page.getByRole("button", { name: "Import this file" });
    await page.getByText("Not in the file. Choose one.").waitFor();
    expect(await store.isDisabled()).toBe(true);
    // What its headings were understood as stands there all the same.
    await page.getByText("Read as: plain table.").waitFor();
    expect(await page.getByRole("combobox", { name: "Latitude" }).inputValue()).toBe("Lat");
    await page.getByLabel("Kind of event", { exact: true }).first().selectOption("complaint");
    await expect.poll(() => store.isEnabled()).toBe(true);
    await close();
  });

  test("dates whose order is open are shown both ways, and the box settles them", async () => {
    const { page, close } = await visitRecords({ browser, server });
    await chooseRecords(
      page,
      "open.csv",
      `${plainHeader}\n05/11/2021 22:15,51.6147,-0.0640,complaint,asb\n`,
    );
    await page.getByText(/Day and month order unclear: “05\/11\/2021 22:15” on line 2/).waitFor();
    const both = page.getByRole("cell", { name: /^5 Nov 2021 22:15, or 11 May 2021 22:15/ });
    expect(await both.isVisible()).toBe(true);
    const store = page.getByRole("button", { name: "Import this file" });
    expect(await store.isDisabled()).toBe(true);
    await page.getByLabel("Order of dates").selectOption("day-first");
    await page
      .getByRole("cell", { name: "5 Nov 2021 22:15 05/11/2021 22:15", exact: true })
      .waitFor();
    await expect.poll(() => store.isEnabled()).toBe(true);
    await close();
  });

  test("a refusal by the server speaks of the page's boxes, and no false preview stays under it", async () => {
    const { page, close } = await visitRecords({ browser, server });
    const row = (date: string) => `${date},51.6147,-0.0640,complaint,asb\n`;
    // The beginning says day first, and far more rows behind it say the other.
    const text = `${plainHeader}\n${row("25/11/2021").repeat(8_000)}${row("11/25/2021").repeat(9_000)}`;
    await chooseRecords(page, "misleading.csv", text);
    await page
      .getByRole("cell", { name: /^25 Nov 2021/ })
      .first()
      .waitFor();
    await page.getByRole("button", { name: "Import this file" }).click();
    const refusal = page.getByText(/choose "Month first" under "Order of dates"/);
    await refusal.waitFor();
    expect(await page.getByText("--dates").count()).toBe(0);
    expect(await page.getByRole("table", { name: /first rows/ }).count()).toBe(0);
    await page.getByLabel("Order of dates").selectOption("month-first");
    expect(await refusal.count()).toBe(0);
    await page.getByRole("table", { name: /first rows/ }).waitFor();
    await close();
  });

  test("rows that were there before, and rows after the demonstration's date, are told of", async () => {
    const { page, close } = await visitRecords({ browser, server });
    const rows =
      "2021-11-05 22:15,51.6147,-0.0640,complaint,asb\n2023-02-01 10:00,51.6147,-0.0640,complaint,asb\n";
    await chooseRecords(page, "first.csv", `${plainHeader}\n${rows}`);
    await page.getByText(/1 row is after 26 Nov 2021/).waitFor();
    await page.getByRole("button", { name: "Import this file" }).click();
    await page.getByText(/2 rows of first.csv: 2 stored/).waitFor();
    await page.getByText("MADE-UP AND IMPORTED DATA").waitFor();

    await chooseRecords(
      page,
      "second.csv",
      `${plainHeader}\n2021-11-06,51.6147,-0.0640,complaint,asb\n${rows}`,
    );
    await page.getByRole("button", { name: "Import this file" }).click();
    await page.getByText(/3 rows of second.csv: 1 stored, none refused, 2 duplicates/).waitFor();
    await page
      .getByText(
        /2 rows without a reference \(lines 3, 4\) equal rows of batch \d+ "first.csv", another file/,
      )
      .waitFor();
    for (const name of ["second.csv", "first.csv"]) {
      await page.getByRole("button", { name: `Undo ${name}` }).click();
      await page.getByRole("button", { name: /^Remove/ }).click();
      await page.getByText(`of ${name} removed`).waitFor();
    }
    await page.getByText("MADE-UP DATA", { exact: true }).waitFor();
    await close();
  });

  test("an import that its own button took back is no longer offered, nor spoken of", async () => {
    const { page, close } = await visitRecords({ browser, server });
    const bringIn = async () => {
      await chooseRecords(page, "once.csv", withBadRows);
      await page.getByRole("button", { name: "Import this file" }).click();
    };
    await bringIn();
    await page.getByText(/3 stored/).waitFor();
    await bringIn();
    const known = page.getByText(/This file was already imported as batch \d+ "once.csv"/);
    await known.waitFor();
    await page.getByRole("button", { name: "Undo: import once.csv" }).waitFor();
    await page.getByRole("button", { name: "Undo once.csv" }).click();
    await page.getByRole("button", { name: "Remove 3 events" }).click();
    await page.getByText("3 events of once.csv removed").waitFor();
    expect(await known.count()).toBe(0);
    await page.getByRole("button", { name: "Nothing to undo" }).waitFor();
    await close();
  });

  test("a file that no choice can read offers none, and one row is one row", async () => {
    const { page, close } = await visitRecords({ browser, server });
    await chooseRecords(page, "only-a-header.csv", `${plainHeader}\n`);
    await page.getByText("Line 1: the file has a header and no rows below it.").waitFor();
    expect(await page.getByLabel("Order of dates").count()).toBe(0);
    expect(await page.getByRole("combobox", { name: "Latitude" }).count()).toBe(0);
    expect(await page.getByRole("button", { name: "Import this file" }).isDisabled()).toBe(true);
    await chooseRecords(
      page,
      "evil\u202Evsc.csv",
      `${plainHeader}\n2021-10-31 01:30,51.6147,-0.0640,complaint,asb\n`,
    );
    await page.getByRole("heading", { name: "The first row", exact: true }).waitFor();
    await page.getByRole("heading", { name: "evilvsc.csv", exact: true }).waitFor();
    await page
      .getByRole("cell", { name: /^31 Oct 2021 01:30, before or after the clocks go back/ })
      .waitFor();
    await close();
  });

  test("a column of another name is mapped by hand", async () => {
    const { page, close } = await visitRecords({ browser, server });
    await chooseRecords(
      page,
      "odd.csv",
      "Zeitpunkt,Lat,Lng,Type\n20/11/2021 19:30,51.6147,-0.0644,complaint\n",
    );
    // Found by what stands in it, and corrected by hand.
    await page.getByText('Read "Zeitpunkt" as date, by its values.').waitFor();
    await page
      .getByLabel("Date", { exact: true })
      .selectOption({ label: "No column of this file" });
    await page.getByText("This file cannot be read yet").waitFor();
    await page.getByLabel("Start", { exact: true }).selectOption("Zeitpunkt");
    await page.getByRole("cell", { name: "20 Nov 2021 19:30" }).waitFor();
    await close();
  });

  test("a workbook that was cut off is refused before anything is sent", async () => {
    const { page, close } = await visitRecords({ browser, server });
    const sent = await recordUploads(page);
    await page.locator("input[type=file]").setInputFiles({
      name: "sheet.xlsx",
      mimeType: "",
      buffer: Buffer.from("PK\u0003\u0004...."),
    });
    await page.getByText(/damaged: its directory is missing/).waitFor();
    expect(await sent()).toBe("");
    await close();
  });

  test("cancelling an upload stores nothing", async () => {
    const { page, close } = await visitRecords({ browser, server });
    const batches = await page.getByRole("button", { name: /^Undo .*csv/ }).count();
    // Held on its way, so that there is time to cancel.
    await page.route("**/api/imports?*", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 3000));
      await route.continue().catch(() => undefined);
    });
    await chooseRecords(page, "slow.csv", withBadRows);
    await page.getByRole("button", { name: "Import this file" }).click();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("Cancelled. Nothing was stored.").waitFor();
    await page.unroute("**/api/imports?*");
    await page.reload();
    await page.getByRole("table", { name: "Imports, newest first" }).waitFor();
    expect(await page.getByRole("button", { name: /^Undo .*csv/ }).count()).toBe(batches);
    await close();
  });
});

async function reportsSeen(page: Page): Promise<number> {
  await page.getByRole("link", { name: "Hotspots" }).click();
  const text = await page.getByTestId("filtered-count").innerText();
  return Number(text.split(" ")[0]?.replace(",", ""));
}
