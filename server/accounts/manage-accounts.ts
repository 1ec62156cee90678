import { accountNameFault, foldAccountName } from "#core/accounts/account-name.ts";
import { type AccountChange, accountReply } from "#core/accounts/wire/accounts.ts";
import type { Role } from "#core/role.ts";
import { dayMs, parseLocalDate, type Zone } from "#core/time/zone.ts";
import { askIfAlike } from "#server/accounts/look-alike.ts";
import {
  type AccountRow,
  findAccount,
  findPartner,
  neighbourNames,
  patrolPartnerChoices,
} from "#server/accounts/queries/accounts.ts";
import { issueSetUpSecret, type SpokenSecret } from "#server/accounts/spoken-secret.ts";
import type { Transaction } from "#server/db/database.ts";
import { assigned, insertInto, named, sql } from "#server/db/sql.ts";
import { Problem } from "#server/problem.ts";

/** `undefined` leaves a field unchanged. `partner` is a code or a name. */
export type AccountFields = Omit<AccountChange, "lastDay" | "disabled"> & {
  /** Epoch milliseconds. */
  readonly expiresAt?: number | null | undefined;
  readonly isDisabled?: boolean | undefined;
};

export async function addAccount(
  tx: Transaction,
  account: AccountFields & {
    readonly name: string;
    readonly role: Role;
    readonly now: number;
  },
): Promise<AccountRow> {
  const name = foldAccountName(account.name);
  const fault = accountNameFault(name);
  if (fault !== null) throw notAccepted("name", fault);
  await lockAccounts(tx);
  if (await findAccount(tx, { name })) {
    throw new Problem(409, "Already exists", `An account "${name}" already exists.`);
  }
  const names = await namesHeld(tx, null);
  for (const own of [name, account.shownName]) {
    if (own) askIfAlike(own, names, account.evenAlike);
  }
  const fields = insertInto("account", {
    name,
    createdAt: new Date(account.now),
    role: account.role,
    shownName: account.shownName ?? null,
    oidcName: account.oidcName ?? null,
    expiresAt: dateOf(account.expiresAt ?? null),
    ...(await partnerFor(tx, account.role, account.partner ?? null)),
    neighbour: await neighbourFor(tx, account.role, account.neighbour ?? null),
  });
  await tx.run(fields);
  return accountOrRefuse(tx, { name });
}

const lockAccounts = (tx: Transaction) => tx.run(sql`select pg_advisory_xact_lock(7321)`);

const dateOf = (at: number | null) => (at === null ? null : new Date(at));

async function namesHeld(tx: Transaction, but: string | null) {
  const others = await tx.rows(
    accountReply.pick({ name: true, shownName: true }),
    sql`select name, shown_name from account where id is distinct from ${but}::bigint order by name`,
  );
  return others.flatMap(({ name, shownName }) => [name, shownName]);
}

/**
 * Changes to role, partner, disabling or identity-provider name end the account's sessions; the
 * database does that (0010: end_account_sessions).
 */
export async function changeAccount(
  tx: Transaction,
  account: AccountRow,
  change: AccountFields,
  now: number,
): Promise<AccountRow> {
  await lockAccounts(tx);
  const role = change.role ?? account.role;
  if (change.shownName && change.shownName !== account.shownName) {
    askIfAlike(change.shownName, await namesHeld(tx, account.id), change.evenAlike);
  }
  if (change.partnerPassword && role !== "partner") {
    throw notAccepted(
      "partnerPassword",
      "Only a partner's account needs it. Others can have a password.",
    );
  }
  const isDisabled = change.isDisabled ?? account.disabledAt !== null;
  const fields = assigned({
    role,
    shownName: change.shownName === undefined ? account.shownName : change.shownName,
    oidcName: change.oidcName === undefined ? account.oidcName : change.oidcName,
    partnerPassword: change.partnerPassword ?? account.partnerPassword,
    expiresAt: dateOf(change.expiresAt === undefined ? account.expiresAt : change.expiresAt),
    disabledAt: isDisabled ? new Date(account.disabledAt ?? now) : null,
    // Unless requested, the partner goes with the role that needed it.
    ...(await partnerFor(
      tx,
      role,
      change.partner === undefined
        ? role === account.role
          ? account.partner
          : null
        : change.partner,
    )),
    neighbour: await changedNeighbour(tx, account, change),
  });
  await tx.run(sql`update account set ${fields} where id = ${account.id}`);
  return accountOrRefuse(tx, account);
}

export async function accountOrRefuse(
  tx: Transaction,
  by: Parameters<typeof findAccount>[1],
): Promise<AccountRow> {
  const account = await findAccount(tx, by);
  if (account) return account;
  throw new Problem(404, "No such account", "There is no account of that name or number.");
}

export function newSetUpSecret(
  tx: Transaction,
  account: AccountRow,
  now: number,
): Promise<SpokenSecret> {
  refuseWithoutPassword(account);
  return tx.through("gate", (gate) => issueSetUpSecret(gate, account.id, now));
}

/** A stranger could lock the person out by the name, so partners use a phone with a PIN. */
function refuseWithoutPassword({ role, partnerPassword, name }: AccountRow): void {
  if (role !== "partner" || partnerPassword) return;
  const detail = `${name} signs in by phone and PIN, or by passkey. Give a link to set up a phone, or allow a password first.`;
  throw new Problem(409, "Passwords are off for this partner", detail);
}

/** On the machine itself, setting a partner's password also allows it. */
export function withPasswordAllowed(
  tx: Transaction,
  account: AccountRow,
  now: number,
): Promise<AccountRow> | AccountRow {
  if (account.role !== "partner" || account.partnerPassword) return account;
  return changeAccount(tx, account, { partnerPassword: true }, now);
}

interface Belonging {
  readonly [column: string]: string | null;
}

async function partnerFor(tx: Transaction, role: Role, partner: string | null): Promise<Belonging> {
  if (role !== "partner" && role !== "warden") {
    if (partner === null) return { partnerId: null, patrolPartner: null };
    throw notAccepted("partner", "Only the roles partner and warden belong to a partner.");
  }
  const what = role === "partner" ? "an outreach partner" : "a patrol partner";
  if (partner === null) throw notAccepted("partner", `The ${role} role needs ${what}.`);
  const unknown = notAccepted("partner", `"${partner}" is not the name of ${what}.`);
  if (role === "partner") {
    const found = await findPartner(tx, partner);
    if (!found) throw unknown;
    return { partnerId: found.id, patrolPartner: null };
  }
  const typed = partner.trim().toLowerCase();
  const found = (await patrolPartnerChoices(tx)).find(
    ({ code, name }) => code === typed || name.toLowerCase() === typed,
  );
  if (!found) throw unknown;
  return { partnerId: null, patrolPartner: found.code };
}

/** Without an explicit value, it is dropped with the role that needed it. */
async function changedNeighbour(
  tx: Transaction,
  account: AccountRow,
  change: AccountFields,
): Promise<string | null> {
  const role = change.role ?? account.role;
  const isAsked = change.neighbour !== undefined || role !== account.role;
  // A liaison older than neighbours can still be disabled; it sees nothing.
  if (!isAsked) return account.neighbour;
  return neighbourFor(
    tx,
    role,
    change.neighbour ?? (role === "liaison" ? account.neighbour : null),
  );
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
  const names = await neighbourNames(tx);
  if (names.includes(neighbour)) return neighbour;
  throw notAccepted(
    "neighbour",
    `There is no neighbour "${neighbour}". Neighbours: ${names.join("; ") || "none"}.`,
  );
}

function notAccepted(field: string, reason: string): Problem {
  return new Problem(422, "Not accepted", reason, [{ field, reason }]);
}

/** End of the last day, by the local clock. */
export function expiryOf(zone: Zone, lastDay: string | null): number | null {
  return lastDay === null ? null : zone.toInstant(parseLocalDate(lastDay) + dayMs, "earlier");
}

export function lastDayOf(zone: Zone, expiresAt: number | null): string | null {
  return expiresAt === null ? null : zone.dateOf(expiresAt - 1);
}

/** Allowed by the database for a clearing that two people agreed on; ends the sessions. */
export function clearThroughGate(tx: Transaction, accountId: string): Promise<void> {
  return tx.through("gate", async (gate) => {
    await deleteFactors(gate, accountId);
    await deleteOf(gate, accountId, ["sign_in", "second_step"]);
  });
}

export const deleteFactors = (gate: Transaction, accountId: string) =>
  deleteOf(gate, accountId, ["passkey", "authenticator_app", "recovery_code"]);

async function deleteOf(gate: Transaction, accountId: string, tables: readonly string[]) {
  for (const table of tables) {
    await gate.run(sql`delete from ${named(table)} where account_id = ${accountId}`);
  }
}
