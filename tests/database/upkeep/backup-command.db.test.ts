import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { ownerActor } from "#server/db/database.ts";
import { scratchFolders } from "#tests/support/backup.ts";
import { engines, openTestDatabase } from "#tests/support/database.ts";
import { redrawnPack } from "#tests/support/redrawn.ts";
import { typeCommand } from "#tests/support/typed-command.ts";

const folders = scratchFolders();
const words = "five words nobody would guess";

beforeEach(() => {
  vi.stubEnv("DATABASE_URL", "");
  vi.stubEnv("BOXSTER_PASSPHRASE", "");
});
afterEach(() => vi.unstubAllEnvs());
afterAll(folders.clear);

test("a passphrase that is short, typed differently or not to be had is refused before anything", async () => {
  vi.stubEnv("BOXSTER_DATA", folders.make());
  const file = join(folders.make(), "none.backup");
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [["short"], /too short: take at least 16 characters/],
    [[words, `${words}.`], /They do not match/],
    [[], /no terminal to ask for the passphrase\. Set BOXSTER_PASSPHRASE or give/],
  ];
  for (const [answers, reason] of cases) {
    const { exit, err } = await typeCommand(["backup", file], answers);
    expect(exit).toBe(1);
    expect(err.join("\n")).toMatch(reason);
  }
  const missing = await typeCommand(["backup", file, "--passphrase-file", "/nowhere/words"]);
  expect(missing.err.join("\n")).toMatch(/passphrase file \/nowhere\/words cannot be read/);
  expect(() => statSync(file)).toThrow();
});

test.skipIf(!engines.includes("postgres"))(
  "on a server: backup with a passphrase file, and no restore while others are connected",
  async () => {
    const source = await openTestDatabase("postgres");
    const target = await openTestDatabase("postgres");
    const file = join(folders.make(), "server.backup");
    const passphraseFile = join(folders.make(), "words");
    writeFileSync(passphraseFile, `${words}\nanother line\n`);
    vi.stubEnv("BOXSTER_DATA", folders.make());
    try {
      vi.stubEnv("DATABASE_URL", source.url ?? "");
      const made = await typeCommand(["backup", file, "--passphrase-file", passphraseFile]);
      expect(made.exit).toBe(0);
      expect(readFileSync(file).length).toBeGreaterThan(1_000);

      vi.stubEnv("DATABASE_URL", target.url ?? "");
      await target.db.transaction(ownerActor, (tx) => tx.query("select"));
      const refused = await typeCommand(["restore", file], [words]);
      expect(refused.exit).toBe(1);
      expect(refused.all).toContain("connected to this database. Stop the server first");
      await target.db.close();
      // Forgotten, or of a command that was redrawn.
      vi.stubEnv("BOXSTER_PLACES", await redrawnPack("moved"));
      const restored = await typeCommand(["restore", file], [words]);
      expect(restored.all).toMatch(/It is for the places "[\w-]+"\. Set BOXSTER_PLACES to their/);
      expect(restored.all).toContain("Row counts and audit log match the backup.");
      expect(restored.exit).toBe(0);
    } finally {
      await source.drop();
      await target.drop();
    }
  },
);
