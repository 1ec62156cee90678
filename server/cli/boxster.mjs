#!/usr/bin/env node
// Plain JavaScript on purpose: it also runs on a Node too old for the rest, and hands over to the project's own.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isRecentEnough, ownNode, root, run } from "./own-node.mjs";

if (!existsSync(join(root, "node_modules"))) {
  console.error('The packages of Boxster are not installed yet: run "npm install" first.');
  process.exit(1);
} else if (isRecentEnough()) {
  const { main } = await import(pathToFileURL(join(root, "server", "main.ts")).href);
  process.exitCode = await main(process.argv.slice(2));
} else if (ownNode()) {
  process.exit(
    await run(ownNode(), [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
      cwd: process.cwd(),
    }),
  );
} else {
  console.error(
    `Boxster needs Node 22.18 or later (this is ${process.version}). It brings its own for most systems, with "npm install", but has none for this one.`,
  );
  process.exit(1);
}
