import { z } from "zod";
import { accountActs } from "#core/accounts/account-acts.ts";
import { foldAccountName } from "#core/accounts/account-name.ts";
import type { AuditVerb } from "#core/audit.ts";
import { roles } from "#core/role.ts";
import { londonDate } from "#core/text/london-date.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import { localPasswordsKey } from "#server/accounts/account-settings.ts";
import {
  accountOrRefuse,
  addAccount,
  changeAccount,
  clearThroughGate,
  expiryOf,
  lastDayOf,
  newSetUpSecret,
  withPasswordAllowed,
} from "#server/accounts/manage-accounts.ts";
import { refuseUnfit } from "#server/accounts/password-account.ts";
import { hashPassword } from "#server/accounts/password-hash.ts";
import { type AccountRow, listAccounts } from "#server/accounts/queries/accounts.ts";
import { setPasswordHash } from "#server/accounts/queries/credentials.ts";
import { decide, insertClearing, waitingOpenings } from "#server/accounts/second-person.ts";
import {
  action,
  type Command,
  type CommandAct,
  CommandError,
  type CommandResult,
} from "#server/cli/command.ts";
import { passwordOption } from "#server/cli/secret.ts";
import { table } from "#server/cli/table.ts";
import type { Transaction } from "#server/db/database.ts";
import { writeSetting } from "#server/db/settings.ts";
import { sql } from "#server/db/sql.ts";
import { Problem } from "#server/problem.ts";

const note = (act: string, verb: AuditVerb = "alteration") =>
  ({ verb, act, purpose: "administration" }) as const;

/** The name of an account as somebody types it. */
export const typedAccount = z.string().transform((word) => foldAccountName(word).slice(0, 64));
const password = { name: "password", twice: true, leastLength: 0 } as const;

/** What is done to the account that is named. */
const onAccount = (act: string, run: (act: CommandAct, name: string) => Promise<CommandResult>) =>
  action({
    takes: "NAME",
    audit: note(act),
    reads: z.object({ name: typedAccount }),
    run: (context, { name }) => run(context, name),
  });

/**
 * Accounts from the machine itself: creates the first administrator, and recovers when nobody can
 * sign in. Also works with passwords switched off.
 */
export const userCommand: Command = {
  name: "user",
  summary: "Manage accounts",
  options: {
    role: `Role: ${roles.join(", ")}`,
    partner: "Name or code of the partner, for the role partner",
    neighbour: "Name of the neighbour, for the role liaison",
    expires: "Last day the account can be used",
    shown: "Name shown on screen",
    oidc: "The person's name or subject at the identity provider; no password is asked for then",
    ...passwordOption,
  },
  moreHelp: () => [
    "confirm and refuse answer for the second person what waits for NAME, when nobody else can. The partner's people are told.",
    "set-up prints a one-time secret for setting a first password.",
    "clear-second-factor lets the only administrator back in after losing phone, passkey and recovery codes. The owner is told.",
    '"passwords on" lets people in again when passwords are off and the identity provider is not responding.',
  ],
  words: {
    add: action({
      takes:
        "NAME --role ROLE [--partner CODE] [--neighbour NAME] [--expires DATE] [--shown NAME] [--oidc SUBJECT] [--password-stdin]",
      audit: note(accountActs.add),
      secret: { ...password, unless: "oidc" },
      reads: z.object({
        name: typedAccount,
        role: z.enum(roles),
        partner: z.string().optional(),
        neighbour: z.string().optional(),
        expires: londonDate.optional(),
        shown: z.string().trim().min(1).max(80).optional(),
        oidc: z.string().trim().min(1).max(255).optional(),
      }),
      run: async ({ db, actor, zone, secret, addDetail }, { expires, shown, oidc, ...given }) => {
        const { name, role } = given;
        const hash = oidc === undefined ? await hashFor(name, secret ?? "") : null;
        addDetail({ account: name, role });
        const now = Date.now();
        const expiresAt = expiryOf(zone, expires ?? null);
        const fields = { ...given, shownName: shown, oidcName: oidc, expiresAt };
        const account = await db.transaction(actor, async (tx) => {
          const made = await addAccount(tx, { ...fields, evenAlike: true, now });
          return hash === null ? made : withPassword(tx, made, hash);
        });
        const text = [`${account.name} can sign in as ${account.role}.`];
        return { json: describe(account, zone), text };
      },
    }),
    list: action({
      audit: note(accountActs.list, "consultation"),
      run: async ({ db, actor, zone }) => {
        const rows = await db.transaction(actor, listAccounts);
        const accounts = rows.map((row) => describe(row, zone));
        const text = table(accounts, {
          name: ({ name }) => name,
          role: ({ role, partner, neighbour }) =>
            [role, partner ?? neighbour].filter(Boolean).join(" "),
          "signs in by": ({ signsInBy }) => signsInBy,
          state: ({ state }) => state,
        });
        const none = 'No accounts yet: "boxster user add NAME --role admin".';
        return { json: { accounts }, text: accounts.length > 0 ? text : [none] };
      },
    }),
    disable: onAccount(accountActs.disable, (act, name) => disable(act, name, true)),
    enable: onAccount(accountActs.enable, (act, name) => disable(act, name, false)),
    confirm: onAccount(accountActs.confirm, (act, name) => decideAll(act, name, "confirmed")),
    refuse: onAccount(accountActs.refuse, (act, name) => decideAll(act, name, "refused")),
    password: {
      ...onAccount(accountActs.password, changePassword),
      takes: "NAME [--password-stdin]",
      secret: password,
    },
    "set-up": onAccount(accountActs.oneTimeSecret, setUp),
    "clear-second-factor": onAccount(accountActs.clearSecondFactor, clearSecondFactor),
    /** Off is set on the Accounts screen, where an administrator sees that a provider is there. */
    passwords: action({
      takes: "on",
      audit: note(accountActs.signInBy),
      reads: z.object({ on: z.literal("on") }),
      run: async ({ db, actor, addDetail }) => {
        addDetail({ localPasswords: true });
        await db.transaction(actor, (tx) => writeSetting(tx, localPasswordsKey, true));
        const text = ["People can sign in with a password again."];
        return { json: { localPasswords: true }, text };
      },
    }),
  },
};

/** Worked out before the transaction that stores it: a hash takes its time. */
async function hashFor(name: string, password: string): Promise<string> {
  await refuseUnfit(password, name);
  return hashPassword(password);
}

async function withPassword(tx: Transaction, account: AccountRow, hash: string) {
  const now = Date.now();
  const allowed = await withPasswordAllowed(tx, account, now);
  await tx.through("gate", (gate) => setPasswordHash(gate, { id: account.id, hash, now }));
  return { ...allowed, hasPassword: true };
}

function changeNamed<Value>(
  { db, actor, addDetail }: CommandAct,
  name: string,
  work: (tx: Transaction, account: AccountRow) => Promise<Value>,
): Promise<Value> {
  addDetail({ account: name });
  return db.transaction(actor, async (tx) => work(tx, await accountOrRefuse(tx, { name })));
}

async function disable(act: CommandAct, name: string, isDisabled: boolean): Promise<CommandResult> {
  const account = await changeNamed(act, name, (tx, found) =>
    changeAccount(tx, found, { isDisabled }, Date.now()),
  );
  const text = isDisabled
    ? `${account.name} can no longer sign in, and is signed out everywhere.`
    : `${account.name} can sign in again.`;
  return { json: describe(account, act.zone), text: [text] };
}

/** For a team of one: whoever holds the host can read everything anyway. */
async function decideAll(
  act: CommandAct,
  name: string,
  word: "confirmed" | "refused",
): Promise<CommandResult> {
  const json = await changeNamed(act, name, async (tx) => {
    const ids = await waitingOpenings(tx, name);
    // Inside the act: the chain must not record what did not happen.
    if (ids.length === 0) {
      throw new Problem(409, "Nothing to confirm.", `Nothing to confirm for ${name}.`);
    }
    for (const id of ids) await decide(tx, { id, word, now: Date.now() });
    return { name, word, count: ids.length };
  });
  const done = word === "confirmed" ? "Confirmed" : "Refused";
  return { json, text: [`${done} for ${json.name}: ${json.count}.`] };
}

async function changePassword(act: CommandAct, name: string): Promise<CommandResult> {
  act.addDetail({ account: name });
  const hash = await hashFor(name, act.secret ?? "");
  const account = await changeNamed(act, name, (tx, found) => withPassword(tx, found, hash));
  const text = [`${name} has a new password, and is signed out everywhere.`];
  return { json: describe(account, act.zone), text };
}

async function setUp(act: CommandAct, name: string): Promise<CommandResult> {
  const json = await changeNamed(act, name, async (tx, found) => {
    const account = await withPasswordAllowed(tx, found, Date.now());
    const { secret, until } = await newSetUpSecret(tx, account, Date.now());
    return { name: account.name, secret, until: formatInstant(act.zone, until) };
  });
  const text = [
    `One-time secret for ${json.name}, shown once only: ${json.secret}`,
    `It can be used to set a first password until ${json.until}. The old password no longer works.`,
  ];
  return { json, text };
}

/** On a page this takes two people; an operator holds the database anyway. */
async function clearSecondFactor(act: CommandAct, name: string): Promise<CommandResult> {
  await changeNamed(act, name, async (tx, account) => {
    if (!account.hasSecondFactor) throw new CommandError(`${account.name} has no second factor.`);
    // All pending requests, by anyone.
    await tx.run(
      sql`delete from second_factor_clearing
        where account_id = ${account.id} and cleared_at is null`,
    );
    await insertClearing(tx, account.id);
    await clearThroughGate(tx, account.id);
  });
  const text = `The second factor of ${name} is reset. They are signed out everywhere and will be told.`;
  return { json: { name, cleared: true }, text: [text] };
}

function describe(account: AccountRow, zone: Zone) {
  const { name, shownName, role, partner, neighbour, expiresAt, disabledAt } = account;
  const lastDay = lastDayOf(zone, expiresAt);
  const isOver = expiresAt !== null && expiresAt <= Date.now();
  const inUse = lastDay === null ? "in use" : `in use until ${lastDay}`;
  const state = disabledAt !== null ? "disabled" : isOver ? "expired" : inUse;
  const signsInBy = waysOf(account).join(", ") || "nothing yet";
  return { name, shownName, role, partner, neighbour, signsInBy, lastDay, state };
}

function waysOf({ hasPassword, phones, oidcName, isBound, setupUntil }: AccountRow): string[] {
  const ways = [
    hasPassword ? "password" : null,
    phones === 0 ? null : `PIN (${phones})`,
    oidcName === null ? null : `provider${isBound ? "" : " (not yet)"}`,
    setupUntil === null ? null : "first password not set yet",
  ];
  return ways.filter((way) => way !== null);
}
