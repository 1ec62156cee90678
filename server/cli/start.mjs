// `npm start`: installs what is missing, builds what has changed, serves the demonstration, and brings streets for its maps
// behind the first page.
// Plain JavaScript on purpose: it runs before anything is installed, and says so on a Node that is too old.
import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { folderFault, nodeFault, portFault } from "./before-start.mjs";
import { bringStreets, missingFile, readWords } from "./bring-streets.mjs";
import { installMissing } from "./install.mjs";
import { ownNode, root, run, runBehind } from "./own-node.mjs";

const words = readWords(process.argv.slice(2));
const fault =
  nodeFault() ?? words.fault ?? missingFile(words.from) ?? placeFault() ?? (await addressFault());
if (fault) {
  console.error(fault);
  process.exit(1);
}
const installed = await installMissing();
if (installed !== 0) process.exit(installed);

const node = ownNode() ?? process.execPath;
if (pageIsOlderThanItsSource()) {
  console.error("Building the page...");
  const built = await run(node, [
    join("node_modules", "vite", "bin", "vite.js"),
    "build",
    "--logLevel",
    "warn",
  ]);
  if (built !== 0) process.exit(built);
}
// Another database or other places come with no demonstration, unless it is asked for.
const isElsewhere = Boolean(process.env.DATABASE_URL || process.env.BOXSTER_PLACES);
const demo = process.env.BOXSTER_DEMO ?? (isElsewhere ? "0" : "1");
const ended = new AbortController();
const end = () => ended.abort();
process.once("SIGINT", end);
process.once("SIGTERM", end);
// One heap for all threads: 100 MB less.
const env = { BOXSTER_DEMO: demo, MALLOC_ARENA_MAX: "1", ...process.env };
const command = join("server", "cli", "boxster.mjs");
const served = run(node, [command, "serve"], { env });
// What was named comes in anywhere; without a word the demonstration alone asks.
if (words.from !== null || (words.ask && demo === "1" && !isElsewhere)) {
  void bringStreets({
    from: words.from,
    folder: resolve(root, process.env.BOXSTER_DATA || "var"),
    page: new URL(`http://${process.env.HOST || "127.0.0.1"}:${process.env.PORT || 4173}`),
    boxster: (typed) => runBehind(node, [command, ...typed], { signal: ended.signal, env }),
    say: console.error,
    signal: ended.signal,
  });
}
const code = await served;
end();
process.exit(code);

function pageIsOlderThanItsSource() {
  const page = join(root, "dist", "client", "index.html");
  if (!existsSync(page)) return true;
  const built = statSync(page).mtimeMs;
  const sources = ["client", "core"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map((name) => join(root, folder, name)),
  );
  return [...sources, join(root, "package-lock.json"), join(root, "vite.config.ts")].some(
    (file) => statSync(file).mtimeMs > built,
  );
}

/** Nothing of the embedded database is written where a server is given. */
function placeFault() {
  return process.env.DATABASE_URL ? null : folderFault(process.env.BOXSTER_DATA || "var");
}

/** A PORT that is no number is told by the server, with all other settings. */
function addressFault() {
  const port = Number(process.env.PORT || 4173);
  const isPort = Number.isInteger(port) && port > 0 && port < 65_536;
  return isPort ? portFault(process.env.HOST || "127.0.0.1", port) : null;
}
