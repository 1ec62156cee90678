import { expect } from "vitest";
import type { PlaceActionsReply } from "#core/place-plans/wire/place-plans.ts";
import type { Locator, Page, TestBrowser } from "#tests/browser/driver.ts";

const patiently = { timeout: 20_000 };
const label = "Action";

/** Somebody else saves first while the form is open: it says so, keeps what is typed, and can still be saved. */
export async function changeActionByTwo(
  browser: TestBrowser,
  server: string,
  { page, row }: { readonly page: Page; readonly row: Locator },
): Promise<void> {
  await row.getByRole("button", { name: "Change" }).click(patiently);
  const dialog = page.getByRole("dialog", { name: "Change an action" });
  await dialog.getByLabel(label).fill("Walk the alley twice");
  const analyst = await browser.visit({ server, role: "analyst" });
  const { request } = analyst.page;
  const { actions } = (await (await request.get("/api/place-actions")).json()) as PlaceActionsReply;
  const stored = actions.find(({ words }) => words.startsWith("Walk the alley"));
  const { id, owner, dueOn, state, revision } = stored as NonNullable<typeof stored>;
  const { pageToken } = (await (await request.get("/api/session")).json()) as { pageToken: string };
  const other = await request.put(`/api/place-actions/${id}`, {
    headers: { "x-boxster-token": pageToken },
    data: { words: "Walk the alley once", owner, dueOn, state, revision },
  });
  expect(other.status(), await other.text()).toBe(200);
  const conflict = dialog.getByRole("alert").filter({ hasText: "It is now" });
  await conflict.waitFor(patiently);
  expect(await conflict.textContent()).toContain("“Walk the alley once”");
  expect(await dialog.getByLabel(label).inputValue()).toBe("Walk the alley twice");
  await conflict.getByRole("button", { name: "Overwrite with mine" }).click();
  await row.filter({ hasText: "Walk the alley twice" }).waitFor(patiently);
  expect(await dialog.count()).toBe(0);
  await analyst.close();
}
