import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listFiles } from "#deploy/release/contents.ts";
import { scratchFolders } from "#tests/support/backup.ts";
import { lockedPackages, root } from "#tests/support/components.ts";
import { serveInProcess } from "#tests/support/served-process.ts";

/*
 * A release of this folder, unpacked where nothing else is, and run by another user than the one who owns it, as on a
 * server: with no program in reach and, but where the page is asked for, in a network that has nothing in it.
 */
const folders = scratchFolders();
afterAll(folders.clear);
const out = folders.make();
const bare = folders.make();
const data = folders.make();

let release = "";
let archive = "";
beforeAll(() => {
  archive = makeRelease(out);
  chmodSync(bare, 0o755);
  execFileSync("tar", ["-xzf", join(out, archive), "-C", bare, "--no-same-owner"]);
  release = join(bare, basename(archive, ".tar.gz"));
  if (isRoot) execFileSync("chown", ["-R", "65534:65534", data]);
  else execFileSync("chmod", ["-R", "a-w", release]);
}, 300_000);

const isRoot = process.getuid?.() === 0;
const asNobody = isRoot
  ? ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
  : [];
const hasNoNetwork = ["/usr/bin/unshare", "--map-root-user", "--net"];
const alone =
  spawnSync("/usr/bin/unshare", [...hasNoNetwork.slice(1), "/usr/bin/true"]).status === 0
    ? hasNoNetwork
    : [];

function makeRelease(folder: string): string {
  const script = join(root, "deploy", "release", "release.ts");
  execFileSync(process.execPath, [script, "--dirty", "--out", folder], { stdio: "pipe" });
  return readdirSync(folder).find((name) => name.endsWith(".tar.gz")) ?? "";
}

function boxster(...words: readonly string[]): string {
  const [program = "", ...args] = [
    ...asNobody,
    ...alone,
    join(release, "node_modules", ".bin", "node"),
    join(release, "server", "cli", "boxster.mjs"),
    ...words,
  ];
  return execFileSync(program, args, {
    cwd: "/",
    env: { PATH: "/nowhere", BOXSTER_DATA: data, BOXSTER_DEMO: "1" },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

test("a release is under 250 MB, and every file of it has its checksum", () => {
  const files = listFiles(release);
  const bytes = files.reduce((sum, one) => sum + one.bytes, 0);
  expect(bytes).toBeLessThan(250e6);
  expect(bytes).toBeGreaterThan(100e6);
  const options = { cwd: release, encoding: "utf8", stdio: "pipe" } as const;
  execFileSync("sha256sum", ["--check", "--quiet", "--strict", "SHA256SUMS"], options);
  const summed = readFileSync(join(release, "SHA256SUMS"), "utf8").trim().split("\n");
  const wanted = files.filter(({ path, isLink }) => !isLink && path !== "SHA256SUMS");
  expect(summed.map((line) => line.slice(66))).toEqual(wanted.map(({ path }) => path));
  execFileSync("sha256sum", ["--check", "--quiet", `${archive}.sha256`], { ...options, cwd: out });
});

test("npx boxster runs in a release for whoever does not own it", () => {
  const [program = "", ...args] = [...asNobody, "npx", "boxster", "help"];
  const said = execFileSync(program, args, { cwd: release, encoding: "utf8", stdio: "pipe" });
  expect(said).toContain("usage: boxster COMMAND");
});

test("a release has no package for building or testing, and no script that npm would run", () => {
  const development = [...lockedPackages].filter(([, { dev }]) => dev).map(([path]) => path);
  expect(development.length).toBeGreaterThan(300);
  const there = new Set(listFiles(release).map(({ path }) => path));
  expect(development.filter((path) => there.has(`${path}/package.json`))).toEqual([]);
  expect([...there].filter((path) => /^(?:tests|client|var|deploy\/release)\//.test(path))).toEqual(
    [],
  );
});

test("what is in the page is in the list of components, with its licence", () => {
  const sbom = readFileSync(join(release, "boxster.cdx.json"), "utf8");
  const refs = new Set(
    (JSON.parse(sbom) as { components: { name: string; version: string }[] }).components.map(
      ({ name, version }) => `${name} ${version}`,
    ),
  );
  const licences = readFileSync(join(release, "LICENSES-PAGE.txt"), "utf8");
  const named = licences.split(/^-{72}\n\n/m).map((text) => text.split("\n")[0] ?? "");
  expect(named.length).toBeGreaterThan(30);
  expect(named).toEqual(
    expect.arrayContaining([expect.stringMatching(/^@fontsource-variable\/inter /)]),
  );
  expect(named.filter((one) => !refs.has(one))).toEqual([]);
});

test("doctor says that it is a release, and the demonstration loads without network or tools", () => {
  expect(JSON.parse(boxster("load-demo", "--json"))).toBeTruthy();
  const { release: about, version } = JSON.parse(boxster("doctor", "--json"));
  expect(about).toMatchObject({ version, platform: `${process.platform}-${process.arch}` });
  expect(boxster("doctor")).toMatch(/^Boxster 0\.\d+\.\d+, a release of \d{4}-\d\d-\d\d for /m);
});

test("it serves the page and the demonstration, with a Node of its own", async () => {
  const server = await serveInProcess(
    { BOXSTER_DATA: data, BOXSTER_DEMO: "1", PATH: "/nowhere" },
    {
      program: [...asNobody, join(release, "node_modules", ".bin", "node")],
      boxster: join(release, "server", "cli", "boxster.mjs"),
    },
  );
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  const page = await (await fetch(server.url)).text();
  const [, script = ""] = /<script[^>]+src="([^"]+)"/.exec(page) ?? [];
  expect((await fetch(new URL(script, server.url))).status).toBe(200);
  const signedIn = await fetch(`${server.url}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ role: "sergeant" }),
  });
  expect(signedIn.status).toBe(200);
  const cookie = (signedIn.headers.getSetCookie()[0] ?? "").split(";")[0] ?? "";
  const events = await fetch(`${server.url}/api/events`, { headers: { cookie } });
  expect(events.status).toBe(200);
  expect((await events.arrayBuffer()).byteLength).toBeGreaterThan(10_000);
  expect(await server.stop()).toBe(0);
  expect(server.faults()).toEqual([]);
});

test("a release made twice is the same, byte for byte", () => {
  const again = folders.make();
  expect(makeRelease(again)).toBe(archive);
  const hash = (folder: string) => readFileSync(join(folder, `${archive}.sha256`), "utf8");
  expect(hash(again)).toBe(hash(out));
  expect(statSync(join(again, archive)).size).toBe(statSync(join(out, archive)).size);
});
