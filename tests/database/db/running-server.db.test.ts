import { spawn } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { connect } from "node:tls";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { carriedBy } from "#deploy/release/carried.ts";
import { verifyChainIn } from "#server/accounts/audit/verify.ts";
import { serve } from "#server/app/serve.ts";
import { readConfig } from "#server/config.ts";
import { ownerActor } from "#server/db/database.ts";
import { openDatabase } from "#server/db/open.ts";
import { ownVersion } from "#server/version.ts";
import { allRows } from "#tests/support/audit.ts";
import { scratchFolders } from "#tests/support/backup.ts";
import { makeCertificate } from "#tests/support/certificate.ts";
import { startOnce } from "#tests/support/data-folder.ts";
import { redrawnPack } from "#tests/support/redrawn.ts";
import { typeCommand } from "#tests/support/typed-command.ts";

/*
 * One server on a folder, as `boxster serve` runs it, for all that needs one that runs: starting one takes seconds.
 * From here on in their order; with the last the server is stopped.
 */
const folders = scratchFolders();
const folder = folders.make();
const words = "five words nobody would guess";
const password = "four geese over water";
const files = { cert: join(folder, "cert.pem"), key: join(folder, "key.pem") };
const hasCertificate = makeCertificate("first", files);

let url = "";
let hangUp = () => undefined as unknown;
const said: string[] = [];
const stopping = new AbortController();
let ended: Promise<number> | null = null;

beforeAll(async () => {
  // Where a journal would be, it writes a line for each request.
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  await startOnce(folder);
  const tls = { BOXSTER_TLS_CERT: files.cert, BOXSTER_TLS_KEY: files.key };
  const config = readConfig({ BOXSTER_DATA: folder, PORT: "0", ...(hasCertificate ? tls : {}) });
  url = await new Promise<string>((ready, fail) => {
    ended = serve(config, {
      out: (line) => {
        const [, address] = /^Boxster is ready on (\S+)$/.exec(line) ?? [];
        if (address) ready(address);
      },
      err: (line) => said.push(line),
      readInput: () => Promise.resolve(""),
      askHidden: () => Promise.resolve(null),
      signal: stopping.signal,
      onHangUp: (act) => {
        hangUp = act;
      },
    });
    ended.catch(fail);
  });
});
afterAll(async () => {
  stopping.abort();
  await ended;
  vi.restoreAllMocks();
  folders.clear();
});
beforeEach(() => {
  vi.stubEnv("DATABASE_URL", "");
  vi.stubEnv("BOXSTER_PASSPHRASE", "");
  vi.stubEnv("BOXSTER_DATA", folder);
});
afterEach(() => vi.unstubAllEnvs());

// That SIGHUP is heard as this: tests/unit/server/cli/signals.test.ts.
test("a hang-up takes the certificate again, and keeps the old one where the new does not fit", async ({
  skip,
}) => {
  if (!hasCertificate)
    return skip("openssl, which makes the certificates of this test, is not installed");
  expect(await nameShown()).toBe("first");
  makeCertificate("second", files);
  hangUp();
  expect(await nameShown()).toBe("second");
  writeFileSync(files.key, "no key");
  hangUp();
  expect(said.at(-1)).toMatch(/^The certificate was not loaded; the earlier one stays in use\. /);
  expect(await nameShown()).toBe("second");
});

test("the password of an account goes over standard input and the server's socket, and signs in", async () => {
  const made = await boxster(
    ["user", "add", "over.socket", "--role", "admin", "--password-stdin", "--json"],
    `${password}\n`,
  );
  expect(made.err).toBe("");
  expect(made.exit).toBe(0);
  expect(JSON.parse(made.out)).toMatchObject({ name: "over.socket", role: "admin" });
  expect(await signIn({ name: "over.socket", password })).toBe(200);
});

test("without a terminal it says how to give the password", async () => {
  const tried = await typeCommand(["user", "password", "over.socket"]);
  expect(tried.exit).toBe(1);
  expect(tried.err.join("\n")).toMatch(/--password-stdin/);
});

test("doctor counts the accounts", async () => {
  const { out } = await typeCommand(["doctor", "--json"]);
  expect(JSON.parse(out.join("\n"))).toMatchObject({ accounts: { all: 1, inUse: 1, admins: 1 } });
});

test("doctor says which version runs, and the PostgreSQL and PostGIS that the list of components names", async () => {
  const { out } = await typeCommand(["doctor", "--json"]);
  const told = JSON.parse(out.join("\n"));
  expect(told).toMatchObject({ version: ownVersion(), release: null });
  const { "@electric-sql/pglite": pglite, "@electric-sql/pglite-postgis": postgis } = JSON.parse(
    readFileSync("package.json", "utf8"),
  ).dependencies;
  const carried = [
    carriedBy({ name: "@electric-sql/pglite", version: pglite }),
    carriedBy({ name: "@electric-sql/pglite-postgis", version: postgis }),
  ];
  expect(carried.map((one) => one?.version)).toEqual([
    told.database.postgresql,
    told.database.postgis,
  ]);
});

test("a move of the command waits until the server is stopped; a dry run asks the server", async () => {
  const pack = await redrawnPack("moved");
  const dry = await typeCommand(["places", "move", pack, "--dry-run"]);
  expect(dry.all).toContain("Enfield and Haringey would become Enfield and Haringey");
  for (const given of [[pack], ["--back"]]) {
    expect(await typeCommand(["places", "move", ...given])).toMatchObject({
      exit: 1,
      out: [],
      err: [
        `boxster: A running Boxster is using the folder ${folder}. Stop it first, then run this command again.`,
      ],
    });
  }
});

test("a backup goes through the running server, a restore waits until it is stopped", async () => {
  const file = join(folders.make(), "first.backup");
  const made = await typeCommand(["backup", file, "--json"], [words, words]);
  expect(made.err).toEqual([]);
  expect(made.exit).toBe(0);
  expect(made.asked).toEqual(["Passphrase: ", "Repeat it: "]);
  expect(made.all).not.toContain(words);
  const { head, rows } = JSON.parse(made.out[0] ?? "") as { head: { id: string }; rows: object };
  // The file ends with the line that it was begun; the last of the chain says that it is done.
  const last = (await chainLines()).slice(-2);
  expect(last.map(({ act }) => act)).toEqual(["begin a backup", "back up"]);
  expect(last[0]?.id).toBe(head.id);
  expect(statSync(file).size).toBeGreaterThan(1_000);

  const refused = await typeCommand(["restore", file], [words]);
  expect(refused).toMatchObject({ exit: 1, out: [] });
  expect(refused.err).toEqual([
    `boxster: A running Boxster is using the folder ${folder}. Stop it first, then run this command again.`,
  ]);
  stopping.abort();
  expect(await ended).toBe(0);

  const next = folders.make();
  vi.stubEnv("BOXSTER_DATA", next);
  vi.stubEnv("BOXSTER_PASSPHRASE", words);
  const restored = await typeCommand(["restore", file, "--json"]);
  expect(restored.exit).toBe(0);
  expect(JSON.parse(restored.out[0] ?? "")).toMatchObject({ head, rows, verified: true });
  const db = await openDatabase(readConfig({ BOXSTER_DATA: next }), () => undefined);
  try {
    const { verdict, acts } = await db.transaction(ownerActor, async (tx) => ({
      verdict: await verifyChainIn(tx),
      acts: (await allRows(tx)).map(({ act }) => act),
    }));
    expect(verdict).toMatchObject({ ok: true });
    expect(acts.slice(-2)).toEqual(["begin a backup", "restore a backup"]);
  } finally {
    await db.close();
  }
});

/** What stands in the chain, as the running server writes it out. */
async function chainLines(): Promise<{ id: string; act: string }[]> {
  const file = join(folders.make(), "chain");
  expect(await typeCommand(["audit", "export", file])).toMatchObject({ exit: 0 });
  const lines = readFileSync(file, "utf8").trim().split("\n");
  return lines.slice(0, -1).map((line) => JSON.parse(line) as { id: string; act: string });
}

/** In a process of its own, as a terminal starts it. */
async function boxster(typed: readonly string[], input: string) {
  const { DATABASE_URL: _, ...env } = process.env;
  const child = spawn(process.execPath, [resolve("server/cli/boxster.mjs"), ...typed], { env });
  child.stdin.end(input);
  const [out, err, exit] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((done) => child.on("exit", done)),
  ]);
  return { out, err, exit };
}

function nameShown(): Promise<string> {
  return new Promise((done, reject) => {
    const port = Number(new URL(url).port);
    const socket = connect({ host: "127.0.0.1", port, rejectUnauthorized: false });
    socket.once("error", reject);
    socket.once("secureConnect", () => {
      done(String(socket.getPeerCertificate().subject.CN));
      socket.destroy();
    });
  });
}

/** The status of the reply. */
async function signIn(body: object): Promise<number> {
  const headers = { "content-type": "application/json" };
  const sent = { method: "POST", headers, body: JSON.stringify(body) };
  if (!hasCertificate) return (await fetch(`${url}/api/session`, sent)).status;
  return new Promise((done, reject) => {
    const options = { method: "POST", headers, rejectUnauthorized: false };
    const asked = request(`${url}/api/session`, options, (reply) => {
      reply.resume();
      done(reply.statusCode ?? 0);
    });
    asked.once("error", reject);
    asked.end(sent.body);
  });
}
