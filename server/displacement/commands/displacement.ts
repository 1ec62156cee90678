import { type AssessmentReply, displacementQuery } from "#core/displacement/wire/displacement.ts";
import { harmSourceLine } from "#core/records/harm.ts";
import { linesOf } from "#core/text/lines.ts";
import { command } from "#server/cli/command.ts";
import { assess } from "#server/displacement/assess.ts";

const usage = "--operation NAME | --area NAME --start DATE";

export const displacementCommand = command({
  name: "displacement",
  takes: `${usage} [--before DAYS] [--after DAYS] [--harm VERSION]`,
  summary: "Test whether reports fell in a treated area and rose at its boundaries",
  options: {
    operation: "a stored operation, such as boxster-2021",
    area: "a borough or neighbourhood instead, with --start",
    start: "first day of the response, YYYY-MM-DD",
    before: "days before the start (default: as many as after it)",
    after: "days after the start (default: up to the as-at date)",
    harm: "a saved version of the harm weights, such as v3 (default: all equal)",
  },
  audit: { verb: "consultation", act: "assess displacement", purpose: "assessment" },
  reads: displacementQuery.refine(
    ({ operation, area, start }) =>
      operation === undefined ? area !== undefined && start !== undefined : !area && !start,
    `Give ${usage}.`,
  ),
  run: async (act, asked) => {
    const { reply } = await assess(act, asked);
    return { json: reply, text: lines(reply) };
  },
});

function lines(reply: AssessmentReply): string[] {
  const { before, after, operation } = reply;
  const told = reply.edges.filter((edge) => edge.verdict !== "cannot_tell");
  const untold = reply.edges.filter((edge) => edge.verdict === "cannot_tell");
  return linesOf(
    `${operation.name}: ${after.from} to ${after.to} against ${before.from} to ${before.to}, reported events, ${reply.studyArea}.`,
    reply.banner,
    [reply.overall, reply.treatedArea, reply.rings, ...told, ...untold].map(
      ({ sentence }) => sentence,
    ),
    reply.edges.flatMap(({ received }) => (received ? [received.sentence] : [])),
    reply.phases.flatMap(({ name, sentence, edges, banner }) => [
      sentence,
      ...edges.flatMap((edge) => (/rise|fall/.test(edge.verdict) ? [edge.sentence] : [])),
      ...(banner === null ? [] : [`Phase "${name}": ${banner}`]),
    ]),
    reply.harm?.rows.map(({ sentence }) => sentence),
    reply.harm && harmSourceLine(reply.harm.table),
    reply.controlCheck.sentence,
    reply.notes,
    "",
    reply.method,
  );
}
