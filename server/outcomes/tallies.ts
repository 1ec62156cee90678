import { z } from "zod";
import { id } from "#core/contract/fields.ts";
import { measureOf } from "#core/outcomes/measures.ts";
import { checkTallies, doubledFaults, type TallyFault } from "#core/outcomes/tally-check.ts";
import { readTakenFrom, readTallyValue } from "#core/outcomes/tally-value.ts";
import {
  isInForce,
  isSameTally,
  type StandingTally,
  type TypedTally,
  tallyLabel,
} from "#core/outcomes/typed-tally.ts";
import * as wire from "#core/outcomes/wire/tallies.ts";
import { changeRevision } from "#server/acts/revisions.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import { basesInForce } from "#server/outcomes/lawful-bases.ts";
import { type FieldError, Problem } from "#server/problem.ts";

const as = { tally_id: "id", period_from: "from", period_to: "to" };

const standingTally = wire.storedTally.pick({
  measure: true,
  breakdown: true,
  part: true,
  from: true,
  to: true,
  value: true,
});

/**
 * Totals whose period has ended by the as-at date, in order of first typing, including withdrawn
 * ones, without a value. For the system too.
 */
export const loadTallies = (tx: Transaction, asAt: string) =>
  tx.rows(
    standingTally,
    sql`select ${columnsOf(standingTally, { as })} from tally
      where period_to <= ${asAt} order by tally_id`,
  );

const storedTally = wire.storedTally.omit({ label: true, changes: true });

/** With every past value, latest period first. */
async function loadStored(tx: Transaction, asAt: string) {
  const changesOf = await tx.grouped(
    wire.tallyChange,
    sql`select tally_id as group, value, reason, changed_at as at, changed_by as by
      from tally_change order by revision`,
  );
  const stored = await tx.rows(
    storedTally,
    sql`select ${columnsOf(storedTally, { as })} from tally
      where period_to <= ${asAt} order by period_to desc, period_from, tally_id`,
  );
  return stored.map((tally) => ({ ...tally, changes: changesOf(tally.id) }));
}

type StoredTally = Awaited<ReturnType<typeof loadStored>>[number];

/** Serialises writers, so that parts never exceed their whole. */
const lockTallies = (tx: Transaction) =>
  tx.run(sql`select pg_advisory_xact_lock(hashtext('tally'))`);

/** Stores one typed total; answers its number. `at`: epoch milliseconds. */
export async function addTally(
  tx: Transaction,
  { measure, breakdown = null, part = null, from, to, value, takenFrom = null }: wire.Tally,
  at = Date.now(),
): Promise<number> {
  const now = new Date(at);
  const row = insertInto("tally", {
    measure,
    breakdown,
    part,
    periodFrom: from,
    periodTo: to,
    value,
    takenFrom,
    enteredAt: now,
    changedAt: now,
  });
  return (await tx.one(z.object({ id }), sql`${row} returning tally_id as id`)).id;
}

export function readTallies(act: Act): Promise<wire.TalliesReply> {
  return act.db.transaction(act.actor, async (tx) => {
    const reply = await talliesReply(tx, act);
    act.addDetail({ tallies: reply.tallies.length });
    return reply;
  });
}

async function talliesReply(tx: Transaction, { asAt }: Act): Promise<wire.TalliesReply> {
  const stored = await loadStored(tx, asAt.date());
  return {
    tallies: stored.map(({ changes, ...tally }) => ({
      ...tally,
      label: tallyLabel(tally),
      changes: changes.map((change, revision) => {
        // Retyped after a withdrawal, so nobody gave a reason.
        const isTypedAgain = changes[revision - 1]?.value === null;
        return { ...change, reason: isTypedAgain ? null : change.reason };
      }),
    })),
    bases: await basesInForce(tx),
  };
}

/** All of them, or none with a reason per faulty line. */
export function enterTallies(
  act: Act,
  totals: readonly wire.WrittenTally[],
): Promise<{ kept: number }> {
  return act.db.transaction(act.actor, async (tx) => {
    act.addDetail({ tallies: totals.length });
    await lockTallies(tx);
    // Totals of later days are not readable yet, but conflict all the same.
    const stored = await loadStored(tx, endOfTime);
    const read = totals.map(readWritten);
    const unread = read.flatMap(({ faults }, at) => faults.map((one) => ({ row: at + 1, ...one })));
    if (unread.length > 0) throw notTaken(unread, totals);
    const given = read.flatMap(({ tally }) => (tally === null ? [] : [tally]));
    const ground = await groundOf(tx, act, stored);
    const found = [
      ...doubledFaults(given),
      ...given.flatMap((tally, at) => typedFaults(tally, at + 1, ground.stored)),
    ];
    const wrong = found.length > 0 ? found : checkTallies(given, ground);
    if (wrong.length > 0) throw notTaken(wrong, totals);
    for (const [at, tally] of given.entries()) {
      const takenFrom = read[at]?.takenFrom ?? null;
      const withdrawn = stored.find((other) => other.value === null && isSameTally(other, tally));
      if (!withdrawn) {
        await addTally(tx, { ...tally, takenFrom }, act.asAt.now());
        continue;
      }
      // Nobody gives a reason for this, and the database requires a listed one: the withdrawal's is
      // kept.
      const reason = withdrawn.changes.at(-1)?.reason ?? "mistyped";
      await changeTally(tx, act, withdrawn, { value: tally.value, takenFrom, reason });
    }
    return { kept: given.length };
  });
}

const changeTally = (
  tx: Transaction,
  { asAt, actor }: Act,
  read: Pick<StoredTally, "id" | "revision">,
  fields: {
    /** Null: withdrawn. */
    readonly value: number | null;
    readonly reason: wire.TallyReason;
    readonly takenFrom?: string | null;
  },
) =>
  changeRevision(tx, { table: "tally", key: "tally_id" }, read, {
    ...fields,
    changedAt: new Date(asAt.now()),
    changedBy: actor.person,
  });

/**
 * Corrects or withdraws a typed total; its history keeps the old value. Without a revision whatever
 * is current is corrected.
 */
export function correctTally(
  act: Act,
  tallyId: number,
  { revision, value: written, reason }: Partial<wire.CorrectTallyBody> & TallyCorrection,
): Promise<wire.TalliesReply> {
  return act.db.transaction(act.actor, async (tx) => {
    act.addDetail({ tally: tallyId });
    await lockTallies(tx);
    const stored = await loadStored(tx, endOfTime);
    const own = stored.find((tally) => tally.id === tallyId);
    if (!own) {
      const detail = `There is no manual total ${tallyId}. Refresh the list.`;
      throw new Problem(404, "No such total", detail);
    }
    const value = written === null ? null : valueOrRefuse(written);
    const others = stored.filter((tally) => tally !== own);
    const ground = await groundOf(tx, act, others);
    const faults = value === null ? [] : checkTallies([{ ...own, value }], ground);
    if (faults.length > 0) {
      const reasons = faults.map((fault) => fault.reason).join(" ");
      throw new Problem(422, "Not saved", reasons, [...faults]);
    }
    if (value === own.value) {
      throw new Problem(409, "Nothing to correct", "That is already its value.");
    }
    const read = { id: tallyId, revision: revision ?? own.revision };
    if ((await changeTally(tx, act, read, { value, reason })) === null) {
      throw new Problem(
        409,
        "Someone else saved first",
        "Someone has corrected this total since you opened it. Refresh the list and check its history.",
      );
    }
    return talliesReply(tx, act);
  });
}

type TallyCorrection = Pick<wire.CorrectTallyBody, "value" | "reason">;

export function valueOrRefuse(written: string | number): number {
  const value = readTallyValue(written);
  if (value.ok) return value.value;
  throw new Problem(422, "Not saved", value.reason, [{ field: "value", reason: value.reason }]);
}

const endOfTime = "2099-12-31";

async function groundOf(tx: Transaction, { asAt }: Act, stored: readonly StandingTally[]) {
  const bases = await basesInForce(tx);
  return { stored: stored.filter(isInForce), asAt: asAt.date(), bases };
}

function readWritten(written: wire.WrittenTally) {
  const { measure, breakdown = null, part = null, from, to } = written;
  const value = readTallyValue(written.value);
  const isGiven = typeof written.takenFrom === "string" && written.takenFrom.trim() !== "";
  const takenFrom = isGiven ? readTakenFrom(written.takenFrom ?? "") : null;
  const faults = [
    ...(value.ok ? [] : [{ field: "value", reason: value.reason }]),
    ...(takenFrom === null || takenFrom.ok
      ? []
      : [{ field: "takenFrom", reason: takenFrom.reason }]),
  ];
  const tally: TypedTally | null = value.ok
    ? { measure, breakdown, part, from, to, value: value.value }
    : null;
  return {
    tally,
    takenFrom: takenFrom?.ok === true ? takenFrom.value : null,
    faults,
  };
}

function typedFaults(
  tally: TypedTally,
  row: number,
  stored: readonly TypedTally[],
): readonly TallyFault[] {
  const typed = stored.find((other) => isSameTally(other, tally));
  if (!typed) return [];
  const same = typed.value === tally.value ? "with this value" : `as ${typed.value}`;
  return [
    {
      row,
      field: "measure",
      reason: `“${measureOf(tally.measure).label}” is already entered for this period, ${same}. Correct that one, with a reason.`,
    },
  ];
}

/** Quotes values, but of their source only the refused words. */
function notTaken(
  faults: readonly { readonly row: number; readonly field: string; readonly reason: string }[],
  totals: readonly wire.WrittenTally[],
): Problem {
  const errors = faults.map(({ row, field, reason }): FieldError => {
    const value = field === "value" ? String(totals[row - 1]?.value ?? "").slice(0, 40) : undefined;
    return { row, field, reason, ...(value === undefined ? {} : { value }) };
  });
  const [first] = faults;
  const detail =
    faults.length === 1 && first
      ? `${totals.length > 1 ? `Line ${first.row}: ` : ""}${first.reason}`
      : `${faults.length} things need correcting. Nothing was saved.`;
  return new Problem(422, "Not saved", detail, errors);
}
