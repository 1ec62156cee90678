import { z } from "zod";
import { date, id as rowId } from "#core/contract/fields.ts";
import { needsReason } from "#core/displacement/stop-rule.ts";
import * as wire from "#core/displacement/wire/stop-rule.ts";
import { addDays } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import { DatabaseError, type Transaction } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import { readOperation } from "#server/displacement/operations/operations.ts";
import { noSuchOperation, type StoredOperation } from "#server/displacement/operations/store.ts";
import { Problem } from "#server/problem.ts";

export async function readStopRule(act: Act, id: number): Promise<wire.StopReply> {
  act.addDetail({ operation: id });
  const operation = await readOperation(act, id);
  return act.db.transaction(act.actor, (tx) => stopReplyOf(tx, operation));
}

export async function stopReplyOf(
  tx: Transaction,
  operation: Pick<StoredOperation, "id" | "startsOn">,
): Promise<wire.StopReply> {
  return {
    ...(await agreedRule(tx, operation)),
    risen: await tx.rows(
      wire.stopRise,
      sql`select ${columnsOf(wire.stopRise)} from operation_rise
        where operation_id = ${operation.id} order by shown_on, neighbour`,
    ),
    answers: await tx.rows(
      wire.stopAnswer,
      sql`select ${columnsOf(wire.stopAnswer)} from stop_answer
        where operation_id = ${operation.id} order by answered_at, neighbour`,
    ),
  };
}

/** Without what was done, which is not for the public. The last confirmed one holds. */
export async function agreedRule(
  tx: Transaction,
  { id, startsOn }: Pick<StoredOperation, "id" | "startsOn">,
): Promise<Omit<wire.StopReply, "answers" | "risen">> {
  const rules = await tx.rows(
    wire.stopRule,
    sql`select ${columnsOf(wire.stopRule)} from stop_rule where operation_id = ${id} order by id`,
  );
  const agreed = rules.filter(({ confirmedOn }) => confirmedOn !== null);
  return {
    firstLookOn: addDays(startsOn, 7),
    inForce: agreed.at(-1) ?? null,
    waiting: rules.find(({ confirmedOn }) => confirmedOn === null) ?? null,
    earlier: agreed.slice(0, -1),
  };
}

/** Takes the place of one that waits; one that is agreed holds until another is. */
export function askStopRule(
  act: Act,
  id: number,
  { choices, ...body }: wire.StopRuleBody,
): Promise<wire.StopReply> {
  return write(act, id, async (tx, now) => {
    if (body.reason === null && needsReason(now, act.asAt.date())) throw reasonNeeded;
    await tx.run(sql`delete from stop_rule where operation_id = ${id} and confirmed_on is null`);
    const said = { operationId: id, ...body, askedOn: act.asAt.date() };
    await tx.run(
      insertInto("stop_rule", {
        ...said,
        choices: wire.stopChoices.filter((choice) => choices.includes(choice)),
      }),
    );
  });
}

export function confirmStopRule(act: Act, id: number, rule: number): Promise<wire.StopReply> {
  return write(act, id, async (tx, { waiting }) => {
    if (waiting?.askedBy === act.actor.person) throw secondPersonNeeded;
    const isDone = await tx.did(sql`
      update stop_rule set confirmed_on = ${act.asAt.date()}, confirmed_by = ${act.actor.person}
      where id = ${rule} and operation_id = ${id} and confirmed_on is null`);
    if (!isDone) throw changed("This rule no longer waits for a second person.");
  });
}

/** About an edge that has risen. Takes the place of an answer that waits; a confirmed one stays. */
export function answerStopRule(
  act: Act,
  id: number,
  { neighbour, asAgreed, words }: Pick<wire.StopAnswer, "neighbour" | "asAgreed" | "words">,
): Promise<wire.StopReply> {
  return write(act, id, async (tx, { inForce, risen }) => {
    if (!risen.some((one) => one.neighbour === neighbour)) {
      const detail = `Reports have not been shown to rise at ${neighbour}, so there is nothing to answer.`;
      throw new Problem(422, "Nothing to answer", detail);
    }
    if (!inForce) throw changed("No rule has been agreed for this operation.");
    await tx.run(sql`delete from stop_answer where operation_id = ${id} and neighbour = ${neighbour}
      and by_two and confirmed_on is null`);
    const said = { ruleId: inForce.id, operationId: id, neighbour, asAgreed, words };
    await tx.run(insertInto("stop_answer", { ...said, answeredOn: act.asAt.date() }));
  });
}

export function confirmStopAnswer(act: Act, id: number, answer: number): Promise<wire.StopReply> {
  return write(act, id, async (tx, { answers }) => {
    const said = answers.find((one) => one.id === answer);
    if (said?.answeredBy === act.actor.person) throw secondPersonNeeded;
    const isDone = await tx.did(sql`
      update stop_answer set confirmed_on = ${act.asAt.date()}, confirmed_by = ${act.actor.person}
      where id = ${answer} and operation_id = ${id} and by_two and confirmed_on is null`);
    if (!isDone) throw changed("This answer no longer waits for a second person.");
  });
}

async function write(
  act: Act,
  id: number,
  work: (tx: Transaction, now: wire.StopReply) => Promise<void>,
): Promise<wire.StopReply> {
  act.addDetail({ operation: id });
  return act.db.transaction(act.actor, async (tx) => {
    // One after the other: two that ask at once must not both wait.
    const operation = await tx.maybe(
      z.object({ id: rowId, startsOn: date }),
      sql`select operation_id as id, starts_on from operation where operation_id = ${id} for update`,
    );
    if (operation === null) throw await noSuchOperation(tx);
    try {
      await work(tx, await stopReplyOf(tx, operation));
    } catch (error) {
      throw (error instanceof DatabaseError && refusals[error.constraint ?? ""]) || error;
    }
    return stopReplyOf(tx, operation);
  });
}

const changed = (detail: string) =>
  new Problem(409, "Already changed", `${detail} Refresh before you continue.`);

const secondPersonNeeded = new Problem(
  403,
  "This takes a second person",
  "You wrote this. Someone else who works on the operation has to confirm it.",
);
const reasonNeeded = new Problem(
  422,
  "A reason is needed",
  "The first look has passed, or another rule was agreed. Write why the rule is set now, and ask again.",
);

/** By the rule of the database that refuses. */
const refusals: Readonly<Record<string, Problem>> = {
  stop_rule_confirmed_by_another: secondPersonNeeded,
  stop_rule_reason_given: reasonNeeded,
  stop_answer_confirmed_by_another: secondPersonNeeded,
  stop_answer_rule_holds: changed(
    "Another rule has been agreed since: record what was done again.",
  ),
  stop_answer_neighbour_once: new Problem(
    409,
    "Already answered",
    "What was done about this boundary has been recorded, and stays as it is.",
  ),
};
