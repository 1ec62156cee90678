import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Page, visitKeeping } from "#tests/browser/driver.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";

/** What a partner types must not stay on a shared phone: the files of its browser are searched. */
let server: DemoServer;
let folder = "";

beforeAll(async () => {
  server = await startDemoServer();
  folder = mkdtempSync(join(tmpdir(), "boxster-profile-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.close();
});

/** Digits and words that stand nowhere else. */
const typed = { place: "51.65713, -0.03927", label: "Quinces by the gate", renamed: "Medlar wall" };
/** The same kind of field without our care: shows that this browser keeps what it may. */
const control = "Control sample 4711";

test("neither the place nor its names stay in the browser's own files", async () => {
  const holding = (text: string) =>
    filesOf(folder)
      .filter(({ content }) => holds(content, text))
      .map(({ name }) => name);
  const visit = await visitKeeping(folder, {
    server: server.url,
    role: "partner",
    partner: "a",
    fragment: "#/outreach",
  });
  try {
    await enterSession(visit.page);
    await rename(visit.page);
    expect(visit.problems).toEqual([]);
    await submitControl(visit.page);
    // The browser writes what it keeps a little later, all into one file.
    await expect.poll(() => holding(control), { timeout: 20_000 }).toContain("Web Data");
  } finally {
    await visit.close();
  }
  const files = filesOf(folder);
  expect(files.filter(({ name }) => name === "Web Data")).toHaveLength(1);
  expect(holding(control)).toContain("Web Data");
  for (const text of ["51.65713", "0.03927", typed.label, typed.renamed]) {
    expect(holding(text), text).toEqual([]);
  }
});

async function enterSession(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Add a session" }).click();
  await page.getByLabel("Place", { exact: true }).selectOption({ label: "A new place" });
  await page.getByLabel("Street, station or coordinates").pressSequentially(typed.place);
  await page.getByRole("button", { name: "These coordinates" }).click();
  await page.getByLabel("Your name for it").pressSequentially(typed.label);
  await page.getByRole("button", { name: "See exactly what police see" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.locator(".session-card", { hasText: typed.label }).waitFor();
}

async function rename(page: Page): Promise<void> {
  const row = page.locator(".saved-places__row", { hasText: typed.label });
  await row.getByRole("button", { name: "Rename" }).click();
  const field = page.locator(".saved-places__form input");
  await field.fill("");
  await field.pressSequentially(typed.renamed);
  await page.locator(".saved-places__form").getByRole("button", { name: "Save" }).click();
  await page.locator(".saved-places__row", { hasText: typed.renamed }).waitFor();
}

/** A form as careless as can be, on the same page, sent to an address that answers. */
async function submitControl(page: Page): Promise<void> {
  await page.evaluate(() => {
    const form = document.createElement("form");
    form.action = "/api/session";
    form.innerHTML = '<input name="nickname" aria-label="Control"><button>Send</button>';
    document.querySelector("#main")?.append(form);
  });
  await page.getByLabel("Control").pressSequentially(control);
  await page.getByRole("button", { name: "Send" }).click();
  await page.waitForURL(/api\/session/);
}

function filesOf(root: string): { readonly name: string; readonly content: Buffer }[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => ({ name, content: readFileSync(join(parentPath, name)) }));
}

function holds(content: Buffer, text: string): boolean {
  return content.includes(text) || content.includes(Buffer.from(text, "utf16le"));
}
