import { foldAccountName } from "#core/accounts/account-name.ts";
import type { AuditDetail, AuditNote } from "#core/audit.ts";
import type { Actor } from "#core/role.ts";
import { localPasswordsAreOn } from "#server/accounts/account-settings.ts";
import {
  type Attempt,
  attemptKeysOf,
  beginAttempt,
  settleAttempt,
  takeBackAttempt,
} from "#server/accounts/attempts.ts";
import { appendAudit } from "#server/accounts/audit/append.ts";
import {
  type Credentials,
  credentialsByName,
  lockCredentials,
} from "#server/accounts/queries/credentials.ts";
import type { Services } from "#server/acts/services.ts";
import { DatabaseError, gateActor, type Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { Problem } from "#server/problem.ts";

export interface Claim {
  readonly name: string;
  readonly address: string;
  /**
   * Set where the caller is known by a session, a browser (server/accounts/known-browser.ts) or a
   * phone, not only by name: failures count in that lane only, and nobody waits for strangers
   * failing at the same name or address.
   */
  readonly lane?: string | null;
  /** An unguessable proof counts failures on itself, so guessing at the name locks nobody out. */
  readonly insteadOfName?: string;
  /** What it is for, in the words of the audit chain: "sign in". */
  readonly act: string;
  /** Must do equal work where there is no such account. */
  readonly isProven: (account: Credentials | null) => Promise<boolean>;
  /** Seconds to wait, after too many attempts. */
  readonly onWait?: (seconds: number) => void;
  /** Absent for name and password; also works where passwords are off. */
  readonly by?: ProofBy;
}

export interface ProofBy {
  readonly find: (tx: Transaction, now: number) => Promise<Credentials | null>;
  readonly onTry?: (tx: Transaction) => Promise<void>;
  /** The attempt was not judged, or was right but in vain, so it does not count. */
  readonly onTakenBack?: (tx: Transaction) => Promise<void>;
  readonly onFailure?: (tx: Transaction) => Promise<void>;
}

/**
 * Judges a claim and acts on it in the transaction that records it. Any fault (name, password,
 * disabled, expired) gets the same answer after the same work.
 */
export async function prove<Value>(
  services: Pick<Services, "db" | "config">,
  claim: Claim,
  followUp: (
    tx: Transaction,
    account: Credentials,
    now: number,
    /** Replaces the audit text when the outcome is another act. */
    restate: (act: string) => void,
  ) => Promise<Value>,
): Promise<Value> {
  const { db, config } = services;
  const now = Date.now();
  const name = foldAccountName(claim.name);
  const keys = attemptKeysOf(config);
  const { lane } = claim;
  const attempt: Attempt = {
    name: { kind: "name", key: keys("name", lane ?? claim.insteadOfName ?? name) },
    address: { kind: "address", key: keys("address", lane ?? claim.address) },
    now,
  };
  const note: AuditNote = { verb: "consultation", act: claim.act, purpose: "administration" };
  const refuse = async (tx: Transaction, account: Credentials | null, detail: AuditDetail) => {
    await appendAudit(tx, refusedActor(account), { ...note, outcome: "refused", detail });
    // Phones are traced by their own number: an outreach worker's location must not be recorded.
    if (claim.by) return;
    await tx.through("clerk", (clerk) =>
      clerk.run(
        sql`insert into sign_in_source (audit_id, address)
          select audit.id, ${claim.address.slice(0, 64)}::text from audit order by audit.id desc limit 1`,
      ),
    );
  };

  const begun = await db.transaction(
    gateActor,
    async (tx) => {
      if (!(claim.by || (await localPasswordsAreOn(tx)))) return { outcome: "off" as const };
      const account = await (claim.by?.find(tx, now) ?? credentialsByName(tx, name, now));
      const counted = await beginAttempt(tx, attempt);
      if (counted.waitMs === 0) {
        await claim.by?.onTry?.(tx);
        return { outcome: "counted" as const, account, counted };
      }
      if (counted.noteTries !== null) {
        await refuse(tx, account, { reason: "too many attempts", tries: counted.noteTries });
      }
      return { outcome: "waiting" as const, waitMs: counted.waitMs };
    },
    { retries: 5 },
  );
  if (begun.outcome === "off") throw passwordsAreOff();
  if (begun.outcome === "waiting") {
    const seconds = Math.ceil(begun.waitMs / 1000);
    claim.onWait?.(seconds);
    throw waitFirst(seconds);
  }

  const { account, counted } = begun;
  const usable = account?.isInUse ? account : null;
  const takeBack = async (tx: Transaction) => {
    await takeBackAttempt(tx, attempt, counted);
    await claim.by?.onTakenBack?.(tx);
  };
  const isProven = await claim.isProven(usable).catch(async (cause: unknown) => {
    // Too many at once: it was not judged.
    if (cause instanceof Problem && cause.status === 503) {
      await db.transaction(gateActor, takeBack, { retries: 5 });
    }
    throw cause;
  });
  const work = db.transaction(
    gateActor,
    async (tx) => {
      const current = usable && isProven ? await lockCredentials(tx, usable.id, now) : null;
      // Disabled or given another password while the proof was judged: no longer proven.
      if (!current?.isInUse || current.epoch !== usable?.epoch) {
        await claim.by?.onFailure?.(tx);
        await refuse(tx, account, { reason: "not proven" });
        return null;
      }
      await settleAttempt(tx, attempt, counted);
      let { act } = claim;
      const value = await followUp(tx, current, now, (stated) => {
        act = stated;
      });
      await appendAudit(tx, actorOfAccount(current), { ...note, act, outcome: "done", detail: {} });
      return { value };
    },
    { retries: 5 },
  );
  const kept = await work.catch(async (cause: unknown) => {
    // Correct, but a second person is missing: only this line was kept.
    if (isUnconfirmed(cause)) {
      const note = async (tx: Transaction) => {
        await takeBack(tx);
        await refuse(tx, account, { reason: "waits for a second person" });
      };
      await db.transaction(gateActor, note, { retries: 5 });
    }
    throw cause;
  });
  if (!kept) throw notProven();
  return kept.value;
}

export function isUnconfirmed(cause: unknown): boolean {
  return cause instanceof DatabaseError && cause.constraint === "account_confirmed_by_second";
}

export function actorOfAccount({ name, role, partner, neighbour }: Credentials): Actor {
  return { person: name, role, partner, neighbour };
}

/** An unknown name may be a mistyped password, so it is not logged. */
function refusedActor(account: Credentials | null): Actor {
  return { person: account?.name.slice(0, 200) ?? "unknown", role: "nobody", partner: null };
}

/** The same answer for every failed proof. */
export function notProven(): Problem {
  const detail =
    "Wrong sign-in name or password, or the account is disabled. Try again, or ask the administrator.";
  return new Problem(401, "Not signed in", detail);
}

export function passwordsAreOff(): Problem {
  return new Problem(403, "Passwords are off", "Use your organisation’s sign-in page.");
}

function waitFirst(seconds: number): Problem {
  const wait = seconds < 60 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return new Problem(429, "Too many attempts", `Wait ${wait}, then try again.`);
}
