// Plain JavaScript on purpose: it runs before anything is installed.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isRecentEnough, ownNode, root, run } from "./own-node.mjs";

const lock = join(root, "package-lock.json");
/** Written after an install whose packages were seen to work: which lock file and system it was for. */
const mark = join(root, "node_modules", ".boxster-installed");
const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const shell = process.platform === "win32";

/** Installs the locked packages when they are missing or the lock file has changed; returns an exit code. */
export async function installMissing() {
  const hash = createHash("sha256").update(readFileSync(lock)).digest("hex");
  const wanted = `${hash} ${process.platform} ${process.arch}`;
  if (existsSync(mark) && readFileSync(mark, "utf8") === wanted) return 0;
  if (isInstalled() && packagesFault() === null) {
    writeFileSync(mark, wanted);
    return 0;
  }
  const unreachable = registryFault();
  if (unreachable) return refuse(unreachable);
  console.error("Installing packages (only when they are missing or have changed)...");
  const code = await run(
    npm,
    ["ci", "--no-audit", "--no-fund", "--loglevel", "error", "--include=dev"],
    { shell },
  );
  if (code !== 0)
    return refuse("Packages could not be installed: see the lines above, then try again.");
  const broken = packagesFault();
  if (broken) return refuse(broken);
  writeFileSync(mark, wanted);
  return 0;
}

/** Whether npm itself has installed what the lock file names for this system, as `npm ci` does. */
function isInstalled() {
  const own = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(own)) return false;
  const packagesOf = (file) => Object.entries(JSON.parse(readFileSync(file, "utf8")).packages);
  const installed = new Map(packagesOf(own));
  return packagesOf(lock).every(([path, wanted]) => {
    const found = installed.get(path);
    if (found) return found.version === wanted.version && found.integrity === wanted.integrity;
    return path === "" || (wanted.optional && !isOfThisSystem(wanted));
  });
}

/** Of what names a system; which C library that has is npm's to tell. */
function isOfThisSystem({ os = [], cpu = [process.arch], libc }) {
  return !libc && os.includes(process.platform) && cpu.includes(process.arch);
}

/** Asked once, since npm itself tries for minutes. What the registry answers is npm's business. */
function registryFault() {
  const { status, stderr } = spawnSync(
    npm,
    ["ping", "--fetch-retries", "0", "--fetch-timeout", "15000"],
    { cwd: root, encoding: "utf8", shell },
  );
  const code = status === 0 ? null : /\b(E[A-Z_]+)\b/.exec(stderr?.replace(/^npm error code /, ""));
  const unreached =
    /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT)$/;
  if (!code || !unreached.test(code[1])) return null;
  return `The registry of npm packages cannot be reached (${code[1]}). Boxster needs it once, to install its packages: connect this machine, then start again.`;
}

/** Why the installed packages do not work in the Node that will run them; null where they do. */
function packagesFault() {
  const node = ownNode() ?? process.execPath;
  const probe = `
    const names = ["fastify", "pg", "@node-rs/argon2", "@electric-sql/pglite", "highs"];
    await Promise.all(names.map((name) => import(name)));
    console.log(process.versions.node);`;
  const { status, stdout, stderr } = spawnSync(node, ["--input-type=module", "-e", probe], {
    cwd: root,
    encoding: "utf8",
  });
  if (status !== 0) {
    const why = /^\w*Error.*$/m.exec(stderr ?? "")?.[0] ?? `it ended with ${status}`;
    return `Packages were installed but do not work in ${node}: ${why}. Delete node_modules, then start again.`;
  }
  const version = stdout.trim();
  if (isRecentEnough(version)) return null;
  return `Boxster brings no Node of its own for ${process.platform} on ${process.arch}, and this one is ${version}: install Node 22.18 or later, then start again.`;
}

function refuse(line) {
  console.error(line);
  return 1;
}
