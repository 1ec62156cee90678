import { expect, test } from "vitest";
import { z } from "zod";
import { cellAt, disk } from "#core/geo/cell.ts";
import type { Actor } from "#core/role.ts";
import { addDays } from "#core/time/zone.ts";
import { sql } from "#server/db/sql.ts";
import { stopReplyOf } from "#server/displacement/operations/stop-rule.ts";
import { createOperation, deleteOperation } from "#server/displacement/operations/store.ts";
import { onEachEngine } from "#tests/support/database.ts";

const analyst: Actor = { person: "an analyst", role: "analyst", partner: null };
const sergeant: Actor = { person: "a sergeant", role: "sergeant", partner: null };
const cells = disk(cellAt([-0.0631, 51.6179], 10), 1);

onEachEngine("a stop rule", ({ db }) => {
  /** By the clock of the database, as the rule is dated. */
  const today = async () =>
    (await db().transaction(analyst, (tx) =>
      tx.value(z.string(), sql`select (clock_timestamp()::date)::text`),
    )) ?? "";
  let count = 0;
  const operation = async (daysFromNow: number) => {
    count += 1;
    const plain = { name: `Stop ${count}`, cells, endsOn: null, control: null, phases: [] };
    const startsOn = addDays(await today(), daysFromNow);
    return db().transaction(analyst, (tx) => createOperation(tx, { ...plain, startsOn }));
  };
  const ask = async (id: number, reason: string | null = null, by = analyst, on?: string) => {
    const askedOn = on ?? (await today());
    await db().transaction(by, (tx) =>
      tx.run(sql`insert into stop_rule (operation_id, choices, acts, within_days, reason, asked_on)
        values (${id}, ${["pause", "neighbour"]}::text[], 'sergeant', 14, ${reason}::text, ${askedOn})`),
    );
  };
  const confirm = async (id: number, by = sergeant) => {
    const on = await today();
    await db().transaction(by, (tx) =>
      tx.run(sql`update stop_rule set confirmed_on = ${on}, confirmed_by = 'somebody else'
        where operation_id = ${id} and confirmed_on is null`),
    );
  };
  const read = (id: number) =>
    db().transaction(analyst, (tx) => stopReplyOf(tx, { id, startsOn: "2021-08-01" }));
  const refused = (constraint: string) => ({ code: "23514", constraint });

  test("SAFEGUARDS 11: a stop rule is in force once another than its writer has confirmed it, whatever name is sent", async () => {
    const id = await operation(3);
    await ask(id);
    await expect(confirm(id, analyst)).rejects.toMatchObject(
      refused("stop_rule_confirmed_by_another"),
    );
    expect(await read(id)).toMatchObject({ inForce: null, waiting: { askedBy: "an analyst" } });
    await confirm(id);
    expect(await read(id)).toMatchObject({
      inForce: { choices: ["pause", "neighbour"], confirmedBy: "a sergeant" },
      waiting: null,
    });
  });

  test("SAFEGUARDS 11: an agreed stop rule is neither changed nor deleted, nor its operation, by anybody", async () => {
    const id = await operation(3);
    await ask(id);
    await confirm(id);
    const write = (statement: string, by = analyst) =>
      db().transaction(by, (tx) => tx.query(statement));
    for (const by of [analyst, sergeant]) {
      await expect(
        write(`update stop_rule set confirmed_by = 'x' where operation_id = ${id}`, by),
      ).rejects.toMatchObject(refused("stop_rule_stays"));
      await expect(write("update stop_rule set within_days = 28", by)).rejects.toMatchObject({
        code: "42501",
      });
      await write(`delete from stop_rule where operation_id = ${id}`, by);
    }
    expect((await read(id)).inForce).not.toBeNull();
    const gone = db().transaction(analyst, (tx) => deleteOperation(tx, { id, read: 1 }));
    await expect(gone).rejects.toMatchObject({
      code: "23503",
      constraint: "stop_rule_operation_id_fkey",
    });
  });

  test("SAFEGUARDS 11: another stop rule, or one after the first look, takes a reason and two people; until then the old one holds", async () => {
    const id = await operation(3);
    await ask(id);
    await confirm(id);
    await expect(ask(id)).rejects.toMatchObject(refused("stop_rule_reason_given"));
    await ask(id, "Two more streets are worked now.", sergeant);
    await expect(confirm(id, sergeant)).rejects.toMatchObject(
      refused("stop_rule_confirmed_by_another"),
    );
    expect((await read(id)).inForce?.reason).toBeNull();
    await confirm(id, analyst);
    const { inForce, earlier } = await read(id);
    expect(inForce?.reason).toBe("Two more streets are worked now.");
    expect(earlier).toHaveLength(1);
    const late = await operation(-7);
    await expect(ask(late)).rejects.toMatchObject(refused("stop_rule_reason_given"));
    await ask(late, "It was never set.");
    const lastDay = await operation(-6);
    await ask(lastDay);
    await confirm(lastDay);
  });

  test("SAFEGUARDS 11: a stop rule that was written in time and is confirmed after the first look takes a reason too", async () => {
    const id = await operation(3);
    await ask(id);
    const starts = addDays(await today(), -8);
    await db().transaction(analyst, (tx) =>
      tx.run(sql`update operation set starts_on = ${starts} where operation_id = ${id}`),
    );
    await expect(confirm(id)).rejects.toMatchObject(refused("stop_rule_reason_given"));
  });

  test("SAFEGUARDS 11: a stop rule is dated by the day on which it is said, not by one before the first look", async () => {
    const id = await operation(-30);
    await expect(ask(id, null, analyst, addDays(await today(), -40))).rejects.toMatchObject(
      refused("stop_rule_dated_today"),
    );
  });

  const answer = async (id: number, rule: number, words: string | null = null, asAgreed = true) => {
    const on = await today();
    await db().transaction(sergeant, (tx) =>
      tx.run(sql`insert into stop_answer (rule_id, operation_id, neighbour, as_agreed, words, answered_on)
        values (${rule}, ${id}, 'Westley', ${asAgreed}, ${words}::text, ${on})`),
    );
  };
  const confirmAnswer = async (id: number, by = analyst) => {
    const on = await today();
    await db().transaction(by, (tx) =>
      tx.run(sql`update stop_answer set confirmed_on = ${on}, confirmed_by = 'somebody else'
        where operation_id = ${id}`),
    );
  };
  const takeBack = (id: number) =>
    db().transaction(analyst, (tx) =>
      tx.run(sql`delete from stop_answer where operation_id = ${id}`),
    );

  test("SAFEGUARDS 11: what was done about a rise is said by one to the stop rule that holds, and stays once another has confirmed it", async () => {
    const id = await operation(3);
    await ask(id);
    await confirm(id);
    const first = (await read(id)).inForce?.id ?? 0;
    await expect(answer(id, first, null, false)).rejects.toMatchObject(
      refused("stop_answer_words_otherwise"),
    );
    await ask(id, "A better one.");
    await confirm(id);
    await expect(answer(id, first)).rejects.toMatchObject(refused("stop_answer_rule_holds"));
    const rule = (await read(id)).inForce?.id ?? 0;
    await answer(id, rule);
    await expect(answer(id, rule)).rejects.toMatchObject({
      code: "23505",
      constraint: "stop_answer_neighbour_once",
    });
    // Until then another takes its place.
    await takeBack(id);
    await answer(id, rule, "The hours were moved.", false);
    await expect(confirmAnswer(id, sergeant)).rejects.toMatchObject(
      refused("stop_answer_confirmed_by_another"),
    );
    await confirmAnswer(id);
    await expect(confirmAnswer(id)).rejects.toMatchObject(refused("stop_answer_stays"));
    await takeBack(id);
    expect((await read(id)).answers).toMatchObject([
      { asAgreed: false, answeredBy: "a sergeant", byTwo: true, confirmedBy: "an analyst" },
    ]);
    const failed = db().transaction(sergeant, (tx) =>
      tx.query("update stop_answer set words = 'x'"),
    );
    await expect(failed).rejects.toMatchObject({ code: "42501" });
  });

  test.each([
    ["{}", 14, "stop_rule_choices_known"],
    ["{march}", 14, "stop_rule_choices_known"],
    ["{pause}", 29, "stop_rule_within_days_range"],
  ])("with %s within %i days it is refused by a named rule", async (choices, days, constraint) => {
    const id = await operation(3);
    const on = await today();
    const failed = db().transaction(analyst, (tx) =>
      tx.run(sql`insert into stop_rule (operation_id, choices, acts, within_days, asked_on)
        values (${id}, ${choices}::text[], 'sergeant', ${days}, ${on})`),
    );
    await expect(failed).rejects.toMatchObject(refused(constraint));
  });
});
