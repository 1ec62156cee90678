import { readFile, stat } from "node:fs/promises";
import type { AuditVerb } from "#core/audit.ts";
import { totalsTemplate } from "#core/neighbours/totals-file.ts";
import { agreementBody, type ExchangeReply } from "#core/neighbours/wire.ts";
import { runAudited } from "#server/accounts/audit/audited.ts";
import {
  type Command,
  type CommandContext,
  CommandError,
  type CommandResult,
  faultyOption,
  operatorAct,
  type ParsedArguments,
  UsageError,
} from "#server/cli/command.ts";
import {
  agreementOrRefuse,
  agreementReply,
  enterAgreement,
} from "#server/neighbours/agreements.ts";
import { readExchange } from "#server/neighbours/exchange.ts";
import { agreedTotals, giveTotals } from "#server/neighbours/totals.ts";

/** What is agreed with a neighbouring command, and totals that came by other ways than its liaison. */
export const neighbourCommand: Command = {
  name: "neighbour",
  usage:
    "neighbour agree --neighbour NAME --reference R --contact ROLE --outreach ROLE --quarters 2021-Q1,2022-Q4 --starts DATE --expires DATE | list | template --neighbour NAME | totals FILE --neighbour NAME",
  summary: "Manage agreements with neighbouring commands and the totals they send",
  options: {
    neighbour: { type: "string", summary: "Name of the neighbour" },
    reference: { type: "string", summary: "The agreement's own reference" },
    contact: { type: "string", summary: "Contact role there; not a name" },
    outreach: { type: "string", summary: "Role at their outreach to tell first about an alert" },
    quarters: { type: "string", summary: "First and last quarter of the exchange" },
    starts: { type: "string", summary: "First day of the agreement" },
    expires: { type: "string", summary: "Last day of the agreement" },
  },
  positionals: [1, 2],
  files: [1],
  audit: { none: "each subcommand writes its own audit line" },
  moreHelp: () => [
    "agree adds a new agreement each time. The latest that has started applies, so an earlier last day ends it.",
    "template prints the file for a neighbour to fill in. totals imports a completed one, all or nothing.",
  ],
  run: (context, args) => {
    const [name = ""] = args.positionals;
    const word = Object.hasOwn(words, name) ? words[name] : undefined;
    if (!word) throw new UsageError(`"${name}" is none of ${Object.keys(words).join(", ")}.`);
    if ((args.positionals.length === 2) !== (name === "totals")) {
      throw new UsageError(name === "totals" ? "Give FILE." : `${name} takes no file.`);
    }
    const { verb, act, run } = word;
    const audit = { verb, act, purpose: "assessment" } as const;
    return runAudited({ ...neighbourCommand, audit, run }, context, args);
  },
};

interface NeighbourWord extends Pick<Command, "run"> {
  readonly verb: AuditVerb;
  readonly act: string;
}

/** What can be done, each with its own line in the audit chain. */
const words: Readonly<Record<string, NeighbourWord>> = {
  agree: { verb: "alteration", act: "enter an agreement with a neighbour", run: enter },
  list: { verb: "consultation", act: "read the exchange with neighbours", run: list },
  template: { verb: "disclosure", act: "make the form of a neighbour's totals", run: template },
  totals: { verb: "collection", act: "give totals of a neighbour", run: totals },
};

async function enter(context: CommandContext, args: ParsedArguments): Promise<CommandResult> {
  const made = await enterAgreement(operatorAct(context), bodyOf(args));
  const { neighbour, reference, expiresOn } = made;
  return {
    json: { neighbour, agreement: agreementReply(made, context.asAt.date()) },
    text: [`Agreement ${reference} with ${neighbour} added, until ${expiresOn}.`],
  };
}

function bodyOf({ values }: ParsedArguments) {
  const [firstQuarter, lastQuarter, ...more] = String(values["quarters"] ?? "").split(",");
  const named = {
    neighbour: values["neighbour"],
    reference: values["reference"],
    contactRole: values["contact"],
    outreachContact: values["outreach"],
    firstQuarter: more.length === 0 ? firstQuarter : undefined,
    lastQuarter,
    startsOn: values["starts"],
    expiresOn: values["expires"],
  };
  const parsed = agreementBody.safeParse(named);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => ({
    ...issue,
    path: [optionOf[String(issue.path[0])] ?? String(issue.path[0])],
  }));
  throw new UsageError(faultyOption(values, issues));
}

/** What a field of the agreement is called on the command line. */
const optionOf: Readonly<Record<string, string>> = {
  contactRole: "contact",
  outreachContact: "outreach",
  firstQuarter: "quarters",
  lastQuarter: "quarters",
  startsOn: "starts",
  expiresOn: "expires",
};

async function list(context: CommandContext): Promise<CommandResult> {
  const reply = await readExchange(operatorAct(context));
  return { json: reply, text: reply.neighbours.map(lineOf) };
}

function lineOf({ neighbour, state, agreement, totals }: ExchangeReply["neighbours"][number]) {
  const what = agreement === null ? "no agreement" : `${agreement.reference}, ${state}`;
  const until = agreement === null ? "" : ` to ${agreement.expiresOn}`;
  return `${neighbour.padEnd(18)}  ${what}${until}; totals of ${totals.length} quarters received`;
}

async function template(context: CommandContext, args: ParsedArguments): Promise<CommandResult> {
  const { db, actor, asAt, addDetail } = operatorAct(context);
  const neighbour = neighbourOf(args);
  const agreed = await db.transaction(actor, async (tx) => {
    const agreement = await agreementOrRefuse(tx, neighbour, asAt.date());
    addDetail({ agreement: agreement.id });
    return agreedTotals(agreement, asAt.date());
  });
  const file = totalsTemplate(agreed);
  return { json: { neighbour, file }, text: file.trimEnd().split("\r\n") };
}

async function totals(context: CommandContext, args: ParsedArguments): Promise<CommandResult> {
  const neighbour = neighbourOf(args);
  const file = await readText(args.positionals[1] ?? "");
  const reply = await giveTotals(operatorAct(context), neighbour, { file });
  return {
    json: { neighbour, ...reply },
    text: [`${reply.taken} totals of ${neighbour} taken, ${reply.unchanged} unchanged.`],
  };
}

function neighbourOf({ values }: ParsedArguments): string {
  const name = values["neighbour"];
  if (typeof name === "string" && name.trim() !== "") return name.trim();
  throw new UsageError("Give --neighbour.");
}

const mostBytes = 60_000;

async function readText(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > mostBytes) throw new CommandError(`${path} is larger than the template can be.`);
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await readFile(path));
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    const isText = !(cause instanceof TypeError);
    const why = isText ? "cannot be read" : "is not UTF-8 text";
    throw new CommandError(`${path} ${why}.`, { cause });
  }
}
