import type { OpeningReply, OpeningsReply } from "#core/accounts/wire/openings.ts";
import { dayMs, formatInstant, type Zone } from "#core/time/zone.ts";
import * as sql from "#server/accounts/queries/openings.ts";
import { linkLivesMs, secretLivesMs } from "#server/accounts/spoken-secret.ts";
import { DatabaseError, type Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";

/** So long everybody concerned is shown what was opened. */
export const openingsShownMs = 90 * dayMs;

/**
 * What was opened for accounts, as far as the caller may know. Who can be the second person is the database's to
 * say (may_decide), and so is that nothing opens before (account_confirmed_by_second).
 */
export async function openingsFor(
  tx: Transaction,
  caller: {
    readonly zone: Zone;
    readonly now: number;
    readonly accountId: string | null;
    /** A partner is told the role of who asked, and no name. */
    readonly withNames: boolean;
    /** Police are told of their own accounts alone, which have no partner. */
    readonly withPartners: boolean;
  },
): Promise<OpeningsReply> {
  const { zone, now, accountId, ...shown } = caller;
  const rows = await sql.loadOpenings(tx, { since: now - openingsShownMs, ...shown });
  const { decidable, seenAt } = await tx.through("gate", async (gate) => ({
    decidable: await sql.decidableOpenings(gate),
    seenAt:
      accountId === null ? Number.NEGATIVE_INFINITY : await sql.openingsSeenAt(gate, accountId),
  }));
  const openings = rows.map(
    (row): OpeningReply => ({
      id: row.key,
      account: row.account,
      role: row.role,
      partner: row.partner,
      act: row.act,
      askedAt: formatInstant(zone, row.askedAt),
      askedRole: row.askedRole,
      askedBy: row.askedBy,
      state: stateOf(row, now),
      keepsShut: !row.isReplaced && ["waits", "refused"].includes(row.second),
      dueAt: formatInstant(zone, row.dueAt),
      decidedAt: row.decidedAt === null ? null : formatInstant(zone, row.decidedAt),
      decidedRole: row.decidedRole,
      mayDecide: decidable.has(row.key),
      isNew: (row.decidedAt ?? row.askedAt) > seenAt,
    }),
  );
  return { openings };
}

function stateOf(
  { second, isReplaced, dueAt }: sql.OpeningRow,
  now: number,
): OpeningReply["state"] {
  if (second !== "waits") return second;
  if (isReplaced) return "replaced";
  return dueAt <= now ? "expired" : second;
}

/** The word of a second person; what was handed out has its full time from a confirmation on. */
export async function decide(
  tx: Transaction,
  opening: { readonly id: string; readonly word: "confirmed" | "refused"; readonly now: number },
): Promise<sql.DecidedOpening> {
  const { now, word } = opening;
  const decided = await tx.through("gate", async (gate) => {
    const done = await sql.decideOpening(gate, opening);
    if (done !== null && word === "confirmed") {
      const { accountId } = done;
      const secretUntil = now + secretLivesMs;
      await sql.beginOpened(gate, { accountId, secretUntil, linkUntil: now + linkLivesMs.sent });
    }
    return done;
  });
  if (decided !== null) return decided;
  throw new Problem(
    409,
    "No longer waiting",
    "It has been decided, replaced, or has lapsed. Refresh the list.",
  );
}

/** Whether it was this that the database said: the proof is right, and a second person is missing. */
export function isUnconfirmed(cause: unknown): boolean {
  return cause instanceof DatabaseError && cause.constraint === "account_confirmed_by_second";
}
