import type { Page } from "#tests/browser/driver.ts";

interface Watching {
  violations: string[];
}

/** Notes what the browser refuses, from the first line of the next page on. */
export async function watchPolicy(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const violations: string[] = [];
    Object.assign(globalThis, { violations });
    document.addEventListener("securitypolicyviolation", (event) =>
      violations.push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sourceFile}`),
    );
  });
}

/** What it refused since. */
export function refusedOn(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => (globalThis as unknown as Watching).violations);
}
