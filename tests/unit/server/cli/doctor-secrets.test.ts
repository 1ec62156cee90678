import { expect, test } from "vitest";
import { withoutSecrets } from "#server/cli/doctor.ts";

test.each([
  ["postgres://u:secret@h:5432/boxster", "postgres://u:...@h:5432/boxster"],
  ["postgres://u:se%40cr:et@h/boxster", "postgres://u:...@h/boxster"],
  ["postgres://u@h/boxster?password=secret", "postgres://u@h/boxster?..."],
  ["postgres:///boxster", "postgres:///boxster"],
])("%s is shown as %s", (given, shown) => {
  expect(withoutSecrets(given)).toBe(shown);
});

test("a password that breaks the address is not shown either", () => {
  expect(withoutSecrets("postgres://u:p@se@cret@h:x/boxster")).not.toMatch(/p@se|cret/);
});
