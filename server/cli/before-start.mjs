// Plain JavaScript on purpose: it runs before anything is installed, also on a Node that is too old for the rest.
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, resolve } from "node:path";

/** Why this Node cannot install Boxster, in one line; null where it can. */
export function nodeFault(version = process.versions.node) {
  const [major, minor] = version.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return null;
  return `Boxster needs Node 20.19 or later to install itself, and this is ${version}. Install a newer Node, then start again.`;
}

/**
 * Why nothing can be written in a folder, which need not exist yet, in one line; null where it can.
 * @param {string} folder
 * @returns {string | null}
 */
export function folderFault(folder) {
  let there = resolve(folder);
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there);
  const change = "Change that, or set BOXSTER_DATA to another folder.";
  if (!statSync(there).isDirectory()) {
    return `Boxster cannot write to ${folder}: ${there} is a file. ${change}`;
  }
  try {
    accessSync(there, constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    const why = error.code === "EROFS" ? "its disk is read-only" : "this user may not";
    return `Boxster cannot write to ${folder}: ${why}. ${change}`;
  }
}

/**
 * Why nothing can be served at an address, in one line; null where it can.
 * @param {string} host
 * @param {number} port
 * @returns {Promise<string | null>}
 */
export function portFault(host, port) {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", (error) => done(listenFault(error.code, host, port)));
    server.listen(port, host, () => server.close(() => done(null)));
  });
}

/**
 * What the system's refusal to listen means.
 * @param {string | undefined} code
 * @param {string} host
 * @param {number} port
 * @returns {string}
 */
export function listenFault(code, host, port) {
  const another = "set PORT to another number";
  if (code === "EADDRINUSE")
    return `Port ${port} is in use. Stop the other program, or ${another}.`;
  if (code === "EACCES") return `Port ${port} is not open to this user: ${another}, such as 4173.`;
  return `HOST ${host} is not an address of this machine (${code}): set it to one that is, such as 127.0.0.1.`;
}
