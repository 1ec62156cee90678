import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createReadStream, createWriteStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { listFiles } from "#deploy/release/contents.ts";

/** Lines of `sha256sum` for every file under a folder, in the order of their names; a link has no bytes of its own. */
export function checksums(folder: string): string {
  return listFiles(folder)
    .filter(({ isLink }) => !isLink)
    .map(({ path }) => `${sha256(readFileSync(join(folder, path)))}  ${path}\n`)
    .join("");
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * Packs a folder, under its own name, so that the same files give the same bytes: in the order of names, owned by root,
 * all of one time, readable by everybody and writable by their owner.
 */
export async function pack(parent: string, name: string, file: string, at: string): Promise<void> {
  const tar = spawn(
    "tar",
    [
      "--create",
      "--format=gnu",
      "--sort=name",
      `--mtime=${at}`,
      "--owner=0",
      "--group=0",
      "--numeric-owner",
      "--mode=u+rw,go+r,go-w,a+X",
      "--directory",
      parent,
      name,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const ended = once(tar, "exit");
  await pipeline(tar.stdout, createGzip({ level: 9 }), createWriteStream(file));
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`tar ended with ${code}`);
}

/** The SHA-256 of a file of any size, in hexadecimal digits. */
export async function fileHash(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

/** Why no archive can be packed here, in one line; null where it can. */
export function tarFault(): string | null {
  const { stdout } = spawnSync("tar", ["--version"], { encoding: "utf8" });
  if (/GNU tar/.test(stdout)) return null;
  return "A release is packed by GNU tar, which is not here: make it on the kind of system that will serve it.";
}
