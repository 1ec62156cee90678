import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterEach } from "vitest";
import { keepTrace, openPages } from "#tests/browser/driver.ts";

const folder = join("var", "tests");

/** Of a journey that failed, each open page as it was: a picture, its address and words, and its trace if there is one. */
afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return;
  mkdirSync(folder, { recursive: true });
  const file = relative(join("tests", "browser"), task.file.filepath).replace(".browser.ts", "");
  const name = `${file} ${task.name}`.replace(/[^\w]+/g, "-").slice(0, 100);
  for (const [at, page] of (await openPages()).entries()) {
    const start = join(folder, `${name}-${at + 1}`);
    // A page that answers nothing must not hide why the test failed.
    try {
      await page.screenshot({ path: `${start}.png`, timeout: 5_000 });
      const words = await page.locator("body").innerText({ timeout: 5_000 });
      writeFileSync(`${start}.txt`, `${page.url()}\n\n${words}\n`);
      await keepTrace(page, `${start}.zip`);
    } catch (error) {
      writeFileSync(`${start}.txt`, `${page.url()}\n\n${String(error)}\n`);
    }
  }
});
