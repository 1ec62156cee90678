import { randomBytes } from "node:crypto";
import { dropFilledTemplates, runVariable } from "#tests/support/filled-template.ts";

/** Around all files of database and interface tests: what they fill on a server to copy from is gone afterwards. */
export function setup(): (() => Promise<void>) | undefined {
  const server = process.env["TEST_DATABASE_URL"];
  if (!server) return undefined;
  process.env[runVariable] = randomBytes(4).toString("hex");
  return () => dropFilledTemplates(server);
}
