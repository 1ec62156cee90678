import { expect, test } from "vitest";
import { attemptKeysOf } from "#server/accounts/attempts.ts";
import { deviceOf, isPageTokenOf, pageTokenOf } from "#server/accounts/guard.ts";
import { nobodysHash } from "#server/accounts/password-cost.ts";
import { hashesDone, hashPassword, isPassword } from "#server/accounts/password-hash.ts";
import { testFolder } from "#tests/support/scratch.ts";

/** Each costs a quarter of a second. */
const stored = hashPassword("kettle boats");
const paramsOf = (hash: string) => hash.split("$").slice(1, 4).join("$");

test("a hash is argon2id over at least 64 MiB, and nobody's costs the same", async () => {
  const hash = await stored;
  expect(hash).toMatch(/^\$argon2id\$v=19\$/);
  expect(Number(/m=(\d+)/.exec(hash)?.[1])).toBeGreaterThanOrEqual(64 * 1024);
  expect(paramsOf(nobodysHash)).toBe(paramsOf(hash));
  expect(await hashPassword("kettle boats")).not.toBe(hash);
});

test("the right password alone is accepted, and where there is none the work is really done", async () => {
  const hash = await stored;
  const before = hashesDone();
  const tried = async (password: string, given: string | null) => {
    const began = performance.now();
    const accepted = await isPassword(password, given);
    return { accepted, took: performance.now() - began };
  };
  const right = await tried("kettle boats", hash);
  const wrong = await tried("kettle boat s", hash);
  const nobodys = await tried("kettle boats", null);
  expect([right, wrong, nobodys].map(({ accepted }) => accepted)).toEqual([true, false, false]);
  expect(hashesDone() - before).toBe(3);
  // Left out, it takes no time at all.
  expect(nobodys.took).toBeGreaterThan(Math.min(right.took, wrong.took) / 10);
});

test("a page token is that of its session and of no other", () => {
  expect(isPageTokenOf("one", pageTokenOf("one"))).toBe(true);
  for (const given of [pageTokenOf("two"), "", undefined, [pageTokenOf("one")], "one"]) {
    expect(isPageTokenOf("one", given)).toBe(false);
  }
});

test("an address is kept as a keyed hash; of IPv6 the network alone counts", () => {
  const folders = [testFolder("key"), testFolder("key")];
  const [first = "", second = ""] = folders;
  const keys = attemptKeysOf({ secret: null, dataFolder: first });
  const hex = (address: string) => keys("address", address).toString("hex");
  expect(hex("192.0.2.7")).toBe(hex("::ffff:192.0.2.7"));
  expect(hex("192.0.2.7")).not.toBe(hex("192.0.2.8"));
  expect(hex("2001:db8:1:2::1")).toBe(hex("2001:0db8:0001:0002:ffff::9"));
  expect(hex("2001:db8:1:2::1")).not.toBe(hex("2001:db8:1:3::1"));
  expect(hex("::1")).toBe(hex("0:0:0:0:0:0:0:1"));
  expect(keys("name", "192.0.2.7").toString("hex")).not.toBe(hex("192.0.2.7"));
  const other = attemptKeysOf({ secret: null, dataFolder: second });
  expect(other("address", "192.0.2.7").toString("hex")).not.toBe(hex("192.0.2.7"));
  // Two servers of one database have folders of their own and one secret.
  const [one, two] = folders.map((dataFolder) => attemptKeysOf({ secret: "shared", dataFolder }));
  expect(one?.("name", "a")).toEqual(two?.("name", "a"));
  expect(one?.("name", "a")).not.toEqual(keys("name", "a"));
});

test.each([
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0",
    "Edge on Windows",
  ],
  ["Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0 Safari/537.36", "Chrome on Linux"],
  ["Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1",
    "Safari on an iPhone or iPad",
  ],
  ["curl/8.1", null],
  [undefined, null],
])("the browser %s is called %s", (agent, words) => expect(deviceOf(agent)).toBe(words));
