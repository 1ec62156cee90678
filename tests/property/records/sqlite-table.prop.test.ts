import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fc, test } from "@fast-check/vitest";
import sqlite from "node-sqlite3-wasm";
import { describe, expect } from "vitest";
import { openTables } from "#core/table/features/sqlite-table.ts";
import { runsOf } from "#tests/support/runs.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

const folder = scratchFolder("sqlite-table");

const value = fc.oneof(
  fc.constant(null),
  fc.constantFrom(0, 1, -1, 127, 128, -128, 32_768, 8_388_608, -2_147_483_649, 2 ** 47, -(2 ** 52)),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Number.isInteger(number)),
  fc.string({ unit: "grapheme", maxLength: 12 }).map((text) => text.replaceAll("\0", "")),
  // Longer than a page, so that it goes on over others.
  fc.integer({ min: 400, max: 9_000 }).map((length) => "é1".repeat(length)),
  fc.uint8Array({ maxLength: 700 }),
);
const rows = fc.array(fc.tuple(value, value, value), { maxLength: 120 });
const pageSize = fc.constantFrom(512, 1_024, 4_096, 65_536);
const encoding = fc.constantFrom("UTF-8", "UTF-16le", "UTF-16be");

const columns = `"fid" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, -- a, comment
  "a ""b"", (c)" TEXT(20) DEFAULT 'x, y)', [d] DECIMAL(10, 2), e BLOB CHECK (e is not 'q'), CONSTRAINT one UNIQUE (fid, d)`;

async function tablesOf(octets: Uint8Array) {
  const read = async (from: number, length: number) => octets.subarray(from, from + length);
  const newDecoder = (name: string) => new TextDecoder(name);
  return openTables({ size: octets.length, read }, newDecoder, 10_000_000);
}

describe("rows read from the pages of a SQLite file are those that SQLite gives", () => {
  test.prop([rows, pageSize, encoding, fc.nat(3)], { numRuns: runsOf(300, 40) })(
    "whatever they hold, on pages of any size, with rows taken out",
    async (given, size, text, every) => {
      const path = join(folder, "one.gpkg");
      rmSync(path, { force: true });
      const db = new sqlite.Database(path);
      db.exec(
        `pragma page_size = ${size}; pragma encoding = '${text}'; create table t (${columns});`,
      );
      db.exec("begin");
      for (const one of given) db.run("insert into t values (null, ?, ?, ?)", [...one]);
      db.exec("commit");
      if (every > 0) db.run("delete from t where fid % 4 = ?", [every]);
      const wanted = db.all("select * from t order by fid").map((row) => Object.values(row));
      db.close();
      const table = (await tablesOf(readFileSync(path)))("T");
      expect(table?.columns).toEqual(["fid", 'a "b", (c)', "d", "e"]);
      const found: unknown[] = [];
      const shares: number[] = [];
      for await (const { rows, share } of table?.pieces() ?? []) {
        found.push(...rows);
        shares.push(share);
      }
      expect(found).toEqual(wanted);
      expect(shares).toEqual([...shares].sort((a, b) => a - b));
      expect(shares.at(-1)).toBeCloseTo(1, 9);
    },
  );

  test.prop([rows, pageSize, fc.boolean()], { numRuns: runsOf(100, 20) })(
    "without numbers of rows, in the order of their key; and by their place, one by one",
    async (given, size, isKeyed) => {
      const path = join(folder, "keyed.gpkg");
      rmSync(path, { force: true });
      const db = new sqlite.Database(path);
      const [end, order] = isKeyed ? ["without rowid", '"Two", one'] : ["", "rowid"];
      db.exec(`pragma page_size = ${size};
        create table t (a, one integer, b, "Two" integer, c, primary key ("two", one)) ${end}`);
      db.exec("begin");
      for (const [at, [a, b, c]] of given.entries()) {
        db.run("insert into t values (?, ?, ?, ?, ?)", [a, at % 7, b, 1_000 - at, c]);
      }
      db.exec("commit");
      const wanted = db.all(`select * from t order by ${order}`).map((row) => Object.values(row));
      db.close();
      const table = (await tablesOf(readFileSync(path)))("t");
      const found: unknown[] = [];
      for await (const { rows } of table?.pieces() ?? []) found.push(...rows);
      expect(found).toEqual(wanted);
      const alone: unknown[] = [];
      for await (const { values, at } of table?.glances() ?? []) {
        const whole = await table?.rowAt(at);
        // What a glance tells is so; what lies on other pages it leaves out.
        expect(values.map((one, column) => one ?? whole?.[column])).toEqual(whole);
        alone.push(whole);
      }
      expect(alone).toEqual(wanted);
    },
  );
});

describe("what is no ordinary table", () => {
  const fileOf = (statements: string): Uint8Array => {
    const path = join(folder, "other.gpkg");
    rmSync(path, { force: true });
    const db = new sqlite.Database(path);
    db.exec(statements);
    db.close();
    return readFileSync(path);
  };

  test("a view and an index are not there", async () => {
    const tableOf = await tablesOf(
      fileOf("create table t (a); create index i on t (a); create view v as select * from t"),
    );
    expect([tableOf("v"), tableOf("i")]).toEqual([null, null]);
  });

  test("a table with computed columns is refused in words", async () => {
    const tableOf = await tablesOf(fileOf("create table t (a, b as (a + 1))"));
    expect(() => tableOf("t")).toThrow(/computed columns; export it again without them/);
  });

  test("pages that run in a circle come to an end", async () => {
    const octets = fileOf(
      "create table t (a); with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000) insert into t select 'words ' || i from n",
    ).slice();
    const view = new DataView(octets.buffer, octets.byteOffset);
    // The root of t is the second page and an inner one: each of its pages becomes itself.
    expect(view.getUint8(4_096)).toBe(5);
    for (let cell = 0; cell < view.getUint16(4_099); cell += 1) {
      view.setUint32(4_096 + view.getUint16(4_096 + 12 + 2 * cell), 2);
    }
    const table = (await tablesOf(octets))("t");
    await expect(
      (async () => {
        for await (const _ of table?.pieces() ?? []);
      })(),
    ).rejects.toThrow(RangeError);
  });
});
