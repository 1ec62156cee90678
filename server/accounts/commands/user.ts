import { z } from "zod";
import { accountActs } from "#core/accounts/account-acts.ts";
import { foldAccountName } from "#core/accounts/account-name.ts";
import { type Role, roles } from "#core/role.ts";
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
import { waitingOpenings } from "#server/accounts/queries/openings.ts";
import {
  insertClearing,
  withdrawClearing,
} from "#server/accounts/queries/second-factor-clearings.ts";
import { decide } from "#server/accounts/second-person.ts";
import {
  type Command,
  type CommandContext,
  CommandError,
  type CommandResult,
  operatorActor,
  type ParsedArguments,
  UsageError,
} from "#server/cli/command.ts";
import { writeSetting } from "#server/db/settings.ts";
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

async function add(
  { db, zone, operator, secret, addDetail }: CommandContext,
  args: ParsedArguments,
): Promise<CommandResult> {
  const options = addOptions.safeParse(args.values);
  if (!options.success) {
    const [issue] = options.error.issues;
    throw new UsageError(
      issue?.path[0] === "role" ? issue.message : `--${String(issue?.path[0])} is not understood.`,
    );
  }
  const { role, partner, neighbour, expires, shown, oidc } = options.data;
  const name = nameOf(args);
  const hash = oidc === undefined ? await hashForAccount(name, secret ?? "") : null;
  addDetail({ account: name, role });
  const now = Date.now();
  const account = await db.transaction(operatorActor(operator), async (tx) => {
    const made = await addAccount(tx, {
      evenAlike: true,
      name,
      role,
      partner: partner ?? null,
      neighbour: neighbour ?? null,
      shownName: shown ?? null,
      oidcName: oidc ?? null,
      expiresAt: expiryOf(zone, expires ?? null),
      now,
    });
    if (hash === null) return made;
    const allowed = await withPasswordAllowed(tx, made, now);
    await storePassword(tx, allowed, hash, now);
    return { ...allowed, hasPassword: true };
  });
  return {
    json: describe(account, zone),
    text: [`${account.name} can sign in as ${account.role}.`],
  };
}

async function list({ db, zone, operator }: CommandContext): Promise<CommandResult> {
  const rows = await db.transaction(operatorActor(operator), listAccounts);
  const accounts = rows.map((row) => describe(row, zone));
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

async function disable(
  { db, zone, operator, addDetail }: CommandContext,
  args: ParsedArguments,
  isDisabled: boolean,
): Promise<CommandResult> {
  const name = nameOf(args);
  addDetail({ account: name });
  const account = await db.transaction(operatorActor(operator), async (tx) =>
    changeAccount(tx, await accountOrRefuse(tx, { name }), { isDisabled }, Date.now()),
  );
  return {
    json: describe(account, zone),
    text: [
      isDisabled
        ? `${name} can no longer sign in, and is signed out everywhere.`
        : `${name} can sign in again.`,
    ],
  };
}

/** For a team of one, or where everybody who could say it is out: whoever holds the host can read everything anyway. */
async function decideAll(
  { db, operator, addDetail }: CommandContext,
  args: ParsedArguments,
  word: "confirmed" | "refused",
): Promise<CommandResult> {
  const name = nameOf(args);
  addDetail({ account: name });
  const count = await db.transaction(operatorActor(operator), async (tx) => {
    await accountOrRefuse(tx, { name });
    const ids = await waitingOpenings(tx, name);
    // Inside: what did not happen must not stand in the chain as done.
    if (ids.length === 0) {
      throw new Problem(409, "Nothing to confirm.", `Nothing to confirm for ${name}.`);
    }
    for (const id of ids) await decide(tx, { id, word, now: Date.now() });
    return ids.length;
  });
  return {
    json: { name, word, count },
    text: [`${word === "confirmed" ? "Confirmed" : "Refused"} for ${name}: ${count}.`],
  };
}

async function password(
  { db, zone, operator, secret, addDetail }: CommandContext,
  args: ParsedArguments,
): Promise<CommandResult> {
  const name = nameOf(args);
  addDetail({ account: name });
  const hash = await hashForAccount(name, secret ?? "");
  const account = await db.transaction(operatorActor(operator), async (tx) => {
    const found = await withPasswordAllowed(tx, await accountOrRefuse(tx, { name }), Date.now());
    await storePassword(tx, found, hash, Date.now());
    return { ...found, hasPassword: true };
  });
  return {
    json: describe(account, zone),
    text: [`${name} has a new password, and is signed out everywhere.`],
  };
}

async function setUp(
  { db, zone, operator, addDetail }: CommandContext,
  args: ParsedArguments,
): Promise<CommandResult> {
  const name = nameOf(args);
  addDetail({ account: name });
  const issued = await db.transaction(operatorActor(operator), async (tx) => {
    const now = Date.now();
    const account = await withPasswordAllowed(tx, await accountOrRefuse(tx, { name }), now);
    return newSetUpSecret(tx, account, now);
  });
  const until = formatInstant(zone, issued.until);
  return {
    json: { name, secret: issued.secret, until },
    text: [
      `One-time secret for ${name}, shown once only: ${issued.secret}`,
      `It can be used to set a first password until ${until}. The old password no longer works.`,
    ],
  };
}

/** On a page it takes two people; whoever holds the machine holds the rows as well. */
async function clearSecondFactor(
  { db, operator, addDetail }: CommandContext,
  args: ParsedArguments,
): Promise<CommandResult> {
  const name = nameOf(args);
  addDetail({ account: name });
  await db.transaction(operatorActor(operator), async (tx) => {
    const account = await accountOrRefuse(tx, { name });
    if (!account.hasSecondFactor) throw new CommandError(`${name} has no second factor.`);
    await withdrawClearing(tx, account.id);
    await insertClearing(tx, account.id);
    await clearThroughGate(tx, account.id);
  });
  return {
    json: { name, cleared: true },
    text: [
      `The second factor of ${name} is reset. They are signed out everywhere and will be told.`,
    ],
  };
}

/** Off is set on the Accounts screen, where an administrator sees that a provider is there. */
async function passwords(
  { db, operator, addDetail }: CommandContext,
  { positionals }: ParsedArguments,
): Promise<CommandResult> {
  if (positionals[1] !== "on") throw new UsageError('Only "passwords on" can be given here.');
  addDetail({ localPasswords: true });
  await db.transaction(operatorActor(operator), (tx) => writeSetting(tx, localPasswordsKey, true));
  return { json: { localPasswords: true }, text: ["People can sign in with a password again."] };
}

function nameOf({ positionals }: ParsedArguments): string {
  return foldAccountName(positionals[1] ?? "").slice(0, 64);
}

function describe(account: AccountRow, zone: CommandContext["zone"]) {
  const lastDay = lastDayOf(zone, account.expiresAt);
  const isOver = account.expiresAt !== null && account.expiresAt <= Date.now();
  const open = lastDay === null ? "in use" : `in use until ${lastDay}`;
  return {
    name: account.name,
    shownName: account.shownName,
    role: account.role satisfies Role,
    partner: account.partner,
    neighbour: account.neighbour,
    signsInBy: signsInBy(account),
    lastDay,
    state: account.disabledAt !== null ? "disabled" : isOver ? "expired" : open,
  };
}

function signsInBy({ hasPassword, phones, oidcName, isBound, setupUntil }: AccountRow): string {
  const ways = [
    hasPassword ? "password" : null,
    phones === 0 ? null : `PIN (${phones})`,
    oidcName === null ? null : `provider${isBound ? "" : " (not yet)"}`,
    setupUntil === null ? null : "first password not set yet",
  ];
  return ways.filter((way) => way !== null).join(", ") || "nothing yet";
}
