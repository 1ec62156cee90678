import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  openBrowser,
  type Page,
  seriousViolations,
  type TestBrowser,
} from "#tests/browser/driver.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";

let server: DemoServer;
let browser: TestBrowser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startDemoServer(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await server.close();
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

describe("an analyst brings records in", () => {
  test("a file with bad rows: the guess, the errors with their rows, the download, the undo", async () => {
    const { page, problems, close } = await openRecords();
    const sent = await recordUploads(page);
    await choose(page, "november.csv", withBadRows);
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
    await expect
      .poll(() => page.getByRole("button", { name: "Undo november.csv" }).count())
      .toBe(0);
    expect(problems).toEqual([]);
    await close();
  });

  test("what came in is on the hotspots screen at once, and gone after Undo", async () => {
    const { page, close } = await openRecords();
    const before = await reportsSeen(page);
    await page.getByRole("link", { name: "Records" }).click();
    await choose(page, "again.csv", withBadRows);
    await page.getByRole("button", { name: "Import this file" }).click();
    await page.getByText(/3 stored/).waitFor();
    expect(await reportsSeen(page)).toBe(before + 3);
    await page.getByRole("button", { name: "Undo: import again.csv" }).click();
    await expect.poll(() => reportsSeen(page)).toBe(before);
    await close();
  });

  test("the kind is asked for when no column says it", async () => {
    const { page, close } = await openRecords();
    await choose(page, "no-kind.csv", "Date,Time,Lat,Lng\n20/11/2021,19:30,51.6147,-0.0644\n");
    const store = page.getByRole("button", { name: "Import this file" });
    await page.getByText("The file does not say it: choose one.").waitFor();
    expect(await store.isDisabled()).toBe(true);
    await page.getByLabel("Kind of event", { exact: true }).first().selectOption("complaint");
    expect(await store.isEnabled()).toBe(true);
    await close();
  });

  test("a column of another name is mapped by hand", async () => {
    const { page, close } = await openRecords();
    await choose(
      page,
      "odd.csv",
      "Zeitpunkt,Lat,Lng,Type\n20/11/2021 19:30,51.6147,-0.0644,complaint\n",
    );
    await page.getByText("This file cannot be read yet").waitFor();
    await page.getByLabel("Start", { exact: true }).selectOption("Zeitpunkt");
    await page.getByRole("cell", { name: "20 Nov 2021 19:30" }).waitFor();
    await close();
  });

  test("a spreadsheet picked by mistake is refused before anything is sent", async () => {
    const { page, close } = await openRecords();
    const sent = await recordUploads(page);
    await page.locator("input[type=file]").setInputFiles({
      name: "sheet.xlsx",
      mimeType: "",
      buffer: Buffer.from("PK\u0003\u0004...."),
    });
    await page.getByText(/save it as CSV/).waitFor();
    expect(await sent()).toBe("");
    await close();
  });

  test("cancelling an upload stores nothing", async () => {
    const { page, close } = await openRecords();
    const batches = await page.getByRole("button", { name: /^Undo .*csv/ }).count();
    // Held on its way, so that there is time to cancel.
    await page.route("**/api/imports?*", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 3000));
      await route.continue().catch(() => undefined);
    });
    await choose(page, "slow.csv", withBadRows);
    await page.getByRole("button", { name: "Import this file" }).click();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("Cancelled. Nothing was stored.").waitFor();
    await page.unroute("**/api/imports?*");
    await page.reload();
    await page.getByRole("table", { name: "Imports, newest first" }).waitFor();
    expect(await page.getByRole("button", { name: /^Undo .*csv/ }).count()).toBe(batches);
    await close();
  });

  for (const theme of ["light", "dark"] as const) {
    test(`has no serious accessibility fault in the ${theme} theme`, async () => {
      const { page, close } = await openRecords(theme);
      await choose(page, "november.csv", withBadRows);
      await page.getByText(/Read as: plain table/).waitFor();
      expect(await seriousViolations(page)).toEqual([]);
      await close();
    });
  }
});

async function openRecords(theme: "light" | "dark" = "light") {
  const visit = await browser.visit({
    server: server.url,
    role: "analyst",
    fragment: "#/records",
    theme,
    withoutWebGl: true,
  });
  await visit.page.getByRole("table", { name: "Imports, newest first" }).waitFor();
  return visit;
}

function choose(page: Page, name: string, text: string): Promise<void> {
  const file = { name, mimeType: "text/csv", buffer: Buffer.from(text) };
  return page.locator("input[type=file]").setInputFiles(file);
}

/** From now on keeps the bodies that the page sends; Playwright does not see those of files. */
async function recordUploads(page: Page): Promise<() => Promise<string>> {
  await page.evaluate(() => {
    const sent: Promise<string>[] = [];
    const original = XMLHttpRequest.prototype.send;
    XMLHttpRequest.prototype.send = function (body) {
      sent.push(new Response(body as Blob).text());
      original.call(this, body);
    };
    Object.assign(globalThis, { sentBodies: () => Promise.all(sent) });
  });
  return () =>
    page.evaluate(async () => {
      const { sentBodies } = globalThis as unknown as { sentBodies: () => Promise<string[]> };
      return (await sentBodies()).join();
    });
}

async function reportsSeen(page: Page): Promise<number> {
  await page.getByRole("link", { name: "Hotspots" }).click();
  const text = await page.getByTestId("filtered-count").innerText();
  return Number(text.split(" ")[0]?.replace(",", ""));
}
