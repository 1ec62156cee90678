import { afterAll, beforeAll, expect, test } from "vitest";
import type { Position } from "#core/geo/cell.ts";
import { type Page, visitKeeping } from "#tests/browser/driver.ts";
import {
  byCoordinates,
  enterSession,
  plantInBrowser,
  rename,
} from "#tests/browser/protected-time/venue-steps.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";
import { foundOnDisk } from "#tests/support/found-on-disk.ts";
import { huntBelow } from "#tests/support/hunt/venue-hunt.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

/** What a partner types must not stay on a shared phone: the files of its browser are searched. */
let server: DemoServer;
const folder = scratchFolder("profile");

beforeAll(async () => {
  server = await startDemoServer();
});
afterAll(async () => {
  await server.close();
});

/** Digits and words that stand nowhere else. */
const venue: Position = [-0.03927, 51.65713];
const words = ["51.65713, -0.03927", "Quinces by the gate", "Medlar wall"] as const;
const [typed, label, renamed] = words;
/** The same kind of field without our care: shows that this browser keeps what it may. */
const control = "Control sample 4711";
const planted: Position = [-0.07413, 51.62391];

test("neither the place nor its names stay in the browser's own files", async () => {
  const visit = await visitKeeping(folder, {
    server: server.url,
    role: "partner",
    partner: "a",
    fragment: "#/outreach",
  });
  try {
    await enterSession(visit.page, { label, choose: (page) => byCoordinates(page, typed) });
    await rename(visit.page, label, renamed);
    expect(visit.problems).toEqual([]);
    await plantInBrowser(visit.page, planted);
    await submitControl(visit.page);
    // The browser writes what it keeps a little later, all into one file.
    await expect.poll(() => foundOnDisk(folder, [control]), { timeout: 20_000 }).toEqual([control]);
  } finally {
    await visit.close();
  }
  expect(
    huntBelow([folder], { venues: [venue], words: [...words, "51.65713", "0.03927"] }),
  ).toEqual([]);
  const held = huntBelow([folder], { venues: [], words: [control] });
  expect(held).toContain(`words "${control}" in Default/Web Data`);
  const found = huntBelow([folder], { venues: [planted], words: [] }).join("\n");
  for (const keeper of ["IndexedDB", "Local Storage"]) expect(found).toContain(keeper);
});

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
