import { describe, expect, test } from "vitest";
import {
  afterChange,
  afterDisabling,
  afterPasswordsOff,
  afterSecret,
} from "#client/accounts/admin/account-words.ts";
import type { AccountChange, AccountReply } from "#core/accounts/wire/accounts.ts";

const jane: AccountReply = {
  id: "1",
  name: "jane",
  shownName: null,
  role: "sergeant",
  partner: null,
  neighbour: null,
  hasPassword: true,
  partnerPassword: false,
  hasSecondFactor: false,
  phones: 0,
  setUpUntil: null,
  oidcName: null,
  isBound: false,
  createdOn: "2026-01-01",
  lastDay: null,
  state: "in use",
  isOwn: false,
};
const fresh: AccountReply = { ...jane, hasPassword: false };

test("disabling says that it signs out, and for how long", () => {
  expect(afterDisabling(jane)).toMatch(/^jane is signed out everywhere at once.*enabled again\.$/);
});

test("a secret is asked about where something stops working by it", () => {
  expect(afterSecret(fresh)).toBeNull();
  expect(afterSecret(jane)).toBe(
    "The current password stops working, and jane is signed out everywhere at once.",
  );
  const waiting = { ...fresh, setUpUntil: "2026-01-04T10:00:00Z" };
  expect(afterSecret(waiting)).toMatch(/^The earlier one-time secret stops/);
  expect(afterSecret({ ...fresh, oidcName: "Jane" })).toBe(
    "jane is signed out everywhere at once.",
  );
});

describe("a change", () => {
  const same: AccountChange = {
    role: "sergeant",
    partner: null,
    oidcName: null,
    shownName: null,
    lastDay: null,
  };
  const follows = (wish: AccountChange, account = jane) =>
    afterChange(account, { ...same, ...wish }, "2026-03-02");

  test.each([
    ["another role", { role: "analyst" }, /^Changing the role signs jane out/],
    ["another name at the provider", { oidcName: "J" }, /^Changing the name at the provider signs/],
    ["both", { role: "analyst", oidcName: "J" }, /role and name at the provider signs/],
    ["a last day that is over", { lastDay: "2026-03-01" }, /^That day has passed. jane is signed/],
  ] as const)("to %s is asked about", (_what, wish, words) => {
    expect(follows(wish)).toMatch(words);
  });

  test("that cuts nobody off is not: another name on screen, a last day to come, who is out already", () => {
    expect(follows({ shownName: "Jane" })).toBeNull();
    expect(follows({ lastDay: "2026-03-02" })).toBeNull();
    expect(follows({ role: "analyst" }, { ...jane, state: "disabled" })).toBeNull();
  });
});

test("switching passwords off names whom it shuts out, and says where oneself is among them", () => {
  const bound = { ...jane, name: "bo", oidcName: "Bo" };
  const gone = { ...jane, name: "gone", state: "disabled" as const };
  expect(afterPasswordsOff([bound, gone], "Station")).toBe(
    "Nobody can sign in or unlock a screen with a password. Every account in use has a name at Station.",
  );
  expect(afterPasswordsOff([bound, gone, { ...jane, isOwn: true }], "Station")).toMatch(
    /1 account in use has no name at Station and could no longer sign in: jane\. Yours is one of them\.$/,
  );
  const many = Array.from({ length: 8 }, (_, n) => ({ ...jane, name: `p${n}` }));
  expect(afterPasswordsOff(many, "Station")).toMatch(/^.*8 accounts in use have.*p4 and 3 more\.$/);
});
