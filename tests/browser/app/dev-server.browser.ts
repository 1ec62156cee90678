import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser } from "#tests/browser/driver.ts";
import { freePort } from "#tests/support/postgres-cluster.ts";

const { server, browser } = demoWith(openBrowser);
let dev: DevServer;
beforeAll(async () => {
  dev = await startDev(new URL(server.url).port);
});
afterAll(async () => {
  await dev.close();
});

interface DevServer {
  readonly url: string;
  /** The sources that it serves. */
  readonly folder: string;
  readonly close: () => Promise<void>;
}

/** What `npm run dev` runs, beside a server, on a copy of the sources that a test may change. */
async function startDev(apiPort: string): Promise<DevServer> {
  const folder = mkdtempSync(join(tmpdir(), "boxster-dev-"));
  const own = [
    ...["client", "core", "data/words", "package.json", "vite.config.ts"],
    "tests/run/layer-by-layer.ts",
  ];
  const types = [".", "server", "data", "deploy", "tests"].map((of) => join(of, "tsconfig.json"));
  for (const path of [...own, ...types]) cpSync(path, join(folder, path), { recursive: true });
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  // Packages lie outside the copy, where Vite serves nothing unless they are taken for what they are linked as.
  writeFileSync(
    join(folder, "linked.config.ts"),
    `import own from "./vite.config.ts";
     export default { ...own, cacheDir: "../kept/node_modules", resolve: { preserveSymlinks: true } };`,
  );
  const port = await freePort();
  const { NODE_ENV: _, VITEST: __, ...env } = process.env;
  const child = spawn(
    process.execPath,
    [
      resolve("node_modules", "vite", "bin", "vite.js"),
      ...[
        "--config",
        "linked.config.ts",
        "--host",
        "127.0.0.1",
        "--port",
        `${port}`,
        "--strictPort",
      ],
    ],
    { cwd: folder, env: { ...env, PORT: apiPort }, stdio: ["ignore", "ignore", "inherit"] },
  );
  const ended = new Promise((done) => child.once("exit", done));
  const url = `http://127.0.0.1:${port}`;
  await vi.waitFor(() => fetch(url), { timeout: 60_000, interval: 100 });
  return {
    url,
    folder,
    close: async () => {
      child.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

test("under npm run dev somebody signs in, and a change of the sources shows without loading the page again", async () => {
  const { page, problems, close } = await browser.visit({ server: dev.url, fresh: true });
  await page.getByRole("button", { name: /presenter/ }).click();
  const asAt = page.locator(".top-bar__as-at");
  await asAt.getByText("As at").waitFor();
  await page.evaluate(() => {
    document.title = "Not loaded again";
  });
  const source = join(dev.folder, "client/app/TopBar.tsx");
  writeFileSync(source, readFileSync(source, "utf8").replace(">As at<", ">Dated<"));
  await asAt.getByText("Dated").waitFor();
  expect(await page.title()).toBe("Not loaded again");
  expect(problems).toEqual([]);
  await close();
});
