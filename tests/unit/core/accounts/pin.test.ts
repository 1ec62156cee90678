import { describe, expect, test } from "vitest";
import { pinFault } from "#core/accounts/pin.ts";

describe("a PIN", () => {
  test.each(["704913", "38015926", "925871"])("%s is taken", (pin) => {
    expect(pinFault(pin)).toBeNull();
  });

  test.each([
    ["12345", "digits"],
    ["1234567890123", "digits"],
    ["70491a", "digits only"],
    ["111111", "easy to guess"],
    ["121212", "easy to guess"],
    ["123123", "easy to guess"],
    ["234567", "easy to guess"],
    ["567890", "easy to guess"],
    ["987654", "easy to guess"],
    ["112211", "easy to guess"],
    ["140285", "birthday"],
    ["021485", "birthday"],
    ["14021985", "birthday"],
    ["19850214", "birthday"],
    ["850214", "birthday"],
  ])("%s is refused: %s", (pin, why) => {
    expect(pinFault(pin)).toContain(why);
  });
});
