import { z } from "zod";
import { accountActs } from "#core/accounts/account-acts.ts";
import { foldAccountName } from "#core/accounts/account-name.ts";
import { roles } from "#core/role.ts";
import { londonDate } from "#core/text/london-date.ts";
import { formatInstant } from "#core/time/zone.ts";
import { localPasswordsKey } from "#server/accounts/account-settings.ts";
import { runAudited } from "#server/accounts/audit/audited.ts";
import { passwordStdinOption } from "#server/accounts/commands/password.ts";
import {
  accountOrRefuse,
  addAccount,
  changeAccount,
  clearThroughGate,
  expiryOf,
  hashForAccount,
  lastDayOf,
  newSetUpSecret,
  storePassword,
  withPasswordAllowed,
} from "#server/accounts/manage-accounts.ts";
import { type AccountRow, listAccounts } from "#server/accounts/queries/accounts.ts";
import { decide, insertClearing, waitingOpenings } from "#server/accounts/second-person.ts";
import {
  type Command,
  type CommandContext,
  CommandError,
  type CommandResult,
  operatorAct,
  type ParsedArguments,
  UsageError,
} from "#server/cli/command.ts";
import type { Transaction } from "#server/db/database.ts";
import { writeSetting } from "#server/db/settings.ts";
import { sql } from "#server/db/sql.ts";
import { Problem } from "#server/problem.ts";

/**
 * Accounts from the machine itself: how the first administrator comes in, and the way out where
 * nobody can sign in any more. Also where passwords are switched off.
 */
export const userCommand: Command = {
  name: "user",
  usage:
    "user add NAME --role ROLE [--partner CODE] [--neighbour NAME] [--expires DATE] [--oidc SUBJECT] | list | disable NAME | enable NAME | confirm NAME | refuse NAME | password NAME | set-up NAME | clear-second-factor NAME | passwords on",
  summary: "Manage accounts",
  options: {
    role: { type: "string", summary: `Role: ${roles.join(", ")}` },
    partner: { type: "string", summary: "Name or code of the partner, for the role partner" },
    neighbour: { type: "string", summary: "Name of the neighbour, for the role liaison" },
    expires: { type: "string", summary: "Last day the account can be used" },
    shown: { type: "string", summary: "Name shown on screen" },
    oidc: {
      type: "string",
      summary:
        "The person's name or subject at the identity provider; no password is asked for then",
    },
    ...passwordStdinOption,
  },
  positionals: [1, 2],
  audit: { none: "each subcommand writes its own audit line" },
  moreHelp: () => [
    "confirm and refuse answer for the second person what waits for NAME, when nobody else can. The partner's people are told.",
    "set-up prints a one-time secret for setting a first password.",
    "clear-second-factor lets the only administrator back in after losing phone, passkey and recovery codes. The owner is told.",
    '"passwords on" lets people in again when passwords are off and the identity provider is not responding.',
  ],
  needsPassword: ({ positionals, values }) =>
    positionals[0] === "password" || (positionals[0] === "add" && values["oidc"] === undefined),
  run: (context, args) => {
    const [name = ""] = args.positionals;
    const word = Object.hasOwn(words, name) ? words[name] : undefined;
    if (!word) throw new UsageError(`"${name}" is none of ${Object.keys(words).join(", ")}.`);
    if ((args.positionals.length === 1) !== (name === "list")) {
      throw new UsageError(name === "list" ? "list takes no name." : "Give NAME.");
    }
    const { verb, act, run } = word;
    const audit = { verb, act, purpose: "administration" } as const;
    return runAudited({ ...userCommand, audit, run }, context, args);
  },
};

type UserWord = Pick<Command, "run"> & {
  readonly verb: "alteration" | "consultation";
  readonly act: string;
};

const alters = (act: string, run: UserWord["run"]): UserWord => ({ verb: "alteration", act, run });

/** What can be done, each with its own line in the audit chain. */
const words: Readonly<Record<string, UserWord>> = {
  add: alters(accountActs.add, add),
  list: { verb: "consultation", act: accountActs.list, run: list },
  disable: alters(accountActs.disable, (context, args) => disable(context, args, true)),
  enable: alters(accountActs.enable, (context, args) => disable(context, args, false)),
  confirm: alters(accountActs.confirm, (context, args) => decideAll(context, args, "confirmed")),
  refuse: alters(accountActs.refuse, (context, args) => decideAll(context, args, "refused")),
  password: alters(accountActs.password, password),
  "set-up": alters(accountActs.oneTimeSecret, setUp),
  passwords: alters(accountActs.signInBy, passwords),
  "clear-second-factor": alters(accountActs.clearSecondFactor, clearSecondFactor),
};

const addOptions = z.object({
  role: z.enum(roles, { error: `--role is one of ${roles.join(", ")}` }),
  partner: z.string().optional(),
  neighbour: z.string().optional(),
  expires: londonDate.optional(),
  shown: z.string().trim().min(1).max(80).optional(),
  oidc: z.string().trim().min(1).max(255).optional(),
});

async function add(context: CommandContext, args: ParsedArguments): Promise<CommandResult> {
  const { db, actor, zone, secret, addDetail } = operatorAct(context);
  const options = addOptions.safeParse(args.values);
  if (!options.success) {
    const [issue] = options.error.issues;
    throw new UsageError(
      issue?.path[0] === "role" ? issue.message : `--${String(issue?.path[0])} is not understood.`,
    );
  }
  const { role, partner, neighbour, expires, shown: shownName, oidc: oidcName } = options.data;
  const name = nameOf(args);
  const hash = oidcName === undefined ? await hashForAccount(name, secret ?? "") : null;
  addDetail({ account: name, role });
  const now = Date.now();
  const expiresAt = expiryOf(zone, expires ?? null);
  const fields = { name, role, partner, neighbour, shownName, oidcName, expiresAt };
  const account = await db.transaction(actor, async (tx) => {
    const made = await addAccount(tx, { ...fields, evenAlike: true, now });
    return hash === null ? made : withPassword(tx, made, hash);
  });
  const text = [`${account.name} can sign in as ${account.role}.`];
  return { json: describe(account, zone), text };
}

async function withPassword(tx: Transaction, account: AccountRow, hash: string) {
  const allowed = await withPasswordAllowed(tx, account, Date.now());
  await storePassword(tx, allowed, hash, Date.now());
  return { ...allowed, hasPassword: true };
}

async function list(context: CommandContext): Promise<CommandResult> {
  const { db, actor, zone } = operatorAct(context);
  const accounts = (await db.transaction(actor, listAccounts)).map((row) => describe(row, zone));
  const text = accounts.map((one) =>
    [
      one.name.padEnd(24),
      [one.role, one.partner ?? one.neighbour].filter(Boolean).join(" ").padEnd(20),
      one.signsInBy.padEnd(20),
      one.state,
    ].join("  "),
  );
  return {
    json: { accounts },
    text: text.length > 0 ? text : ['No accounts yet: "boxster user add NAME --role admin".'],
  };
}

/** On the account that is named. */
function onAccount<Value>(
  context: CommandContext,
  args: ParsedArguments,
  work: (tx: Transaction, account: AccountRow) => Promise<Value>,
): Promise<Value> {
  const { db, actor, addDetail } = operatorAct(context);
  const name = nameOf(args);
  addDetail({ account: name });
  return db.transaction(actor, async (tx) => work(tx, await accountOrRefuse(tx, { name })));
}

async function disable(
  context: CommandContext,
  args: ParsedArguments,
  isDisabled: boolean,
): Promise<CommandResult> {
  const account = await onAccount(context, args, (tx, found) =>
    changeAccount(tx, found, { isDisabled }, Date.now()),
  );
  const text = isDisabled
    ? `${account.name} can no longer sign in, and is signed out everywhere.`
    : `${account.name} can sign in again.`;
  return { json: describe(account, context.zone), text: [text] };
}

/** For a team of one, or where everybody who could say it is out: whoever holds the host can read everything anyway. */
async function decideAll(
  context: CommandContext,
  args: ParsedArguments,
  word: "confirmed" | "refused",
): Promise<CommandResult> {
  const json = await onAccount(context, args, async (tx, { name }) => {
    const ids = await waitingOpenings(tx, name);
    // Inside: what did not happen must not stand in the chain as done.
    if (ids.length === 0) {
      throw new Problem(409, "Nothing to confirm.", `Nothing to confirm for ${name}.`);
    }
    for (const id of ids) await decide(tx, { id, word, now: Date.now() });
    return { name, word, count: ids.length };
  });
  const done = word === "confirmed" ? "Confirmed" : "Refused";
  return { json, text: [`${done} for ${json.name}: ${json.count}.`] };
}

async function password(context: CommandContext, args: ParsedArguments): Promise<CommandResult> {
  const name = nameOf(args);
  context.addDetail({ account: name });
  const hash = await hashForAccount(name, context.secret ?? "");
  const account = await onAccount(context, args, (tx, found) => withPassword(tx, found, hash));
  const text = [`${name} has a new password, and is signed out everywhere.`];
  return { json: describe(account, context.zone), text };
}

async function setUp(context: CommandContext, args: ParsedArguments): Promise<CommandResult> {
  const json = await onAccount(context, args, async (tx, found) => {
    const account = await withPasswordAllowed(tx, found, Date.now());
    const { secret, until } = await newSetUpSecret(tx, account, Date.now());
    return { name: account.name, secret, until: formatInstant(context.zone, until) };
  });
  const text = [
    `One-time secret for ${json.name}, shown once only: ${json.secret}`,
    `It can be used to set a first password until ${json.until}. The old password no longer works.`,
  ];
  return { json, text };
}

/** On a page it takes two people; whoever holds the machine holds the rows as well. */
async function clearSecondFactor(
  context: CommandContext,
  args: ParsedArguments,
): Promise<CommandResult> {
  const name = await onAccount(context, args, async (tx, account) => {
    if (!account.hasSecondFactor) throw new CommandError(`${account.name} has no second factor.`);
    // What is asked and not confirmed, by anybody.
    await tx.run(
      sql`delete from second_factor_clearing
        where account_id = ${account.id} and cleared_at is null`,
    );
    await insertClearing(tx, account.id);
    await clearThroughGate(tx, account.id);
    return account.name;
  });
  const text = `The second factor of ${name} is reset. They are signed out everywhere and will be told.`;
  return { json: { name, cleared: true }, text: [text] };
}

/** Off is set on the Accounts screen, where an administrator sees that a provider is there. */
async function passwords(
  context: CommandContext,
  { positionals }: ParsedArguments,
): Promise<CommandResult> {
  if (positionals[1] !== "on") throw new UsageError('Only "passwords on" can be given here.');
  const { db, actor, addDetail } = operatorAct(context);
  addDetail({ localPasswords: true });
  await db.transaction(actor, (tx) => writeSetting(tx, localPasswordsKey, true));
  return { json: { localPasswords: true }, text: ["People can sign in with a password again."] };
}

function nameOf({ positionals }: ParsedArguments): string {
  return foldAccountName(positionals[1] ?? "").slice(0, 64);
}

function describe(account: AccountRow, zone: CommandContext["zone"]) {
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
