import { writeFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import type { PackReply } from "#core/place-plans/wire/meeting.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, seriousViolations, type Visit } from "#tests/browser/driver.ts";
import { textOfPages } from "#tests/browser/pdf-text.ts";
import { pagesOf } from "#tests/browser/read-pdf.ts";
import { seriesFields } from "#tests/support/place-plans.ts";

/** The monthly meeting: paper is the page, and a change of the series is heard of. */
const { browser } = demoWith(openBrowser);
let coordinator: Visit;
let page: Page;

beforeAll(async () => {
  coordinator = await browser.visit({ role: "coordinator", fragment: "#/outcomes?part=meeting" });
  page = coordinator.page;
  await page.locator(".meeting").waitFor();
});

const patiently = { timeout: 20_000 };
const packed = (words: string) => words.replace(/\s/g, "");

async function packOf(id: string): Promise<PackReply> {
  return (await (await page.request.get(`/api/meeting/packs/${id}`)).json()) as PackReply;
}

test("decisions that are being typed stay when somebody changes the series, and the day follows it", async () => {
  const decisions = page.getByLabel("Decisions to take, one per line");
  await decisions.fill("Whether the bins are moved");
  const on = page.getByLabel("Meeting on");
  expect(await on.inputValue()).toBe("2021-12-14");
  const { pageToken } = (await (await page.request.get("/api/session")).json()) as {
    pageToken: string;
  };
  const put = async (week: number, revision: number) => {
    const reply = await page.request.put("/api/meeting/series", {
      headers: { "x-boxster-token": pageToken },
      data: { ...seriesFields, week, revision },
    });
    expect(reply.status(), await reply.text()).toBe(200);
  };
  await put(3, 1);
  await expect.poll(() => on.inputValue(), patiently).toBe("2021-12-21");
  expect(await decisions.inputValue()).toBe("Whether the bins are moved");
  await put(2, 2);
  await expect.poll(() => on.inputValue(), patiently).toBe("2021-12-14");
});

test("printed, or saved as PDF, it is A4 with all its parts, without the page around it", async () => {
  await page.getByLabel("Decisions to take, one per line").fill("Who pays for the second lamp");
  await page.getByRole("button", { name: "Make pack" }).click();
  await page.locator(".pack-page").waitFor(patiently);
  expect(await seriousViolations(page)).toEqual([]);
  const { content } = await packOf("1");
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const keep = process.env["BOXSTER_KEEP_PDF"];
  if (keep) writeFileSync(`${keep}-pack.pdf`, pdf);
  const pages = pagesOf(pdf);
  expect(pages.count).toBeLessThanOrEqual(3);
  for (const [width, height] of pages.sizes) {
    expect(width).toBeCloseTo(595, -1);
    expect(height).toBeCloseTo(842, -1);
  }
  const text = textOfPages(pdf).join("");
  for (const part of [
    "Partner meeting, 14 Dec 2021",
    "MADE-UP DATA",
    content.complaintsSentence,
    ...content.agenda,
    ...content.changes,
    ...content.decisions,
    ...[...content.overdue, ...content.due, ...content.later].map(({ words }) => words),
    ...content.reviews.map(({ response }) => response.partners),
    ...content.notes,
  ]) {
    expect(text).toContain(packed(part));
  }
  for (const part of ["Minutes", "Add as action", "All meetings", "Place plans|"]) {
    expect(text).not.toContain(packed(part));
  }
});
