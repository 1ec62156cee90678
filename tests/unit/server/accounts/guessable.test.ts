import { expect, test } from "vitest";
import { guessFault } from "#server/accounts/password-account.ts";

const name = "jane.hollis.fo";

test.each([
  ["a name with figures", "michael12345", /close to a common password/],
  ["a word with a year", "Christmas2026", /easy to guess/],
  ["a club with a year", "Liverpool1986", /close to a common password/],
  ["one sign over and over", "zzzzzzzzzzzzzz", /repeats itself/],
  ["a short unit over and over", "kettlekettlek", /easy to guess/],
  ["a run of figures", "234567890123", /sequence of letters or numbers/],
  ["a run of keys", "QwertyUiopAsdf", /easy to guess/],
  ["a common word with figures", "Password20261", /close to a common password/],
  ["a common word spelt with signs", "P@ssw0rd2026!", /easy to guess/],
  ["the name of the tool", "Boxster-2026-!", /easy to guess/],
  ["the place", "Tottenham2026!", /easy to guess/],
  ["the sign-in name with a year", "Jane.Hollis2026", /well-known local name/],
  ["a date", "14/02/1986 ok", /easy to guess/],
])("%s is easy to guess, and why is said in words", async (_what, password, reason) => {
  const fault = await guessFault(password, name);
  expect(fault).toMatch(reason);
  expect(fault).toContain("Three or four unrelated words work well.");
});

test.each([
  ["four words", "rain on the third platform"],
  ["words of another language", "žluťoučký kůň"],
  ["pictures", "🐢🦊🐝🐌🐙🦀🐡🦉🐨🐸🦆🐔"],
  ["twelve characters drawn by chance", "q7#Lw2!vXz9p"],
  ["as long as one may be", "kettle boats over the quay ".repeat(5).slice(0, 128)],
])("%s is not", async (_what, password) => {
  expect(await guessFault(password, name)).toBeNull();
});
