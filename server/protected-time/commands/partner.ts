import { accountActs } from "#core/accounts/account-acts.ts";
import { foldAccountName } from "#core/accounts/account-name.ts";
import { newPartnerBody } from "#core/accounts/wire/accounts.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { phoneNumber } from "#core/text/phone-number.ts";
import { formatInstant } from "#core/time/zone.ts";
import { policeContactKey } from "#server/accounts/account-settings.ts";
import { runAudited } from "#server/accounts/audit/audited.ts";
import { deleteDevicesOfAccount } from "#server/accounts/device-account.ts";
import { accountOrRefuse, addAccount } from "#server/accounts/manage-accounts.ts";
import { type AccountRow, findAccount } from "#server/accounts/queries/accounts.ts";
import { lockCredentials } from "#server/accounts/queries/credentials.ts";
import { issueDeviceLink, linkLivesMs, linkOf } from "#server/accounts/spoken-secret.ts";
import {
  type Command,
  type CommandContext,
  type CommandResult,
  operatorActor,
  type ParsedArguments,
  UsageError,
} from "#server/cli/command.ts";
import type { Transaction } from "#server/db/database.ts";
import { writeSetting } from "#server/db/settings.ts";
import { addedWords, addPartner } from "#server/protected-time/partners.ts";

type PartnerWord = Pick<Command, "run"> & { readonly act: string };

/** What can be done, each with its own line in the audit chain. */
const words: Readonly<Record<string, PartnerWord>> = {
  add: { act: "add an outreach partner", run: add },
  link: { act: accountActs.deviceLink, run: link },
  "take-away": { act: accountActs.takeDevice, run: takeAway },
  contact: { act: accountActs.policeContact, run: contact },
};

/** For an outreach organisation that types its times in; one that sends a calendar comes with it. */
export const partnerCommand: Command = {
  name: "partner",
  usage: "partner add NAME | link ACCOUNT [--partner NAME] | take-away ACCOUNT | contact NUMBER",
  summary: "Add an outreach partner, set up or remove its people's phones, set whom they phone",
  options: {
    partner: {
      type: "string",
      summary: "Name or code of the partner; adds the account if there is none",
    },
  },
  positionals: [2, 2],
  audit: { none: "each subcommand writes its own audit line" },
  moreHelp: () => [
    "link prints a one-time link that works for a day. Opened on the person's phone, it asks for a new PIN.",
    "take-away removes all phones of an account and any unused link.",
    "contact sets the number that partners phone until police confirm; contact none removes it.",
  ],
  run: (context, args) => {
    const [name = ""] = args.positionals;
    const word = Object.hasOwn(words, name) ? words[name] : undefined;
    if (!word) throw new UsageError(`"${name}" is none of ${Object.keys(words).join(", ")}.`);
    const { act, run } = word;
    const audit = { verb: "alteration", act, purpose: "administration" } as const;
    return runAudited({ ...partnerCommand, audit, run }, context, args);
  },
};

async function add(
  { db, asAt, operator, addDetail }: CommandContext,
  { positionals }: ParsedArguments,
): Promise<CommandResult> {
  const body = newPartnerBody.safeParse({ name: positionals[1] });
  if (!body.success) throw new UsageError(`NAME: ${body.error.issues[0]?.message ?? ""}.`);
  const { name } = body.data;
  const made = await db.transaction(operatorActor(operator), async (tx) => {
    const added = await addPartner(tx, { name, now: asAt.now(), evenAlike: true });
    addDetail({ partner: added.id });
    return added;
  });
  return { json: { code: made.code, name: made.name }, text: [addedWords(made.name)] };
}

async function link(
  { db, zone, config, operator, addDetail }: CommandContext,
  { positionals, values }: ParsedArguments,
): Promise<CommandResult> {
  const name = foldAccountName(positionals[1] ?? "").slice(0, 64);
  const partner = typeof values["partner"] === "string" ? values["partner"] : null;
  const now = Date.now();
  const made = await db.transaction(operatorActor(operator), async (tx) => {
    const account = await accountFor(tx, { name, partner, now });
    addDetail({ account: account.name });
    const wish = { by: operator, livesMs: linkLivesMs.sent, now };
    return tx.through("gate", async (gate) => {
      const locked = await lockCredentials(gate, account.id, now);
      return locked && issueDeviceLink(gate, locked, wish);
    });
  });
  if (made === null) throw new Error(`Account ${name} is gone within its own transaction`);
  const origin = config.origin ?? `http://${config.host}:${config.port}`;
  const until = formatInstant(zone, made.until);
  const address = linkOf(origin, made.secret);
  return {
    json: { account: name, link: address, secret: made.secret, until },
    text: [
      `Link for a phone of ${name}, shown once only: ${address}`,
      `It works once, until ${until}. Earlier links no longer work.`,
    ],
  };
}

/** With a partner named, one command is enough for somebody new. */
async function accountFor(
  tx: Transaction,
  wanted: { readonly name: string; readonly partner: string | null; readonly now: number },
): Promise<AccountRow> {
  const { name, partner, now } = wanted;
  const held = await findAccount(tx, { name });
  if (held !== null || partner === null) return held ?? accountOrRefuse(tx, { name });
  return addAccount(tx, { name, role: "partner", partner, now, evenAlike: true });
}

async function takeAway(
  { db, operator, addDetail }: CommandContext,
  { positionals }: ParsedArguments,
): Promise<CommandResult> {
  const name = foldAccountName(positionals[1] ?? "").slice(0, 64);
  const phones = await db.transaction(operatorActor(operator), async (tx) => {
    const account = await accountOrRefuse(tx, { name });
    const gone = await deleteDevicesOfAccount(tx, account.id);
    addDetail({ account: account.name, phones: gone });
    return gone;
  });
  const many = formatQuantity(phones, "phone is", "phones are");
  return { json: { account: name, phones }, text: [`${many} removed from ${name}.`] };
}

async function contact(
  { db, operator, addDetail }: CommandContext,
  { positionals }: ParsedArguments,
): Promise<CommandResult> {
  const [, typed = ""] = positionals;
  const read = phoneNumber.nullable().safeParse(typed === "none" ? null : typed);
  if (!read.success) throw new UsageError(`NUMBER: ${read.error.issues[0]?.message ?? ""}.`);
  const policeContact = read.data;
  addDetail({ policeContact: policeContact === null ? "removed" : "set" });
  await db.transaction(operatorActor(operator), (tx) =>
    writeSetting(tx, policeContactKey, policeContact),
  );
  const text =
    policeContact === null
      ? "Partners are shown no number to phone."
      : `Partners are shown ${policeContact} to phone.`;
  return { json: { policeContact }, text: [text] };
}
