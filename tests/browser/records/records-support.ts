import type { Page, TestBrowser } from "#tests/browser/driver.ts";
import type { DemoServer } from "#tests/browser/support-server.ts";

/** The analyst's Records, once its list of imports is there. */
export async function visitRecords({
  browser,
  server,
}: {
  readonly browser: TestBrowser;
  readonly server: DemoServer;
}) {
  const visit = await browser.visit({
    server: server.url,
    role: "analyst",
    fragment: "#/records",
  });
  await visit.page.getByRole("table", { name: "Imports, newest first" }).waitFor();
  return visit;
}

/** Chooses a file of records, as by the picker. */
export function chooseRecords(
  page: Page,
  name: string,
  content: string | Uint8Array,
): Promise<void> {
  const isText = typeof content === "string";
  const mimeType = isText ? "text/csv" : "";
  const buffer = Buffer.from(isText ? new TextEncoder().encode(content) : content);
  return page.locator("input[type=file]").first().setInputFiles({ name, mimeType, buffer });
}

/** From now on keeps the bodies that the page sends; Playwright does not see those of files. */
export async function recordUploads(page: Page): Promise<() => Promise<string>> {
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
      return (await sentBodies()).join("\n");
    });
}
