import { objectionHours } from "#core/releases/waiting.ts";
import type { ReleaseCommitment } from "#core/releases/wire/release.ts";
import type { ReleaseContent } from "#core/releases/wire/releases.ts";
import { formatDate } from "#core/time/words.ts";
import { formatInstant } from "#core/time/zone.ts";
import {
  type Command,
  type CommandContext,
  CommandError,
  type CommandResult,
  operatorAct,
  type ParsedArguments,
  UsageError,
} from "#server/cli/command.ts";
import { textOption } from "#server/displacement/commands/operation-options.ts";
import { checkReleases } from "#server/releases/check.ts";
import {
  approveRelease,
  discardDraft,
  objectToDraft,
  takeObjectionBack,
  withdrawRelease,
} from "#server/releases/decide.ts";
import { draftRelease } from "#server/releases/draft.ts";
import { readDraft, readReleases } from "#server/releases/list.ts";
import { publicRelease } from "#server/releases/serve.ts";

const usage =
  "release list | create [--from MONTH --to MONTH] | check | approve DRAFT [--hash HASH] | object DRAFT --reason WORDS | take-back DRAFT | discard DRAFT | withdraw NUMBER --notice WORDS | export ID";

type Act = (context: CommandContext, args: ParsedArguments) => Promise<CommandResult>;

/** Public figures: drafted, held, approved by a second person, withdrawn, and written out. */
export const releaseCommand: Command = {
  name: "release",
  usage,
  summary: "Public figures: draft, check, approve, hold, withdraw and export them",
  options: {
    from: { type: "string", summary: "first month, YYYY-MM (default: a year before the last)" },
    to: { type: "string", summary: "last month, YYYY-MM (default: the latest that can be public)" },
    commitment: {
      type: "string",
      multiple: true,
      summary: "with create: SAID|DID|NEXT|DATE, once for each",
    },
    reason: { type: "string", summary: "with object: why; never published" },
    hash: {
      type: "string",
      summary: "with approve: of the draft that was read, as export DRAFT gives it",
    },
    notice: { type: "string", summary: "with withdraw: what stands in its place, for everyone" },
  },
  positionals: [1, 2],
  audit: { verb: "consultation", act: "list releases", purpose: "public_information" },
  run: async (context, args) => {
    const act = acts[args.positionals[0] ?? ""];
    if (act === undefined) throw new UsageError(`"${args.positionals.join(" ")}": ${usage}.`);
    return act(context, args);
  },
};

const acts: Readonly<Record<string, Act>> = {
  list: async (context) => {
    const reply = await readReleases(operatorAct(context));
    return {
      json: reply,
      text: [
        ...reply.drafts.map(
          ({ id, draftedOn, approvableFrom, months, objections, isStale }) =>
            `draft-${id}: ${months[0]} to ${months.at(-1)}, drafted on ${formatDate(draftedOn)}${approvableFrom === null ? "" : `, can be approved from ${formatInstant(context.zone, Date.parse(approvableFrom))}`}${objections.length > 0 ? ", held by an objection" : ""}${isStale ? ", older than the latest release" : ""}`,
        ),
        ...reply.releases.map(
          ({ number, from, to, approvedOn, hash, withdrawn }) =>
            `release-${number}: ${from} to ${to}, approved on ${formatDate(approvedOn)}, ${hash.slice(0, 12)}${withdrawn === null ? "" : `, withdrawn: ${withdrawn.notice}`}`,
        ),
      ],
    };
  },
  create: async (context, { values }) => {
    context.restate({ verb: "combination", act: "draft a release" });
    const { id, content } = await draftRelease(operatorAct(context), {
      from: textOption(values, "from"),
      to: textOption(values, "to"),
      commitments: readCommitmentOptions(values["commitment"]),
    });
    return {
      json: { ...draftDocument(id, content), draft: id },
      text: [
        `Draft ${id} created: ${content.months[0]} to ${content.months.at(-1)}. A second person must approve it${context.asAt.demo ? "" : `, in ${objectionHours / 24} days at the earliest, after partners have read it`}.`,
      ],
    };
  },
  check: async (context) => {
    context.restate({ act: "check the releases", purpose: "oversight" });
    const reply = await checkReleases(context);
    const text = reply.ok ? [soundWords(reply.releases)] : reply.faults;
    return { json: reply, text, exit: reply.ok ? 0 : 1 };
  },
  approve: async (context, args) => {
    context.restate({ verb: "disclosure", act: "approve a release" });
    const draftId = draftNumber(args);
    const contentHash = textOption(args.values, "hash") ?? null;
    const made = await approveRelease(operatorAct(context), draftId, contentHash);
    return {
      json: { id: `release-${made.number}`, ...made },
      text: [`Draft ${draftId} is release ${made.number}, ${made.hash}.`],
    };
  },
  object: async (context, args) => {
    context.restate({ verb: "alteration", act: "object to a release" });
    const draftId = draftNumber(args);
    const reason = textOption(args.values, "reason");
    if (reason === undefined) throw new UsageError("Give a reason: --reason WORDS.");
    await objectToDraft(operatorAct(context), draftId, reason);
    return { json: { draft: draftId, held: true }, text: [`Draft ${draftId} is held.`] };
  },
  "take-back": async (context, args) => {
    context.restate({ verb: "alteration", act: "withdraw an objection to a release" });
    const draftId = draftNumber(args);
    await takeObjectionBack(operatorAct(context), draftId);
    return { json: { draft: draftId }, text: [`Your objection to draft ${draftId} is withdrawn.`] };
  },
  discard: async (context, args) => {
    context.restate({ verb: "alteration", act: "discard a draft of a release" });
    const draftId = draftNumber(args);
    await discardDraft(operatorAct(context), draftId);
    return { json: { draft: draftId }, text: [`Draft ${draftId} is discarded.`] };
  },
  withdraw: async (context, args) => {
    context.restate({ verb: "alteration", act: "withdraw a release" });
    const { kind, number } = releaseIdOf(args.positionals[1], "release");
    if (kind === "draft") throw new UsageError("Drafts are discarded, not withdrawn.");
    const notice = textOption(args.values, "notice");
    if (notice === undefined) throw new UsageError("Give the public notice: --notice WORDS.");
    await withdrawRelease(operatorAct(context), number, notice);
    return { json: { number, notice }, text: [`Release ${number} is withdrawn.`] };
  },
  export: async (context, args) => {
    context.restate({ verb: "disclosure", act: "export a release" });
    const { kind, number } = releaseIdOf(args.positionals[1], "release");
    if (kind === "release") {
      context.addDetail({ release: number });
      const { release, ...approval } = await publicRelease(context.db, number);
      return exported({
        ...release,
        ...approval,
        state: approval.withdrawn ? "withdrawn" : "approved",
      });
    }
    const { draft, content } = await readDraft(operatorAct(context), number);
    const { json, text } = exported(draftDocument(number, content));
    return { json: { ...json, hash: draft.contentHash }, text: [...text, draft.contentHash] };
  },
};

function soundWords(releases: number): string {
  if (releases === 0) return "No releases yet.";
  return releases === 1
    ? "The only release is unchanged since approval and reveals nothing more."
    : `All ${releases} releases are unchanged since approval, and together reveal nothing more.`;
}

function draftDocument(id: number, content: ReleaseContent) {
  return { id: `draft-${id}`, ...content, state: "draft" };
}

/** For a person the notes and how much there is; the figures themselves with --json. */
function exported(
  document: Pick<ReleaseContent, "months" | "values" | "notes"> & {
    readonly id: string;
    readonly state: string;
  },
) {
  const { id, months, values, notes } = document;
  const shown = values.filter(({ count }) => count !== null).length;
  return {
    json: document,
    text: [
      `${id}: ${months[0]} to ${months.at(-1)}, ${shown} of ${values.length} figures shown. --json writes them all.`,
      ...notes,
    ],
  };
}

function draftNumber({ positionals }: ParsedArguments): number {
  const { kind, number } = releaseIdOf(positionals[1], "draft");
  if (kind === "draft") return number;
  throw new CommandError(
    `"${positionals[1]}" is already a release. For drafts: boxster release list.`,
  );
}

/** "release-3", "draft-3", or a number by itself, which is one of the kind that the command works on. */
function releaseIdOf(
  word: string | undefined,
  usual: "release" | "draft",
): { readonly kind: "release" | "draft"; readonly number: number } {
  const read = /^(?:(release|draft)-)?([1-9]\d{0,8})$/u.exec(word ?? "");
  if (read === null) {
    throw new UsageError(`"${word ?? ""}" names no ${usual}: give its number, or ${usual}-1.`);
  }
  const kind = read[1] === "draft" || read[1] === "release" ? read[1] : usual;
  return { kind, number: Number(read[2]) };
}

/** "You said|we did|next|2022-01-31", once for each. */
function readCommitmentOptions(value: ParsedArguments["values"][string]): ReleaseCommitment[] {
  const lines = Array.isArray(value) ? value.map(String) : typeof value === "string" ? [value] : [];
  return lines.map((line) => {
    const [said, did, next, by, ...rest] = line.split("|");
    const isWhole =
      said !== undefined && did !== undefined && next !== undefined && by !== undefined;
    if (!isWhole || rest.length > 0 || !/^\d{4}-\d{2}-\d{2}$/u.test(by.trim())) {
      throw new UsageError(`--commitment "${line.slice(0, 60)}": give SAID|DID|NEXT|DATE.`);
    }
    return { said, did, next, by: by.trim() };
  });
}
