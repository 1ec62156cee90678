import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, test } from "vitest";
import { testFolder } from "#tests/support/scratch.ts";

const project = fileURLToPath(new URL("../../../../", import.meta.url));

/** The part of the project that runs before its packages are there, alone in a folder. */
let fresh = "";
beforeEach(() => {
  fresh = testFolder("fresh");
  for (const name of ["package.json", "package-lock.json"])
    cpSync(join(project, name), join(fresh, name));
  cpSync(join(project, "server", "cli"), join(fresh, "server", "cli"), {
    recursive: true,
    filter: (file) => !file.endsWith(".ts"),
  });
});

/** `npm start` there; a registry that nobody serves shows that nothing was fetched. */
function start(env: Readonly<Record<string, string>> = {}, ...nodeOptions: readonly string[]) {
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [...nodeOptions, join(fresh, "server", "cli", "start.mjs")],
    {
      encoding: "utf8",
      env: { PATH: process.env["PATH"], npm_config_registry: "http://127.0.0.1:9", ...env },
    },
  );
  return { status, lines: (stdout + stderr).trim().split("\n") };
}

/** Options with which Node takes itself for another version. */
function asNode(version: string): readonly string[] {
  const file = join(fresh, "version.cjs");
  writeFileSync(
    file,
    `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } });`,
  );
  return ["--require", file];
}

const untouched = () => !existsSync(join(fresh, "node_modules")) && !existsSync(join(fresh, "var"));

describe("npm start says in one line, before any work", () => {
  test.each(["16.20.2", "18.20.8", "20.18.1"])("that Node %s is too old", (version) => {
    const { status, lines } = start({}, ...asNode(version));
    expect(status).toBe(1);
    expect(lines).toEqual([
      `Boxster needs Node 20.19 or later to install itself, and this is ${version}. Install a newer Node, then start again.`,
    ]);
    expect(untouched()).toBe(true);
  });

  test("nothing of a Node that will do", () => {
    const { lines } = start({ PORT: "0" }, ...asNode("20.19.0"));
    expect(lines[0]).toContain("The registry of npm packages cannot be reached");
  });

  test("that the port is taken", async () => {
    const other = createServer();
    await new Promise<void>((done) => {
      other.listen(0, "127.0.0.1", done);
    });
    const { port } = other.address() as AddressInfo;
    const { status, lines } = start({ PORT: String(port) });
    other.close();
    expect(status).toBe(1);
    expect(lines).toEqual([
      `Port ${port} is in use. Stop the other program, or set PORT to another number.`,
    ]);
    expect(untouched()).toBe(true);
  });

  test("that the address is another machine's", () => {
    expect(start({ HOST: "192.0.2.1" })).toEqual({
      status: 1,
      lines: [
        "HOST 192.0.2.1 is not an address of this machine (EADDRNOTAVAIL): set it to one that is, such as 127.0.0.1.",
      ],
    });
  });

  test("that its folder cannot be written", () => {
    const file = join(fresh, "a-file");
    writeFileSync(file, "");
    const folder = join(file, "data");
    const { status, lines } = start({ BOXSTER_DATA: folder, PORT: "0" });
    expect(status).toBe(1);
    expect(lines).toEqual([
      `Boxster cannot write to ${folder}: ${file} is a file. Change that, or set BOXSTER_DATA to another folder.`,
    ]);
    expect(untouched()).toBe(true);
  });

  test("that there is no network", () => {
    const { status, lines } = start({ PORT: "0" });
    expect(status).toBe(1);
    expect(lines).toEqual([
      "The registry of npm packages cannot be reached (ECONNREFUSED). Boxster needs it once, to install its packages: connect this machine, then start again.",
    ]);
    expect(untouched()).toBe(true);
  });
});

/** As `npm ci` leaves them, but for what the given word is about. */
function linkPackages(without?: string): void {
  const installed = join(project, "node_modules");
  mkdirSync(join(fresh, "node_modules"));
  for (const name of readdirSync(installed)) {
    if (name.startsWith(".boxster") || name.startsWith(".package")) continue;
    symlinkSync(join(installed, name), join(fresh, "node_modules", name));
  }
  const own = JSON.parse(readFileSync(join(installed, ".package-lock.json"), "utf8")) as {
    packages: Record<string, object>;
  };
  if (without) delete own.packages[`node_modules/${without}`];
  writeFileSync(join(fresh, "node_modules", ".package-lock.json"), JSON.stringify(own));
}

test("what npm ci has installed is taken, without a registry and not a second time", () => {
  linkPackages();
  const { lines } = start({ PORT: "0" });
  expect(lines[0]).toBe("Building the page...");
  expect(existsSync(join(fresh, "node_modules", ".boxster-installed"))).toBe(true);
});

test.each(["fastify", "vite"])("packages without %s are not taken for installed", (name) => {
  linkPackages(name);
  expect(start({ PORT: "0" }).lines).toEqual([
    expect.stringContaining("The registry of npm packages cannot be reached"),
  ]);
});

test("packages that do not work in this Node are not taken for installed", () => {
  const bin = join(fresh, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "npm"), '#!/bin/sh\n[ "$1" = ping ] || mkdir -p node_modules/fastify\n');
  chmodSync(join(bin, "npm"), 0o755);
  const { status, lines } = start({ PORT: "0", PATH: `${bin}:${process.env["PATH"]}` });
  expect(status).toBe(1);
  expect(lines.at(-1)).toContain("Packages were installed but do not work in");
  expect(lines.at(-1)).toMatch(/Cannot find package .*fastify/);
  expect(existsSync(join(fresh, "node_modules", ".boxster-installed"))).toBe(false);
});

test("a command before the packages are there says how to get them", () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(fresh, "server", "cli", "boxster.mjs"), "help"],
    { encoding: "utf8" },
  );
  expect(status).toBe(1);
  expect(stderr).toBe('The packages of Boxster are not installed yet: run "npm install" first.\n');
});
