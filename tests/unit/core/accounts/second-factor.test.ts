import { describe, expect, test } from "vitest";
import { freshMs, isFresh, needsSecondFactor } from "#core/accounts/second-factor.ts";

describe("whether a session needs a second factor first", () => {
  const session = {
    accountId: "1",
    role: "admin",
    isAskedOfPolice: false,
    hasPasskey: false,
    hasApp: false,
    byProvider: false,
    deviceId: null,
  } as const;

  test.each([
    ["an administrator", {}, true],
    ["an auditor", { role: "auditor" }, true],
    ["with a passkey", { hasPasskey: true }, false],
    ["with an app", { hasApp: true }, false],
    ["through the provider", { byProvider: true }, false],
    ["on a phone with its PIN", { deviceId: "a" }, false],
    ["a role of the demonstration", { accountId: null }, false],
    ["a sergeant", { role: "sergeant" }, false],
    ["a sergeant, where police are asked", { role: "sergeant", isAskedOfPolice: true }, true],
    ["an analyst, where police are asked", { role: "analyst", isAskedOfPolice: true }, true],
    [
      "a coordinator, where police are asked",
      { role: "coordinator", isAskedOfPolice: true },
      false,
    ],
  ] as const)("%s", (_who, more, needs) => {
    expect(needsSecondFactor({ ...session, ...more })).toBe(needs);
  });
});

test("a proof counts for five minutes, and none that is dated ahead", () => {
  const now = Date.UTC(2026, 0, 1);
  const ages = [0, freshMs, freshMs + 1, -59_000, -3_600_000];
  expect(ages.map((age) => isFresh(now - age, now))).toEqual([true, true, false, true, false]);
  expect(isFresh(null, now)).toBe(false);
});
