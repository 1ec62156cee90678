import { expect, test } from "vitest";
import { z } from "zod";
import { eventCell } from "#core/contract/event-cell.ts";
import { columnTypes, date, instant } from "#core/contract/fields.ts";
import { cellAt, cellToDecimal } from "#core/geo/cell.ts";
import { columnsOf } from "#server/db/rows.ts";
import { assigned, insertInto, named, sql, statementOf } from "#server/db/sql.ts";
import { onEachEngine } from "#tests/support/database.ts";

const cells = [cellAt([-0.0631, 51.6179], 10), cellAt([-0.0639, 51.6158], 10)];
const visit = z.object({
  id: z.int(),
  reviewOn: date.nullable(),
  madeAt: instant,
  /** As milliseconds. */
  endedAt: z.number().nullable(),
  area: z.object({ by: z.enum(["named", "point"]), cells: z.array(eventCell) }),
  word: z.object({ says: z.string(), revision: z.int() }).nullable(),
  content: z.object({ isKept: z.boolean() }).register(columnTypes, { type: "jsonb" }),
  lines: z.array(z.object({ saidAt: z.string() })),
});
const made = sql`create temporary table visit (
  id bigint generated always as identity, review_on date, made_at timestamptz not null, ended_at timestamptz,
  area_by text not null, cells bigint[] not null, word_says text, word_revision integer,
  content jsonb not null, lines jsonb not null
)`;
const as = { cells: "area_cells" };

onEachEngine("rows by a schema", ({ rolledBack }) => {
  const inVisits = (work: Parameters<typeof rolledBack>[0]) =>
    rolledBack(async (tx) => {
      await tx.run(made);
      await tx.run(
        insertInto("visit", {
          reviewOn: "2021-03-28",
          // A quarter of a second past one in the morning, when the clock goes forward.
          madeAt: new Date("2021-03-28T01:00:00.250Z"),
          endedAt: new Date("2021-01-01T00:00:00.500Z"),
          area: { by: "point" },
          cells: cells.map(cellToDecimal),
          word: { says: "Yes", revision: 2 },
          content: JSON.stringify({ isKept: true }),
          lines: JSON.stringify([{ saidAt: "then" }]),
        }),
      );
      await work(tx);
    });

  test("names, days, instants, cells, parts and documents are those of the wire", () =>
    inVisits(async (tx) => {
      const found = await tx.one(visit, sql`select ${columnsOf(visit, { as })} from visit`);
      expect(found).toEqual({
        id: 1,
        reviewOn: "2021-03-28",
        madeAt: "2021-03-28T02:00:00+01:00",
        endedAt: Date.parse("2021-01-01T00:00:00.500Z"),
        area: { by: "point", cells },
        word: { says: "Yes", revision: 2 },
        content: { isKept: true },
        lines: [{ saidAt: "then" }],
      });
    }));

  test("what is null is null, a part where all of it is", () =>
    inVisits(async (tx) => {
      const none = { reviewOn: null, endedAt: null, word: { says: null, revision: null } };
      expect(await tx.did(sql`update visit set ${assigned(none)} where id = ${1}`)).toBe(true);
      expect(await tx.did(sql`delete from visit where id = ${2}`)).toBe(false);
      const found = await tx.one(visit, sql`select ${columnsOf(visit, { as })} from visit`);
      expect(found).toMatchObject({ reviewOn: null, endedAt: null, word: null });
    }));

  test("rows come by their group, the first or none at all", () =>
    inVisits(async (tx) => {
      const day = z.object({ reviewOn: date });
      const of = await tx.grouped(day, sql`select id as group, review_on from visit`);
      expect(of(1)).toEqual([{ reviewOn: "2021-03-28" }]);
      expect(of(2)).toEqual([]);
      const where = sql`where review_on > ${"2021-03-28"}`;
      expect(await tx.maybe(day, sql`select review_on from visit ${where}`)).toBeNull();
      await expect(tx.one(day, sql`select review_on from visit ${where}`)).rejects.toThrow(
        "no row",
      );
    }));

  test("a statement without a column of the schema, or with another type, is found out", () =>
    inVisits(async (tx) => {
      const short = sql`select id, review_on from visit`;
      await expect(tx.rows(visit, short)).rejects.toThrow('no column "made_at"');
      const drifted = z.object({ areaBy: z.literal("named") });
      await expect(tx.rows(drifted, sql`select area_by from visit`)).rejects.toThrow("named");
    }));

  test("whatever is typed stays a value, and a name is one of the schema's", () =>
    inVisits(async (tx) => {
      const typed = "'; drop table visit; --";
      await tx.run(sql`update visit set word_says = ${typed}`);
      const word = z.object({ wordSays: z.string() });
      expect(await tx.rows(word, sql`select word_says from visit`)).toEqual([{ wordSays: typed }]);
      expect(() => named(typed)).toThrow("is no name");
      expect(() => statementOf(sql`select ${undefined as never}`)).toThrow("undefined");
    }));
});
