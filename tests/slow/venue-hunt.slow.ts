import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Position } from "#core/geo/cell.ts";
import { planMessage } from "#core/patrols/wire/plan.ts";
import { type Role, roles } from "#core/role.ts";
import { pageTokenHeader } from "#core/text/problem-types.ts";
import { openBackup } from "#server/upkeep/backup/read-backup.ts";
import { type Visit, visitKeeping } from "#tests/browser/driver.ts";
import { buildPage } from "#tests/browser/global-setup.ts";
import {
  byCoordinates,
  byName,
  byTap,
  enterSession,
  plantInBrowser,
  rename,
} from "#tests/browser/protected-time/venue-steps.ts";
import { passphrase } from "#tests/support/backup.ts";
import { huntBelow, huntIn, type Quarry } from "#tests/support/hunt/venue-hunt.ts";
import { serveInProcess } from "#tests/support/served-process.ts";

/** Three places, each chosen in another way; digits, words and capitals that stand nowhere else. */
const typed = "51.65713, -0.03927";
const framed = "51.64283, -0.05184";
const named = "sILVER sTR";
const labels = ["Quinces by the gate", "Damson yard", "Sloe corner"] as const;
const renamed = "Medlar wall";
const venues: readonly Position[] = [
  [-0.03927, 51.65713],
  [-0.05184, 51.64283],
];
const quarry: Quarry = { venues, words: [typed, framed, named] };
/** What the partner called its places: kept by the server for it (docs/definitions.md), and nowhere else. */
const names: Quarry = { venues: [], words: [...labels, renamed] };
const planted: Position = [-0.07413, 51.62391];

const root = mkdtempSync(join(tmpdir(), "boxster-hunt-"));
const below = (name: string) => {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  return folder;
};
const [data, temporary, profile, given] = ["data", "temporary", "profile", "given"].map(below) as [
  string,
  string,
  string,
  string,
];
beforeAll(buildPage);
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("a venue saved through the page is in no file of server or browser, no log, no backup, and nothing that others get", async () => {
  const settings = {
    BOXSTER_DATA: data,
    BOXSTER_DEMO: "1",
    BOXSTER_PASSPHRASE: passphrase,
    TMPDIR: temporary,
  };
  const server = await serveInProcess(settings);
  const backup = join(given, "night.backup");
  try {
    await saveThreePlaces(server.url);
    const told = await readAsEverybody(server.url);
    expect([...told.keys()]).toEqual(expect.arrayContaining(wantedOfOthers));
    for (const [name, body] of told) writeFileSync(join(given, name), body);
    for (const args of [
      ["backup", backup],
      ["audit", "export", join(given, "chain.jsonl")],
    ]) {
      const { status, stderr } = runBoxster(args, settings);
      expect(status, stderr).toBe(0);
    }
  } finally {
    expect(await server.stop()).toBe(0);
  }
  const log = { name: "log", octets: Buffer.from(server.written().join("\n")) };
  const plain = { name: "opened backup", octets: Buffer.from(await opened(backup)) };

  expect(huntBelow([data, temporary, profile, given], quarry)).toEqual([]);
  for (const one of [log, plain]) expect(huntIn(one, quarry)).toEqual([]);
  // The same log with one careless line.
  const careless = Buffer.concat([log.octets, Buffer.from(`\n{"at":[${venues[0]?.join()}]}`)]);
  expect(huntIn({ name: "log", octets: careless }, quarry)).not.toEqual([]);
  // The names are where the server keeps them for their own partner, and nowhere else: so the hunt sees what is stored.
  const kept = huntIn(plain, names).map((found) => found.split(" in ")[0]);
  const wanted = [renamed, labels[1], labels[2]].map((word) => `words "${word}"`);
  expect(new Set(kept)).toEqual(new Set(wanted));
  expect(huntBelow([data], names)).not.toEqual([]);
  expect(huntBelow([temporary, profile, given], names)).toEqual([]);
  expect(huntIn(log, names)).toEqual([]);
  expect(log.octets.includes('"route":"/api/outreach/places"')).toBe(true);
  // As docs/deploy.md says: a line is JSON or a sentence.
  for (const line of server.written().filter((one) => one.startsWith("{"))) {
    expect(JSON.parse(line)).toHaveProperty("level");
  }
  const seen = huntBelow([profile], { venues: [planted], words: [] }).join("\n");
  for (const keeper of ["IndexedDB", "Local Storage"]) expect(seen).toContain(keeper);
});

async function saveThreePlaces(server: string): Promise<void> {
  const visit: Visit = await visitKeeping(
    profile,
    {
      server,
      role: "partner",
      partner: "a",
      fragment: "#/outreach",
      width: 390,
      height: 844,
      touch: true,
      map: true,
    },
    temporary,
  );
  try {
    const { page } = visit;
    const [first, second, third] = labels;
    await enterSession(page, { label: first, choose: (on) => byCoordinates(on, typed) });
    await enterSession(page, { label: second, choose: (on) => byName(on, named) });
    await enterSession(page, { label: third, choose: (on) => byTap(on, framed) });
    await rename(page, first, renamed);
    await page.getByRole("button", { name: "Out now, another place or time" }).click();
    const dialog = page.getByRole("dialog", { name: "Out now" });
    await dialog.getByLabel("Where").selectOption({ label: renamed });
    await dialog.getByRole("button", { name: "Out now, 2 hours" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(visit.problems).toEqual([]);
    await plantInBrowser(page, planted);
  } finally {
    await visit.close();
  }
}

/** Whatever everybody may read without saying which, and a plan as it is printed and taken along; by file name. */
async function readAsEverybody(server: string): Promise<Map<string, Buffer>> {
  const document = await (await fetch(`${server}/api/openapi.json`)).json();
  const paths = Object.entries((document as { paths: Record<string, object> }).paths)
    .filter(([path, methods]) => "get" in methods && !path.includes("{") && !endless.has(path))
    .map(([path]) => path);
  const found = new Map<string, Buffer>();
  for (const role of roles) {
    const headers = { cookie: await signIn(server, role) };
    const read = async (address: string, name = `${role}${address.replaceAll("/", "_")}`) => {
      const reply = await fetch(`${server}${address}`, { headers });
      const body = Buffer.from(await reply.arrayBuffer());
      if (reply.ok) found.set(name, body);
    };
    for (const path of paths) await read(path);
    if (role !== "sergeant") continue;
    const plan = await agreePlan(server, headers.cookie);
    for (const part of ["briefing", "plan.csv", "calendar.ics"]) {
      await read(`/api/plans/${plan}/${part}`, `sergeant plan ${part}`);
    }
  }
  return found;
}

/** What others see of protected time, carry with them, and keep of who did what. */
const wantedOfOthers = [
  "sergeant_api_keep-clear",
  "sergeant_api_keep-clear_notices",
  ...["briefing", "plan.csv", "calendar.ics"].map((part) => `sergeant plan ${part}`),
  "partner_api_outreach_places",
  "partner_api_outreach_calendar",
  "auditor_api_audit",
];

/** Tells of changes for as long as somebody listens. */
const endless = new Set(["/api/live"]);

/** Of the week ahead, suggested and agreed over HTTP; its number. */
async function agreePlan(server: string, cookie: string): Promise<string> {
  const session = await fetch(`${server}/api/session`, { headers: { cookie } });
  const { pageToken } = (await session.json()) as { pageToken: string };
  const post = async (address: string, body: object) => {
    const reply = await fetch(`${server}${address}`, {
      method: "POST",
      headers: {
        cookie,
        origin: server,
        "content-type": "application/json",
        [pageTokenHeader]: pageToken,
      },
      body: JSON.stringify(body),
    });
    const text = await reply.text();
    expect(reply.status, text).toBe(200);
    return text;
  };
  const told = await post("/api/plans/suggest", { from: "2021-11-29", days: 2, units: 2, seed: 1 });
  const last = planMessage.parse(JSON.parse(told.trim().split("\n").at(-1) ?? ""));
  if (last.type !== "plan" || last.plan.id === null)
    throw new Error(`No plan at the end: ${JSON.stringify(last)}`);
  await post(`/api/plans/${last.plan.id}/agree`, {});
  return last.plan.id;
}

async function signIn(server: string, role: Role): Promise<string> {
  const reply = await fetch(`${server}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: server },
    body: JSON.stringify({ role, ...(role === "partner" ? { partner: "b" } : {}) }),
  });
  const cookies = reply.headers.getSetCookie().map((one) => one.split(";")[0]);
  return cookies.join("; ");
}

function runBoxster(args: readonly string[], settings: Readonly<Record<string, string>>) {
  const boxster = fileURLToPath(new URL("../../server/cli/boxster.mjs", import.meta.url));
  const env = { PATH: process.env["PATH"], ...settings };
  return spawnSync(process.execPath, [boxster, ...args], {
    env,
    encoding: "utf8",
    timeout: 300_000,
  });
}

async function opened(file: string): Promise<string> {
  const lines: string[] = [];
  const backup = await openBackup(file, passphrase, new AbortController().signal);
  await backup.read({
    onTable: async (table) => void lines.push(table),
    onRows: async (rows) => void lines.push(...rows),
  });
  await backup.close();
  return lines.join("\n");
}
