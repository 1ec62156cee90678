import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { OperationsReply } from "#core/displacement/wire/operations.ts";
import type { DraftReply } from "#core/releases/wire/releases.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { askAs, openPages, type Page } from "#tests/component/driver.ts";
import { fieldsOfOperation } from "#tests/support/audit-samples-operations.ts";
import { plainTable } from "#tests/support/import.ts";

/** A release as people read it, before and after others have worked. */
const { server, browser } = demoWith(openPages);

const slides = [
  "reported",
  "where",
  "list",
  "when",
  "done",
  "helped",
  "moved",
  "forecast",
  "promised",
  "method",
];

/** Letter for letter: every slide that a release fills, with its foot and banner, the handout, and each file. */
async function formsOf(page: Page): Promise<Record<string, string>> {
  const forms: Record<string, string> = {};
  for (const slide of slides) {
    await page.goto(`/#/panel?release=1&slide=${slide}`);
    await page.locator(`.panel__slide--${slide}`).waitFor();
    forms[slide] = await page.locator(".panel__stage").innerHTML();
  }
  await page.goto("/#/panel?release=1&view=handout");
  await page.getByRole("button", { name: "Figures (CSV)" }).waitFor();
  forms["handout"] = await page.locator(".handout__pages").innerHTML();
  for (const file of ["One file (HTML)", "Figures (CSV)", "Text version"]) {
    const [taken] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: file }).click(),
    ]);
    forms[`${file} ${taken.suggestedFilename()}`] = readFileSync(await taken.path(), "utf8");
  }
  return forms;
}

async function read(): Promise<Record<string, string>> {
  const { page } = await browser.visit({ role: "presenter", fresh: true });
  await page.goto("/#/panel?release=1");
  await page.reload();
  await page.locator(".panel__stage > .panel__moved").waitFor();
  return formsOf(page);
}

test("slides, handout and files of a release read the same after what comes later", async () => {
  const before = await read();
  expect(before["moved"]).toContain("the problem may have moved");
  const sergeant = await askAs({ server: server.url, role: "sergeant" });
  // In the very streets of the one that release 1 tells of: that alone changed its banner once.
  const { operations } = (await (await sergeant.get("/api/operations")).json()) as OperationsReply;
  const treated = { ...operations[0]?.treatedArea, cells: operations[0]?.cells };
  const added = await sergeant.post("/api/operations", {
    data: { ...fieldsOfOperation, startsOn: "2021-08-01", treated, phases: [] },
  });
  expect(added.status(), await added.text()).toBe(200);
  const analyst = await askAs({ server: server.url, role: "analyst" });
  const imported = await analyst.post("/api/imports?fileName=later.csv", {
    headers: { "content-type": "application/octet-stream" },
    data: Buffer.from(plainTable(["2021-06-05", "2021-08-05"])),
  });
  expect(imported.status()).toBe(200);
  const drafted = await analyst.post("/api/releases/drafts", { data: {} });
  const [draft] = ((await drafted.json()) as { drafts: DraftReply[] }).drafts;
  const auditor = await askAs({ server: server.url, role: "auditor" });
  const approved = await auditor.post(`/api/releases/drafts/${draft?.id}/approve`, {
    data: { contentHash: draft?.contentHash },
  });
  expect(approved.status(), await approved.text()).toBe(200);
  expect(await read()).toEqual(before);
  // What was added is in the next release, which a second person has approved.
  const { page } = await browser.visit({ role: "presenter", fresh: true });
  await page.goto("/#/panel?release=2&slide=helped");
  await page.reload();
  await page.getByText(fieldsOfOperation.name).first().waitFor();
  expect(await page.locator(".panel__head .demo-mark").textContent()).toBe(
    "MADE-UP AND IMPORTED DATA",
  );
});

test("who adds an operation is told that it waits for the next release and its approval", async () => {
  const { page } = await browser.visit({
    role: "sergeant",
    fragment: "#/displacement?part=operations",
  });
  const rowOf = (name: string) => page.getByRole("row").filter({ hasText: name });
  await rowOf("boxster-2021").getByText("Named in a release").waitFor();
  const added = await page.request.post("/api/operations", {
    data: { ...fieldsOfOperation, name: "Fore Street in winter", phases: [] },
  });
  expect(added.status(), await added.text()).toBe(200);
  await page.reload();
  await rowOf("Fore Street in winter").getByText("Not yet").waitFor();
  await page.getByRole("button", { name: "Add an operation" }).click();
  await page
    .getByText("This changes the next release, once a second person has approved")
    .waitFor();
});
