import { readdirSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Column, kindsOfType, openDescriber } from "#tests/support/rows/describe.ts";
import type { Fields, Kind } from "#tests/support/rows/row-type.ts";
import { sourceOf } from "#tests/support/rows/source.ts";
import { type Statement, statementsOf } from "#tests/support/rows/statements.ts";

/**
 * A row's type stands beside its statement and is believed by the compiler. Here PostgreSQL describes each statement
 * over the schema as it is, and names, types and what may be null are compared. Of a column that is worked out, or that an
 * outer join may leave out, it does not say whether it may be null: there the type is believed.
 */
const files = readdirSync("server", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => `server/${name}`);
const statements = files.flatMap((file) => statementsOf(sourceOf(file)));

/**
 * Hand on what others say, or are made of the catalogue as they run: a backup takes whatever tables there are, and a pack
 * of places is fitted together in a table that lives as long as that takes.
 */
const madeAsTheyRun = [
  "server/accounts/audit/append.ts",
  "server/db/cluster.ts",
  "server/db/postgres.ts",
  "server/places/pack/fit-areas.ts",
  "server/upkeep/backup/restore-backup.ts",
  "server/upkeep/backup/write-backup.ts",
  "server/upkeep/queries/backup.ts",
];

/** Fields of columns that may be null by their table, and why they are not here. */
const believed: Readonly<Record<string, string>> = {
  "server/accounts/queries/accounts.ts hasPassword": "made of whether there is a hash",
  "server/accounts/queries/second-factor-clearings.ts confirmedBy": "a check: cleared by two",
};

let engine: Awaited<ReturnType<typeof openDescriber>>;
beforeAll(async () => {
  engine = await openDescriber();
});
afterAll(() => engine.close());

test("the text of every statement is known before it runs, and the rows of each are told", () => {
  expect(statements.length).toBeGreaterThan(100);
  const unread = statements.filter(({ texts, rows }) => texts === null || rows === "untold");
  expect([...new Set(unread.map(({ at }) => fileOf(at)))].sort()).toEqual(madeAsTheyRun);
});

test("every statement gives the rows that its type says", async () => {
  const run = statements.filter(({ at }) => !madeAsTheyRun.includes(fileOf(at)));
  const faults: string[] = [];
  for (const statement of run) faults.push(...(await faultsOf(statement)));
  const met = new Set(faults.filter((fault) => believed[nameOfFault(fault)]).map(nameOfFault));
  expect([...new Set(faults)].filter((fault) => !met.has(nameOfFault(fault)))).toEqual([]);
  expect([...met].sort()).toEqual(Object.keys(believed).sort());
  expect(run.filter(({ rows }) => rows !== null).length).toBeGreaterThan(50);
});

function fileOf(at: string): string {
  return at.replace(/:\d+$/, "");
}

/** Without its line, and of a null without the words. */
function nameOfFault(fault: string): string {
  return fault.replace(/:\d+: /, " ").replace(/ may be null$/, "");
}

async function faultsOf({ at, texts, rows }: Statement): Promise<string[]> {
  const faults: string[] = [];
  for (const text of texts ?? []) {
    const given = await engine.describe(text).catch((error: unknown) => String(error));
    if (typeof given === "string") faults.push(`${at}: ${given}`);
    else if (rows instanceof Map)
      faults.push(...differences(rows, given, text).map((one) => `${at}: ${one}`));
  }
  return faults;
}

test("a wrong name, type, or null that is not told is found", () => {
  const rows: Fields = new Map([["name", new Set<Kind>(["string"])]]);
  const column = { name: "name", type: "text", mayBeNull: false };
  expect(differences(rows, [column])).toEqual([]);
  expect(differences(rows, [{ ...column, name: "nmae" }])).toEqual([
    "name is not among its columns",
    "nmae is not in its type",
  ]);
  expect(differences(rows, [{ ...column, type: "int8" }])).toEqual(["name is int8, not string"]);
  expect(differences(rows, [{ ...column, mayBeNull: true }])).toEqual(["name may be null"]);
});

function differences(rows: Fields, given: readonly Column[], text = ""): string[] {
  const names = new Set(given.map(({ name }) => name));
  const missing = [...rows].flatMap(([name, said]) =>
    names.has(name) || said.has("absent") ? [] : [name],
  );
  return [
    ...missing.map((name) => `${name} is not among its columns`),
    ...given.flatMap(({ name, type, mayBeNull }) => {
      const said = rows.get(name);
      if (!said) return [`${name} is not in its type`];
      // To PostgreSQL a null that means nothing else is text.
      if (text.includes(`null as "${name}"`) && said.has("null")) return [];
      const isNull = mayBeNull && !said.has("null") ? [`${name} may be null`] : [];
      return [...wrongType(name, type, said), ...isNull];
    }),
  ];
}

function wrongType(name: string, type: string, said: ReadonlySet<Kind>): string[] {
  const kinds = [...said].filter((kind) => kind !== "null" && kind !== "absent");
  const read = type.startsWith("_") ? (["array"] as const) : (kindsOfType[type] ?? []);
  const fits = (kind: Kind) =>
    kind === "unknown" ? read.length > 0 : (read as readonly Kind[]).includes(kind);
  return kinds.every(fits) ? [] : [`${name} is ${type}, not ${kinds.join(" or ")}`];
}
