import { spawnSync } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startServer } from "#server/cli/serve.ts";
import { type Config, readConfig } from "#server/config.ts";
import type { Services } from "#server/context.ts";

export interface DemoServer {
  /** `http://127.0.0.1:1234` */
  readonly url: string;
  /** For rows that no screen makes, such as a first account. */
  readonly services: Services;
  readonly close: () => Promise<void>;
}

/**
 * The real server, with the built page, on a free port, over a copy of the demonstration of its
 * own: what one file of tests changes, the next does not see.
 */
export async function startDemoServer(more: Partial<Config> = {}): Promise<DemoServer> {
  template ??= findTemplate();
  const folder = await newFolder();
  await cp(await template, folder, { recursive: true });
  const server = await startServer({ ...configOf(folder), ...more }, () => undefined);
  const close = async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { url: server.url, services: server.services, close };
}

/** A server over a database without demonstration or records. */
export async function startEmptyServer(): Promise<DemoServer> {
  const folder = await newFolder();
  const server = await startServer({ ...configOf(folder), demo: false }, () => undefined);
  const close = async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { url: server.url, services: server.services, close };
}

/** Loading the demonstration takes a while, copying its folder does not: once, and once for all files of tests. */
let template: Promise<string> | null = null;

async function findTemplate(): Promise<string> {
  const shared = process.env[templateVariable];
  if (shared) return shared;
  const folder = await makeTemplate();
  process.once("exit", () => spawnSync("rm", ["-rf", folder]));
  return folder;
}

/** Where the files of tests find the folder that was made before them. */
export const templateVariable = "BOXSTER_DEMO_TEMPLATE";

/** The page as it is now, and the folder of a demonstration that nobody has used. */
export async function makeTemplate(): Promise<string> {
  buildPage();
  const folder = await newFolder();
  const server = await startServer(configOf(folder), () => undefined);
  await server.close();
  return folder;
}

function configOf(dataFolder: string) {
  return readConfig({ BOXSTER_DATA: dataFolder, BOXSTER_DEMO: "1", PORT: "0" });
}

function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "boxster-browser-"));
}

/** The tests see the page as it is now, never an older build. */
function buildPage(): void {
  const { NODE_ENV: _, VITEST: __, ...env } = process.env;
  const vite = resolve("node_modules", "vite", "bin", "vite.js");
  const built = spawnSync(process.execPath, [vite, "build", "--logLevel", "warn"], {
    env,
    encoding: "utf8",
  });
  if (built.status !== 0) throw new Error(`The page does not build:\n${built.stderr}`);
}
