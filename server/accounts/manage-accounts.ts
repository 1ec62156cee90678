import { accountNameFault, foldAccountName } from "#core/accounts/account-name.ts";
import type { Role } from "#core/role.ts";
import { dayMs, parseLocalDate, type Zone } from "#core/time/zone.ts";
import { askIfAlike } from "#server/accounts/look-alike.ts";
import { refuseUnfit } from "#server/accounts/password-account.ts";
import { hashPassword } from "#server/accounts/password-hash.ts";
import * as sql from "#server/accounts/queries/accounts.ts";
import { setPasswordHash } from "#server/accounts/queries/credentials.ts";
import { deleteFactors } from "#server/accounts/queries/second-factors.ts";
import { deleteSignInsOf } from "#server/accounts/queries/sign-ins.ts";
import { issueSetUpSecret, type SetUpSecret } from "#server/accounts/spoken-secret.ts";
import type { Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";

/** What an administrator decides about an account; `undefined` leaves as it is. */
export interface AccountWish {
  readonly shownName?: string | null | undefined;
  readonly role?: Role | undefined;
  /** Code or name of the partner. */
  readonly partner?: string | null | undefined;
  /** Name of the neighbour, as its edge is called. */
  readonly neighbour?: string | null | undefined;
  readonly oidcName?: string | null | undefined;
  /** Whether a password may sign in a partner's account. */
  readonly partnerPassword?: boolean | undefined;
  /** Epoch milliseconds. */
  readonly expiresAt?: number | null | undefined;
  readonly isDisabled?: boolean | undefined;
  /** Although the name looks like another one. */
  readonly evenAlike?: boolean | undefined;
}

export async function addAccount(
  tx: Transaction,
  account: AccountWish & {
    readonly name: string;
    readonly role: Role;
    readonly now: number;
  },
): Promise<sql.AccountRow> {
  const name = foldAccountName(account.name);
  const fault = accountNameFault(name);
  if (fault !== null) throw notAccepted("name", fault);
  await sql.lockAccounts(tx);
  if (await sql.findAccount(tx, { name })) {
    throw new Problem(409, "Already exists", `An account "${name}" already exists.`);
  }
  const names = await namesHeld(tx);
  for (const own of [name, account.shownName]) {
    if (own) askIfAlike(own, names, account.evenAlike);
  }
  const id = await sql.insertAccount(tx, {
    name,
    now: account.now,
    role: account.role,
    shownName: account.shownName ?? null,
    oidcName: account.oidcName ?? null,
    expiresAt: account.expiresAt ?? null,
    partnerId: await partnerIdFor(tx, account.role, account.partner ?? null),
    neighbour: await neighbourFor(tx, account.role, account.neighbour ?? null),
  });
  return accountOrRefuse(tx, { id });
}

/** Names of accounts, as they sign in and as they are shown; without those of one of them. */
async function namesHeld(tx: Transaction, but?: string) {
  const others = (await sql.listAccounts(tx)).filter(({ id }) => id !== but);
  return others.flatMap((other) => [other.name, other.shownName]);
}

/** Role, partner, disabling and the name at the identity provider end the sessions of the account. */
export async function changeAccount(
  tx: Transaction,
  account: sql.AccountRow,
  wish: AccountWish,
  now: number,
): Promise<sql.AccountRow> {
  await sql.lockAccounts(tx);
  const role = wish.role ?? account.role;
  if (wish.shownName && wish.shownName !== account.shownName) {
    askIfAlike(wish.shownName, await namesHeld(tx, account.id), wish.evenAlike);
  }
  if (wish.partnerPassword && role !== "partner") {
    throw notAccepted(
      "partnerPassword",
      "Only a partner's account needs it. Others can have a password.",
    );
  }
  const partner = wish.partner === undefined ? account.partner : wish.partner;
  const state: sql.AccountState = {
    role,
    shownName: wish.shownName === undefined ? account.shownName : wish.shownName,
    oidcName: wish.oidcName === undefined ? account.oidcName : wish.oidcName,
    partnerPassword: wish.partnerPassword ?? account.partnerPassword,
    expiresAt: wish.expiresAt === undefined ? account.expiresAt : wish.expiresAt,
    disabledAt: disabledAt(account, wish, now),
    // A partner that was not asked for goes with the role that needed it.
    partnerId: await partnerIdFor(
      tx,
      role,
      role !== "partner" && wish.partner === undefined ? null : partner,
    ),
    neighbour: await changedNeighbour(tx, account, wish),
  };
  await sql.updateAccount(tx, account.id, state);
  return accountOrRefuse(tx, { id: account.id });
}

function disabledAt(
  account: sql.AccountRow,
  { isDisabled }: AccountWish,
  now: number,
): number | null {
  if (isDisabled === undefined) return account.disabledAt;
  return isDisabled ? (account.disabledAt ?? now) : null;
}

export async function accountOrRefuse(
  tx: Transaction,
  by: { readonly id: string } | { readonly name: string },
): Promise<sql.AccountRow> {
  const account = await sql.findAccount(tx, by);
  if (account) return account;
  throw new Problem(404, "No such account", "There is no account of that name or number.");
}

/** Worked out before the transaction that stores it: a hash takes its time. */
export async function hashForAccount(name: string, password: string): Promise<string> {
  await refuseUnfit(password, name);
  return hashPassword(password);
}

export function storePassword(
  tx: Transaction,
  account: sql.AccountRow,
  hash: string,
  now: number,
): Promise<void> {
  refuseWithoutPassword(account);
  return tx.through("gate", (gate) => setPasswordHash(gate, { id: account.id, hash, now }));
}

export function newSetUpSecret(
  tx: Transaction,
  account: sql.AccountRow,
  now: number,
): Promise<SetUpSecret> {
  refuseWithoutPassword(account);
  return tx.through("gate", (gate) => issueSetUpSecret(gate, account.id, now));
}

/** A stranger who knows the name could keep its person from signing in, so a partner has a phone with a PIN instead. */
function refuseWithoutPassword({ role, partnerPassword, name }: sql.AccountRow): void {
  if (role !== "partner" || partnerPassword) return;
  throw new Problem(
    409,
    "Passwords are off for this partner",
    `${name} signs in by phone and PIN, or by passkey. Give a link to set up a phone, or allow a password first.`,
  );
}

/** On the machine itself, where a partner is given a password or a secret for one, it is turned on by that. */
export function withPasswordAllowed(
  tx: Transaction,
  account: sql.AccountRow,
  now: number,
): Promise<sql.AccountRow> | sql.AccountRow {
  if (account.role !== "partner" || account.partnerPassword) return account;
  return changeAccount(tx, account, { partnerPassword: true }, now);
}

async function partnerIdFor(
  tx: Transaction,
  role: Role,
  partner: string | null,
): Promise<string | null> {
  if (role !== "partner") {
    if (partner === null) return null;
    throw notAccepted("partner", "Only the partner role belongs to an outreach partner.");
  }
  if (partner === null) {
    throw notAccepted("partner", "The partner role needs an outreach partner.");
  }
  const found = await sql.findPartner(tx, partner);
  if (found) return found.id;
  throw notAccepted("partner", `There is no outreach partner "${partner}".`);
}

/** One that was not asked for goes with the role that needed it. */
async function changedNeighbour(
  tx: Transaction,
  account: sql.AccountRow,
  wish: AccountWish,
): Promise<string | null> {
  const role = wish.role ?? account.role;
  const isAsked = wish.neighbour !== undefined || role !== account.role;
  // A liaison from before there were neighbours can still be disabled; it sees nothing.
  if (!isAsked) return account.neighbour;
  return neighbourFor(tx, role, wish.neighbour ?? (role === "liaison" ? account.neighbour : null));
}

async function neighbourFor(
  tx: Transaction,
  role: Role,
  neighbour: string | null,
): Promise<string | null> {
  if (role !== "liaison") {
    if (neighbour === null) return null;
    throw notAccepted("neighbour", "Only the liaison role belongs to a neighbouring command.");
  }
  if (neighbour === null) {
    throw notAccepted("neighbour", "The liaison role needs a neighbour.");
  }
  const names = await sql.neighbourNames(tx);
  if (names.includes(neighbour)) return neighbour;
  throw notAccepted(
    "neighbour",
    `There is no neighbour "${neighbour}". Neighbours: ${names.join("; ") || "none"}.`,
  );
}

function notAccepted(field: string, reason: string): Problem {
  return new Problem(422, "Not accepted", reason, [{ field, reason }]);
}

/** An account may be used through the whole of its last day, by the wall clock. */
export function expiryOf(zone: Zone, lastDay: string | null): number | null {
  return lastDay === null ? null : zone.toInstant(parseLocalDate(lastDay) + dayMs, "earlier");
}

export function lastDayOf(zone: Zone, expiresAt: number | null): string | null {
  return expiresAt === null ? null : zone.dateOf(expiresAt - 1);
}

/** The database lets it through for an account whose clearing two people agreed on; its sessions end with it. */
export function clearThroughGate(tx: Transaction, accountId: string): Promise<void> {
  return tx.through("gate", async (gate) => {
    await deleteFactors(gate, accountId);
    await deleteSignInsOf(gate, accountId);
  });
}
