import { expect, test } from "vitest";
import { refuseUnsafeSettings } from "#server/app/exposure.ts";
import { readConfig } from "#server/config.ts";

const secret = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const whole = {
  HOST: "0.0.0.0",
  BOXSTER_SECRET: secret,
  BOXSTER_PROXY: "192.0.2.4",
  BOXSTER_ORIGIN: "https://boxster.example",
};
const check = (env: Record<string, string>) => () => refuseUnsafeSettings(readConfig(env));

test("this machine alone needs nothing, a whole setting serves others", () => {
  for (const HOST of ["127.0.0.1", "127.0.0.2", "localhost", "::1"]) {
    expect(check({ HOST, BOXSTER_DEMO: "1" })).not.toThrow();
  }
  expect(check(whole)).not.toThrow();
  expect(check({ ...whole, HOST: "127.0.0.1" })).not.toThrow();
});

test.each([
  ["BOXSTER_SECRET", { BOXSTER_SECRET: "" }],
  ["without TLS", { BOXSTER_PROXY: "" }],
  ["BOXSTER_ORIGIN", { BOXSTER_ORIGIN: "" }],
  ["BOXSTER_DEMO", { BOXSTER_DEMO: "1" }],
])("without its part, another interface is refused in one line: %s", (words, change) => {
  for (const HOST of ["0.0.0.0", "::", "192.0.2.9", "boxster.example"]) {
    const refused = check({ ...whole, HOST, ...change });
    expect(refused).toThrow(words);
    expect(refused).toThrow(`HOST is ${HOST}`);
    expect(refused).toThrow(/^[^\n]+\.$/);
    expect(refused).not.toThrow(secret);
  }
});

test("a proxy in front of this machine reaches others too, so the same is asked", () => {
  const behind = { ...whole, HOST: "127.0.0.1" };
  expect(check({ ...behind, BOXSTER_SECRET: "" })).toThrow(/BOXSTER_PROXY.*BOXSTER_SECRET/);
  expect(check({ ...behind, BOXSTER_ORIGIN: "" })).toThrow(/BOXSTER_PROXY.*BOXSTER_ORIGIN/);
  expect(check({ ...behind, BOXSTER_DEMO: "1" })).toThrow(/BOXSTER_PROXY.*BOXSTER_DEMO/);
});

test("a certificate that cannot be read is named before anything is opened", () => {
  const env = { BOXSTER_TLS_CERT: "/none/cert.pem", BOXSTER_TLS_KEY: "/none/key.pem" };
  expect(check(env)).toThrow(
    "BOXSTER_TLS_CERT names /none/cert.pem, which cannot be read (ENOENT)",
  );
});
