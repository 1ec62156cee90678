import { expect, test } from "vitest";
import { readConfig } from "#server/config.ts";
import { ConfigError } from "#server/config-error.ts";

test("with nothing set, the embedded database and loopback are used", () => {
  expect(readConfig({})).toMatchObject({
    databaseUrl: null,
    host: "127.0.0.1",
    port: 4173,
    demo: false,
    basemap: "auto",
    timeZone: "Europe/London",
  });
});

test.each([
  ["PORT", "80o0"],
  ["PORT", "70000"],
  ["BOXSTER_METRICS_PORT", "metrics"],
  ["BOXSTER_METRICS_HOST", "0.0.0.0"],
  ["BOXSTER_PUSH_HOSTS", "push.example.org, 10.0.0.1"],
  ["BOXSTER_PUSH_HOSTS", "https://push.example.org"],
  ["BOXSTER_PUSH_HOSTS", "localhost"],
  ["DATABASE_URL", "mysql://x"],
  ["BOXSTER_DEMO", "maybe"],
  ["BOXSTER_BASEMAP", "google"],
  ["BOXSTER_TZ", "Europe/Londres"],
])("a wrong %s stops with a line that names it", (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
  expect(() => readConfig({ [name]: value })).toThrow(name);
});

test.each([
  ["BOXSTER_ORIGN", "BOXSTER_ORIGIN"],
  ["BOXSTER_ORIGNI", "BOXSTER_ORIGIN"],
  ["boxster_secret", "BOXSTER_SECRET"],
  ["BOXSTER_OICD_ISSUER", "BOXSTER_OIDC_ISSUER"],
  ["BOXSTER_METRIC_PORT", "BOXSTER_METRICS_PORT"],
  ["BOXSTER_DATABASE_URL", "DATABASE_URL"],
])("a misspelt %s is named, with what was meant", (name, meant) => {
  expect(() => readConfig({ [name]: "" })).toThrow(
    new ConfigError(`There is no setting ${name}. Did you mean ${meant}?`),
  );
});

test("names of tests and of a cluster that begin like a setting are left alone", () => {
  const others = ["TRACE", "RUNS", "LAYERS", "CHROMIUM", "KEEP_PDF", "PORT", "SERVICE_HOST"];
  for (const name of others)
    expect(readConfig({ [`BOXSTER_${name}`]: "1" })).toEqual(readConfig({}));
});

const secret = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

test("a server behind a proxy or with TLS of its own is reached by https", () => {
  expect(readConfig({}).secure).toBe(false);
  expect(readConfig({ BOXSTER_PROXY: "127.0.0.1, ::1" })).toMatchObject({
    proxy: ["127.0.0.1", "::1"],
    secure: true,
  });
  const tls = readConfig({ BOXSTER_TLS_CERT: "/c.pem", BOXSTER_TLS_KEY: "/k.pem" });
  expect(tls).toMatchObject({
    tls: { certificateFile: "/c.pem", keyFile: "/k.pem" },
    secure: true,
  });
});

test("a secret is 32 octets or more in hexadecimal or base64, and looks random", () => {
  const base64 = Buffer.from(secret, "hex").toString("base64");
  for (const good of [secret, secret.toUpperCase(), base64, base64.replace(/=+$/, "")]) {
    expect(readConfig({ BOXSTER_SECRET: good }).secret).toBe(good);
  }
  for (const bad of ["secret", secret.slice(2), "00".repeat(32), "a".repeat(64), "change me"]) {
    expect(() => readConfig({ BOXSTER_SECRET: bad }), bad).toThrow("BOXSTER_SECRET");
  }
});

test.each([
  ["BOXSTER_TLS_KEY", { BOXSTER_TLS_CERT: "/c.pem" }],
  ["BOXSTER_TLS_CERT", { BOXSTER_TLS_KEY: "/k.pem" }],
  ["BOXSTER_PROXY", { BOXSTER_PROXY: "proxy.example" }],
  ["BOXSTER_PROXY", { BOXSTER_PROXY: "0.0.0.0/0" }],
  ["BOXSTER_ORIGIN", { BOXSTER_ORIGIN: "http://boxster.example" }],
  ["BOXSTER_ORIGIN", { BOXSTER_ORIGIN: "https://boxster.example/page" }],
  ["BOXSTER_ORIGIN", { BOXSTER_ORIGIN: "https://user@boxster.example" }],
  ["BOXSTER_ORIGIN", { BOXSTER_ORIGIN: "boxster.example" }],
])("a wrong %s of the edge stops with a line that names it: %o", (name, env) => {
  expect(() => readConfig(env)).toThrow(name);
});

test.each([
  "postgres://boxster:pass@a,b/boxster?target_session_attrs=read-write",
  "postgres://boxster:pass@a:5432,b:5433/boxster",
  "postgresql://a%2Cb/boxster",
  "postgres://boxster:pass@/boxster?host=a,b",
])("several hosts are refused in words: %s", (DATABASE_URL) => {
  const refused = () => readConfig({ DATABASE_URL });
  expect(refused).toThrow(ConfigError);
  expect(refused).toThrow(/^DATABASE_URL names several hosts; Boxster takes one\. .+\.$/);
  expect(refused).not.toThrow("pass");
});

test.each(["postgres://boxster:se cret@h:x/boxster", "postgres://u:p@ss:word@h:99999/b"])(
  "an address that nobody can read is named, and not shown: %s",
  (BOXSTER_LISTEN_URL) => {
    const refused = () => readConfig({ BOXSTER_LISTEN_URL });
    expect(refused).toThrow(/^BOXSTER_LISTEN_URL is not an address such as/);
    expect(refused).not.toThrow(/se cret|p@ss/);
  },
);

test("one host, a socket and a comma in a password are taken", () => {
  for (const url of [
    "postgres:///boxster",
    "postgres://boxster@/boxster?host=/run/postgresql",
    "postgres://boxster:a,b@h:5432/boxster?target_session_attrs=read-write",
  ]) {
    expect(readConfig({ DATABASE_URL: url }).databaseUrl).toBe(url);
  }
});

test("the database's timeouts have safe defaults and are whole seconds", () => {
  expect(readConfig({}).timeouts).toEqual({ statement: 30, lock: 10, idle: 60 });
  expect(readConfig({ BOXSTER_LOCK_TIMEOUT: "5" }).timeouts.lock).toBe(5);
  for (const wrong of ["0", "-1", "1.5", "5s", "3601"]) {
    expect(() => readConfig({ BOXSTER_STATEMENT_TIMEOUT: wrong })).toThrow(
      `BOXSTER_STATEMENT_TIMEOUT must be whole seconds from 1 to 3600, not "${wrong}"`,
    );
  }
});
