import { type AssessmentReply, displacementQuery } from "#core/displacement/wire/displacement.ts";
import { harmSourceLine } from "#core/records/harm.ts";
import {
  type Command,
  operatorAct,
  type ParsedArguments,
  UsageError,
} from "#server/cli/command.ts";
import { assess } from "#server/displacement/assess.ts";

const usage = "--operation NAME | --area NAME --start DATE";

export const displacementCommand: Command = {
  name: "displacement",
  usage: `displacement ${usage} [--before DAYS] [--after DAYS] [--harm VERSION]`,
  summary: "Test whether reports fell in a treated area and rose at its boundaries",
  options: {
    operation: { type: "string", summary: "a stored operation, such as boxster-2021" },
    area: { type: "string", summary: "a borough or neighbourhood instead, with --start" },
    start: { type: "string", summary: "first day of the response, YYYY-MM-DD" },
    before: { type: "string", summary: "days before the start (default: as many as after it)" },
    after: { type: "string", summary: "days after the start (default: up to the as-at date)" },
    harm: {
      type: "string",
      summary: "a saved version of the harm weights, such as v3 (default: all equal)",
    },
  },
  positionals: [0, 0],
  audit: { verb: "consultation", act: "assess displacement", purpose: "assessment" },
  run: async (context, args) => {
    const { reply } = await assess(operatorAct(context), readQuestion(args));
    return { json: reply, text: lines(reply) };
  },
};

function readQuestion({ values }: ParsedArguments) {
  const parsed = displacementQuery.safeParse(values);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const option = issue?.path.map(String).join(".") ?? "";
    throw new UsageError(`--${option}: ${issue?.message ?? "not valid"}.`);
  }
  const { operation, area, start } = parsed.data;
  const isOperation = operation !== undefined && area === undefined && start === undefined;
  const isArea = operation === undefined && area !== undefined && start !== undefined;
  if (!isOperation && !isArea) throw new UsageError(`Give ${usage}.`);
  return parsed.data;
}

function lines(reply: AssessmentReply): string[] {
  const { before, after, operation } = reply;
  const told = reply.edges.filter((edge) => edge.verdict !== "cannot_tell");
  const untold = reply.edges.filter((edge) => edge.verdict === "cannot_tell");
  return [
    `${operation.name}: ${after.from} to ${after.to} against ${before.from} to ${before.to}, reported events, ${reply.studyArea}.`,
    ...(reply.banner === null ? [] : [reply.banner]),
    ...[reply.overall, reply.treatedArea, reply.rings, ...told, ...untold].map(
      (row) => row.sentence,
    ),
    ...reply.edges.flatMap(({ received }) => (received ? [received.sentence] : [])),
    ...reply.phases.map((phase) => phase.sentence),
    ...(reply.harm?.rows ?? []).map((row) => row.sentence),
    ...(reply.harm ? [harmSourceLine(reply.harm.table)] : []),
    reply.controlCheck.sentence,
    reply.quotient.sentence,
    ...reply.notes,
    "",
    ...reply.method,
  ];
}
