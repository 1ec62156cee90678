import { describe, expect, test } from "vitest";
import { pinFault } from "#core/accounts/pin.ts";

describe("a PIN", () => {
  test.each(["704913", "38015926", "925871"])("%s is taken", (pin) => {
    expect(pinFault(pin)).toBeNull();
  });

  test.each([
    ["12345", "figures"],
    ["1234567890123", "figures"],
    ["70491a", "figures only"],
    ["111111", "first"],
    ["121212", "first"],
    ["123123", "first"],
    ["234567", "first"],
    ["567890", "first"],
    ["987654", "first"],
    ["112211", "first"],
    ["140285", "birthday"],
    ["021485", "birthday"],
    ["14021985", "birthday"],
    ["19850214", "birthday"],
    ["850214", "birthday"],
  ])("%s is refused: %s", (pin, why) => {
    expect(pinFault(pin)).toContain(why);
  });
});
