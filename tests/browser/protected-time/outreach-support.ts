import type { Front } from "#tests/browser/app/front.ts";
import type { Page, TestBrowser, Visit, VisitOptions } from "#tests/browser/driver.ts";
import type { DemoServer } from "#tests/browser/support-server.ts";

export const patiently = { timeout: 20_000 };

/** Partner A on a phone. */
export function visitPartner(
  browser: TestBrowser,
  server: DemoServer,
  more: Pick<VisitOptions, "map" | "app"> = {},
): Promise<Visit> {
  return browser.visit({
    ...more,
    server: server.url,
    role: "partner",
    partner: "a",
    width: 390,
    height: 844,
    touch: true,
  });
}

/** Opens one part of what is folded under "More", if it is not open yet. */
export async function openMore(on: Page, part: string): Promise<void> {
  const folded = on.locator(".more__part", { hasText: part });
  await folded.waitFor(patiently);
  if ((await folded.locator(".more__inside").count()) > 0) return;
  await folded.locator("summary").click();
  await folded.locator(".more__inside").waitFor(patiently);
}

/** What stands under a field. */
export async function noteOf(on: Page, field: string): Promise<string> {
  const control = on.getByLabel(field, { exact: true });
  const id = await control.getAttribute("aria-describedby");
  return id === null ? "" : ((await on.locator(`[id="${id}"]`).textContent()) ?? "");
}

/**
 * Cut before the server as well as in the browser, whose own switch obeys a moment later than it answers, and lets go
 * of a page as that is left or opened again: what was asked in between would reach the server.
 */
export async function loseSignal(on: Page, front: Front): Promise<void> {
  front.cut();
  await on.context().setOffline(true);
}

export async function findSignal(on: Page, front: Front): Promise<void> {
  front.mend();
  await on.context().setOffline(false);
}

/** A session from this minute, at the place that is chosen already. */
export async function goOut(on: Page): Promise<void> {
  await on.getByRole("button", { name: "Out now, another place or time" }).click();
  const dialog = on.getByRole("dialog", { name: "Out now" });
  await dialog.getByRole("button", { name: "Out now, 2 hours" }).click();
  await dialog.waitFor({ state: "detached" });
}
