import { expect, test } from "vitest";
import { ConfigError, readConfig } from "#server/config.ts";

test("with nothing set, the embedded database and loopback are used", () => {
  expect(readConfig({})).toMatchObject({
    databaseUrl: null,
    host: "127.0.0.1",
    port: 4173,
    demo: false,
    basemap: "none",
    timeZone: "Europe/London",
  });
});

test.each([
  ["PORT", "80o0"],
  ["PORT", "70000"],
  ["DATABASE_URL", "mysql://x"],
  ["BOXSTER_DEMO", "maybe"],
  ["BOXSTER_BASEMAP", "google"],
  ["BOXSTER_TZ", "Europe/Londres"],
])("a wrong %s stops with a line that names it", (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
  expect(() => readConfig({ [name]: value })).toThrow(name);
});
