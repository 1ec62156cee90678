import { expect, test } from "vitest";
import { describeSettings, withoutSecrets } from "#server/app/doctor.ts";
import { readConfig } from "#server/config.ts";

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

test("every setting that the server reads is listed, and neither secret nor passphrase is told", () => {
  const secret = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  const passphrase = "five words nobody would guess";
  const read = new Set<string>();
  const env = new Proxy<Record<string, string>>(
    { BOXSTER_SECRET: secret, BOXSTER_PASSPHRASE: passphrase },
    {
      get: (values, name) => {
        read.add(String(name));
        return values[String(name)];
      },
    },
  );
  const shown = describeSettings(readConfig(env));
  expect(Object.keys(shown).sort((a, b) => a.localeCompare(b))).toEqual(
    [...read].sort((a, b) => a.localeCompare(b)),
  );
  expect(shown).toMatchObject({ BOXSTER_SECRET: "(set)", BOXSTER_PASSPHRASE: "(set)" });
  expect(JSON.stringify(shown)).not.toContain(passphrase);
  expect(JSON.stringify(shown)).not.toContain(secret.slice(0, 8));
});
