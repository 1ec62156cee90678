import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { verifyChainIn } from "#server/audit/verify.ts";
import { startServer } from "#server/cli/serve.ts";
import { readConfig } from "#server/config.ts";
import { type Database, ownerActor } from "#server/db/database.ts";
import { openDatabase } from "#server/db/open.ts";
import { allRows } from "#tests/support/audit.ts";
import { scratchFolders } from "#tests/support/backup.ts";
import { startOnce } from "#tests/support/data-folder.ts";
import { engines, openTestDatabase } from "#tests/support/database.ts";
import { typeCommand } from "#tests/support/typed-command.ts";

const folders = scratchFolders();
const words = "five words nobody would guess";

beforeEach(() => {
  vi.stubEnv("DATABASE_URL", "");
  vi.stubEnv("BOXSTER_PASSPHRASE", "");
});
afterEach(() => vi.unstubAllEnvs());
afterAll(folders.clear);

async function actsOf(db: Database): Promise<string[]> {
  const rows = await db.transaction(ownerActor, allRows);
  return rows.map(({ act }) => act);
}

test("a backup goes through the running server, a restore waits until it is stopped", async () => {
  const folder = folders.make();
  const file = join(folders.make(), "first.backup");
  await startOnce(folder);
  vi.stubEnv("BOXSTER_DATA", folder);
  const server = await startServer(
    readConfig({ BOXSTER_DATA: folder, PORT: "0" }),
    () => undefined,
  );
  try {
    const made = await typeCommand(["backup", file, "--json"], [words, words]);
    expect(made.err).toEqual([]);
    expect(made.exit).toBe(0);
    expect(made.asked).toEqual(["Passphrase: ", "The same again: "]);
    expect(made.all).not.toContain(words);
    const { head, rows } = JSON.parse(made.out[0] ?? "") as { head: { id: string }; rows: object };
    // The file ends with the line that it was begun; the last of the chain says that it is done.
    expect(await actsOf(server.services.db)).toEqual(["begin a backup", "back up"]);
    expect(head.id).toBe("1");
    expect(statSync(file).size).toBeGreaterThan(1_000);

    const refused = await typeCommand(["restore", file], [words]);
    expect(refused).toMatchObject({ exit: 1, out: [] });
    expect(refused.err).toEqual([
      `boxster: A running Boxster holds the folder ${folder}: stop it first, then give this command again.`,
    ]);
    await server.close();

    const next = folders.make();
    vi.stubEnv("BOXSTER_DATA", next);
    vi.stubEnv("BOXSTER_PASSPHRASE", words);
    const restored = await typeCommand(["restore", file, "--json"]);
    expect(restored.exit).toBe(0);
    expect(JSON.parse(restored.out[0] ?? "")).toMatchObject({ head, rows, verified: true });
    const db = await openDatabase(readConfig({ BOXSTER_DATA: next }), () => undefined);
    try {
      expect(await db.transaction(ownerActor, (tx) => verifyChainIn(tx))).toMatchObject({
        ok: true,
      });
      expect(await actsOf(db)).toEqual(["begin a backup", "restore a backup"]);
    } finally {
      await db.close();
    }
  } finally {
    await server.close();
  }
});

test("a passphrase that is short, typed differently or not to be had is refused before anything", async () => {
  vi.stubEnv("BOXSTER_DATA", folders.make());
  const file = join(folders.make(), "none.backup");
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [["short"], /too short: take at least 16 characters/],
    [[words, `${words}.`], /The two are not the same/],
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

test("doctor says that a passphrase is set and never what it is", async () => {
  const folder = folders.make();
  await startOnce(folder);
  vi.stubEnv("BOXSTER_DATA", folder);
  vi.stubEnv("BOXSTER_PASSPHRASE", words);
  const { all } = await typeCommand(["doctor"]);
  expect(all).toContain("BOXSTER_PASSPHRASE = (set)");
  expect(all).not.toContain(words);
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
      expect(refused.all).toContain("connected to this database: stop the server first");
      await target.db.close();
      const restored = await typeCommand(["restore", file], [words]);
      expect(restored.all).toContain("Counts and audit chain are those of the backup.");
      expect(restored.exit).toBe(0);
    } finally {
      await source.drop();
      await target.drop();
    }
  },
);
