import type { Page, TestBrowser, Visit, VisitOptions } from "#tests/browser/driver.ts";
import type { DemoServer } from "#tests/browser/support-server.ts";

export const patiently = { timeout: 20_000 };

/** Partner A on a phone. */
export function visitPartner(
  browser: TestBrowser,
  server: DemoServer,
  more: Pick<VisitOptions, "map"> = {},
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

/** What stands under a field. */
export async function noteOf(on: Page, field: string): Promise<string> {
  const control = on.getByLabel(field, { exact: true });
  const id = await control.getAttribute("aria-describedby");
  return id === null ? "" : ((await on.locator(`[id="${id}"]`).textContent()) ?? "");
}
