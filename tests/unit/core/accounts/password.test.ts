import { describe, expect, test } from "vitest";
import { accountNameFault, foldAccountName } from "#core/accounts/account-name.ts";
import { waitAfterFailuresMs } from "#core/accounts/attempt-wait.ts";
import { passwordFault } from "#core/accounts/password.ts";

describe("a password", () => {
  test.each([
    ["eleven characters", "kettle boat", /at least 12/],
    ["129 characters", "kettle boats ".repeat(10).slice(0, 129), /at most 128/],
    ["the sign-in name", "jane.hollis.fo", /contains the sign-in name/],
    ["the name with figures around it", "99Jane.Hollis.Fo!", /contains the sign-in name/],
    ["the name backwards", "of.silloh.enaj", /contains the sign-in name/],
    ["twelve characters", "kettle boats", null],
    ["accents and other letters", "žluťoučký kůň", null],
    ["spaces between words", "rain on the third platform", null],
  ])("%s", (_what, password, reason) => {
    const fault = passwordFault(password, "jane.hollis.fo");
    if (reason === null) expect(fault).toBeNull();
    else expect(fault).toMatch(reason);
  });

  test("characters are counted, not the octets they take", () => {
    expect(passwordFault("🐢🦊🐝🐌🐙🦀🐡🦉🐨🐸🦆🐔", "jane")).toBeNull();
    expect(passwordFault("🐢🦊🐝🐌🐙🦀", "jane")).toMatch(/at least 12/);
  });

  test("it is one password however the accents were composed", async () => {
    const { normalisePassword } = await import("#core/accounts/password.ts");
    expect(normalisePassword("cafe\u0301 on the quay")).toBe(normalisePassword("café on the quay"));
  });
});

describe("a sign-in name", () => {
  test("is the same with capitals and blanks around it", () => {
    expect(foldAccountName("  Jane.Hollis ")).toBe("jane.hollis");
  });

  test.each(["jane", "j.hollis@example.org", "pc-4711", "a1"])("%s is one", (name) => {
    expect(accountNameFault(name)).toBeNull();
  });

  test.each(["", "j", ".jane", "jane hollis", "jane\n", "jäne", "x".repeat(65), "__proto__"])(
    "%j is none",
    (name) => expect(accountNameFault(name)).toMatch(/2 to 64/),
  );

  test.each(["system", "unknown", "nobody", "owner", "gate", "publisher"])(
    "%s is the tool's own in the log",
    (name) => expect(accountNameFault(name)).toMatch(/is reserved/),
  );
});

describe("the wait after failures", () => {
  test("five of a name are free, then it doubles from 5 seconds to a quarter of an hour", () => {
    const seconds = Array.from({ length: 16 }, (_, n) => waitAfterFailuresMs("name", n) / 1000);
    expect(seconds).toEqual([0, 0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900]);
    expect(waitAfterFailuresMs("name", 1_000_000)).toBe(900_000);
  });

  test("an address, which many may share, has twenty", () => {
    expect(waitAfterFailuresMs("address", 19)).toBe(0);
    expect(waitAfterFailuresMs("address", 20)).toBe(5_000);
  });
});
