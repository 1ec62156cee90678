import { expect, test } from "vitest";
import { phoneNumber, telLink } from "#core/text/phone-number.ts";

test.each([
  [" 020 7946 0123 ", "020 7946 0123", "tel:02079460123"],
  ["(020) 7946-0123", "020 7946 0123", "tel:02079460123"],
  ["+44 20 7946 0123", "+44 20 7946 0123", "tel:+442079460123"],
  ["101", "101", "tel:101"],
])("%s is a number that a phone dials", (typed, number, link) => {
  expect(phoneNumber.parse(typed)).toBe(number);
  expect(telLink(number)).toBe(link);
});

test.each([
  "",
  "12",
  "999",
  "112",
  "9 9 9",
  "020 7946 0123 ext 4",
  "020;phone-context=x",
  "+",
  "++44 20",
  "1234567890123456",
  "javascript:alert(1)",
  "020 7946 0123\n020",
])("%j is none", (typed) => {
  expect(phoneNumber.safeParse(typed).success).toBe(false);
});
