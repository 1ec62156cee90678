import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbedded } from "#server/db/embedded.ts";
import { openPostgres } from "#server/db/postgres.ts";
import { runImport } from "#server/import/run-import.ts";
import { testServices } from "#tests/support/app.ts";
import { autoChoices, plainTable } from "#tests/support/import.ts";
import { analyst } from "#tests/support/import-server.ts";

/**
 * A process of its own that begins an import into a database (a folder or an address), says "half"
 * when part of it is in, and then waits: the test that started it kills it there.
 */
const [target = ""] = process.argv.slice(2);
const isServer = target.startsWith("postgres");
const db = isServer ? openPostgres(target) : await openEmbedded({ folder: target, snapshot: null });
const services = await testServices(db);
const dataFolder = mkdtempSync(join(tmpdir(), "boxster-killed-"));

const bytes = Buffer.from(plainTable(new Array<string>(20_000).fill("2021-06-05")));
await runImport(
  { ...services, config: { ...services.config, dataFolder } },
  {
    actor: analyst,
    source: {
      fileName: "killed.csv",
      totalBytes: bytes.length,
      read: null,
      canReopen: false,
      open: async function* () {
        for (let at = 0; at < bytes.length / 2; at += 50_000) yield bytes.subarray(at, at + 50_000);
        process.stdout.write("half\n");
        await new Promise((resolve) => setTimeout(resolve, 120_000));
      },
    },
    choices: autoChoices,
    dryRun: false,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  },
);
