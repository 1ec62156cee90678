import { beforeEach, expect, test } from "vitest";
import { ownerActor, type Transaction } from "#server/db/database.ts";
import { runRetention } from "#server/upkeep/retention/run-retention.ts";
import { letTimePass, setMark } from "#tests/support/clock.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { at, london } from "#tests/support/outreach.ts";

const presenter = { person: "a.presenter", role: "presenter", partner: null } as const;
const system = { person: "boxster", role: "system", partner: null } as const;

onEachEngine("complaints about data", ({ db }) => {
  const asOwner = <Value>(run: (tx: Transaction) => Promise<Value>) =>
    db().transaction(ownerActor, run);
  const add = (tx: Transaction, number: number, dates: string) =>
    tx.query(
      `insert into data_complaint
         (year, number, received_on, acknowledged_on, outcome, told_on, changed_at, changed_by)
       values (2015, ${number}, ${dates}, now(), 'a.presenter')`,
    );
  const answered = (toldOn: string) => `'2015-01-05', null, 'upheld', '${toldOn}'`;
  const numbers = async () => {
    const rows = await asOwner((tx) =>
      tx.query<{ number: number }>("select number from data_complaint order by number"),
    );
    return rows.map(({ number }) => number);
  };
  beforeEach(() => asOwner((tx) => tx.query("delete from data_complaint")));

  test("have no column for a name or a word, only dates, numbers, a closed list and who entered them", async () => {
    const columns = await asOwner((tx) =>
      tx.query<{ name: string; type: string }>(
        `select column_name as name, data_type as type from information_schema.columns
         where table_name in ('data_complaint', 'data_complaint_change') and data_type = 'text'
         group by 1, 2 order by 1`,
      ),
    );
    expect(columns.map(({ name }) => name)).toEqual(["changed_by", "outcome"]);
    await expect(
      db().transaction(presenter, (tx) =>
        add(tx, 1, "'2015-01-05', null, 'Mrs Smith was rude', '2015-01-06'"),
      ),
    ).rejects.toMatchObject({ code: "23514", constraint: "data_complaint_outcome_known" });
  });

  test.each([
    ["'2015-01-05', '2015-01-04', null, null", "data_complaint_acknowledged_on_after"],
    ["'2015-01-05', '2015-01-06', 'upheld', '2015-01-05'", "data_complaint_told_on_after"],
    ["'2015-01-05', null, 'upheld', null", "data_complaint_told_on_present"],
    ["'2015-01-05', null, null, '2015-01-06'", "data_complaint_told_on_present"],
  ])("with dates %s are refused by a named rule", async (dates, constraint) => {
    const wrong = db().transaction(presenter, (tx) => add(tx, 1, dates));
    await expect(wrong).rejects.toMatchObject({ code: "23514", constraint });
  });

  test("keep every earlier state, whatever a writer leaves out", async () => {
    await db().transaction(presenter, async (tx) => {
      await add(tx, 1, "'2015-01-05', '2015-02-20', null, null");
      await tx.query(
        "update data_complaint set acknowledged_on = '2015-01-20', revision = revision + 1",
      );
    });
    const kept = await asOwner((tx) =>
      tx.query<{ day: string }>(
        "select acknowledged_on::text as day from data_complaint_change order by revision",
      ),
    );
    expect(kept.map(({ day }) => day)).toEqual(["2015-02-20", "2015-01-20"]);
    for (const taken of ["delete from data_complaint_change", "delete from data_complaint"]) {
      const failed = db().transaction(presenter, (tx) => tx.query(taken));
      await expect(failed).rejects.toMatchObject({ code: "42501" });
    }
  });

  test("go six years after their outcome was told, with their history; open ones stay", async () => {
    await asOwner(async (tx) => {
      await add(tx, 1, answered("2015-03-09"));
      await add(tx, 2, answered("2015-03-10"));
      await add(tx, 3, "'2015-01-05', null, null, null");
    });
    await letTimePass(db());
    const now = at("2021-03-10T12:00");
    const asAt = {
      now: () => now,
      date: () => london.dateOf(now),
      demo: true,
      clock: () => Date.now(),
      refresh: () => Promise.resolve(),
    };
    await runRetention({ db: db(), zone: london, asAt });
    expect(await numbers()).toEqual([2, 3]);
    const [left] = await asOwner((tx) =>
      tx.query<{ states: number }>("select count(*)::int as states from data_complaint_change"),
    );
    expect(left?.states).toBe(2);
    const [line] = await asOwner((tx) =>
      tx.query<{ detail: object }>(
        "select detail from audit where act = 'erase old data complaints' order by id desc limit 1",
      ),
    );
    expect(line?.detail).toEqual({ complaints: 1 });
  });

  test("are never erased ahead of the clock's mark, whatever the code asks for", async () => {
    await asOwner((tx) => add(tx, 1, answered("2015-03-09")));
    await setMark(db(), "erased", "'2021-03-09 12:00Z'::timestamptz");
    const erase = () =>
      db().transaction(system, (tx) =>
        tx.query("delete from data_complaint where told_on < '2099-01-01'"),
      );
    await erase();
    expect(await numbers()).toEqual([1]);
    await setMark(db(), "erased", "'2021-03-10 12:00Z'::timestamptz");
    await erase();
    expect(await numbers()).toEqual([]);
  });
});
