import { measureOf } from "#core/outcomes/measures.ts";
import { checkTallies, doubledFaults, type TallyFault } from "#core/outcomes/tally-check.ts";
import { readTakenFrom, readTallyValue } from "#core/outcomes/tally-value.ts";
import { isSameTally, type TypedTally, tallyLabel } from "#core/outcomes/typed-tally.ts";
import type * as wire from "#core/outcomes/wire/tallies.ts";
import { formatInstant } from "#core/time/zone.ts";
import type { Services } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import * as sql from "#server/outcomes/queries/tallies.ts";
import { type FieldError, Problem } from "#server/problem.ts";

type Moment = Pick<Services, "zone" | "asAt">;

/** Every typed total with its history, and which sensitive breakdowns may be typed. */
export async function readTallies(
  tx: Transaction,
  { zone, asAt }: Moment,
): Promise<wire.TalliesReply> {
  const stored = await sql.loadStoredTallies(tx, asAt.date());
  return {
    tallies: stored.map(({ changes, ...tally }) => ({
      ...tally,
      label: tallyLabel(tally),
      changes: changes.map(({ at, reason, ...change }, revision) => ({
        ...change,
        reason: isTypedAnew(changes[revision - 1]) ? null : reason,
        at: formatInstant(zone, at),
      })),
    })),
    bases: await sql.basesInForce(tx),
  };
}

/** What follows a withdrawal is typed again, and nobody gave a reason for it. */
function isTypedAnew(before: { readonly value: number | null } | undefined): boolean {
  return before !== undefined && before.value === null;
}

/** Keeps all of the given totals or, with a reason for each line that is wrong, none of them. */
export async function enterTallies(
  tx: Transaction,
  { asAt }: Moment,
  { totals }: wire.TalliesBody,
): Promise<{ readonly kept: number }> {
  await sql.lockTallies(tx);
  // What is typed of later days is not read by anyone yet, but stands in the way all the same.
  const stored = await sql.loadStoredTallies(tx, endOfTime);
  const read = totals.map(readWritten);
  const faults = read.flatMap(({ faults: own }, at) => own.map((one) => ({ row: at + 1, ...one })));
  if (faults.length > 0) throw notTaken(faults, totals);
  const given = read.flatMap(({ tally }) => (tally === null ? [] : [tally]));
  const ground = { stored: inForce(stored), asAt: asAt.date(), bases: await sql.basesInForce(tx) };
  const found: TallyFault[] = [
    ...doubledFaults(given),
    ...given.flatMap((tally, at) => typedFaults(tally, at + 1, ground.stored)),
  ];
  const wrong = found.length > 0 ? found : checkTallies(given, ground);
  if (wrong.length > 0) throw notTaken(wrong, totals);
  for (const [at, tally] of given.entries()) {
    const takenFrom = read[at]?.takenFrom ?? null;
    const withdrawn = stored.find((other) => other.value === null && isSameTally(other, tally));
    if (withdrawn) {
      await typeAnew(tx, withdrawn, { value: tally.value, takenFrom, at: asAt.now() });
    } else {
      await sql.addTally(tx, { ...tally, takenFrom }, asAt.now());
    }
  }
  return { kept: given.length };
}

/**
 * A withdrawn total gets a value again, with where that was taken from. Nobody gives a reason for this, and the
 * database wants one of its list: the one of the withdrawal stays, and no reader is told another.
 */
async function typeAnew(
  tx: Transaction,
  { id, revision, changes }: sql.StoredTally,
  again: { readonly value: number; readonly takenFrom: string | null; readonly at: number },
): Promise<void> {
  const reason = changes.at(-1)?.reason ?? "mistyped";
  await sql.correctTally(tx, { id, revision, reason, ...again });
}

/** Another value for a typed total, or none any more; what it was stays in its history. */
export async function correctOne(
  tx: Transaction,
  { asAt }: Moment,
  { id, body }: { readonly id: number; readonly body: wire.CorrectTallyBody },
): Promise<void> {
  await sql.lockTallies(tx);
  const stored = await sql.loadStoredTallies(tx, endOfTime);
  const own = stored.find((tally) => tally.id === id);
  if (!own) {
    throw new Problem(404, "No such total", `There is no manual total ${id}. Refresh the list.`);
  }
  const written = body.value === null ? null : readTallyValue(body.value);
  if (written?.ok === false) {
    throw new Problem(422, "Not saved", written.reason, [
      { field: "value", reason: written.reason },
    ]);
  }
  const value = written === null ? null : written.value;
  const others = inForce(stored.filter((tally) => tally !== own));
  const { measure, breakdown, part, from, to } = own;
  const key = { measure, breakdown, part, from, to };
  const ground = { stored: others, asAt: asAt.date(), bases: await sql.basesInForce(tx) };
  const faults = value === null ? [] : checkTallies([{ ...key, value }], ground);
  if (faults.length > 0) {
    throw new Problem(422, "Not saved", faults.map(({ reason }) => reason).join(" "), [...faults]);
  }
  if (value === own.value) {
    throw new Problem(409, "Nothing to correct", "That is already its value.");
  }
  const { revision, reason } = body;
  if (!(await sql.correctTally(tx, { id, revision, value, reason, at: asAt.now() }))) {
    throw new Problem(
      409,
      "Someone else saved first",
      "Someone has corrected this total since you opened it. Refresh the list and check its history.",
    );
  }
}

const endOfTime = "2099-12-31";

function inForce(stored: readonly sql.StoredTally[]): TypedTally[] {
  return stored.flatMap(({ measure, breakdown, part, from, to, value }) =>
    value === null ? [] : [{ measure, breakdown, part, from, to, value }],
  );
}

interface ReadTally {
  readonly tally: TypedTally | null;
  readonly takenFrom: string | null;
  readonly faults: readonly { readonly field: string; readonly reason: string }[];
}

function readWritten(written: wire.WrittenTally): ReadTally {
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
  return {
    tally: value.ok ? { measure, breakdown, part, from, to, value: value.value } : null,
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

/** Values are told back; of where they were taken from no more than the words that were refused. */
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
