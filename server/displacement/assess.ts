import { type Assessment, assessDisplacement } from "#core/displacement/assess.ts";
import { methodNote } from "#core/displacement/method-note.ts";
import type { Operation } from "#core/displacement/operation.ts";
import { type AssessmentWindows, assessmentWindows } from "#core/displacement/windows.ts";
import type { Actor } from "#core/model/role.ts";
import type {
  AssessmentReply,
  DisplacementQuery,
  DisplacementReply,
} from "#core/wire/displacement.ts";
import type { ActServices } from "#server/audit/notes.ts";
import { questionOf } from "#server/displacement/question.ts";
import { withReceivedTotals } from "#server/exchange/complete-edges.ts";
import { placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { loadEventColumns } from "#server/queries/events.ts";

export type AssessmentServices = Pick<ActServices, "db" | "zone" | "asAt" | "addDetail">;

export interface Assessed {
  readonly reply: AssessmentReply;
  readonly zones: DisplacementReply["zones"];
}

/** Assesses what was asked for, from the events that are known as at today. */
export async function assess(
  services: AssessmentServices,
  actor: Actor,
  query: DisplacementQuery,
): Promise<Assessed> {
  const { db, zone, asAt } = services;
  const operation = await questionOf(services, actor, query);
  const windows = windowsOf(services, operation, query);
  const { command, edgeZones } = await placesOf(services);
  if (!operation.cells.some((cell) => command.indexOf.has(cell))) {
    throw new Problem(
      422,
      "Outside the command",
      `No treated cell of "${operation.name}" lies in ${command.name}, so there is nothing to compare it with.`,
    );
  }
  const events = await db.transaction(actor, async (tx) => {
    const loaded = await loadEventColumns(tx, {
      from: windows.before.startsAt,
      to: windows.after.endsAt,
      before: asAt.now(),
    });
    const { before, after } = windows;
    services.addDetail({ from: before.from, to: after.to, events: loaded.length });
    return loaded;
  });
  const study = command;
  const assessment = assessDisplacement({ operation, windows, study, edgeZones, events, zone });
  const reply = assessmentReplyOf({ operation, windows, studyArea: command.name, assessment });
  return {
    // What neighbours have given for their side of a line that is one-sided.
    reply: await withReceivedTotals(services, actor, reply),
    zones: zonesOf(assessment),
  };
}

function windowsOf(
  { zone, asAt }: AssessmentServices,
  operation: Operation,
  query: DisplacementQuery,
): AssessmentWindows {
  const windows = assessmentWindows({
    zone,
    startsOn: operation.startsOn,
    endsOn: operation.endsOn,
    asAtDate: asAt.date(),
    beforeDays: query.before,
    afterDays: query.after,
  });
  if (windows.ok) return windows.value;
  throw new Problem(422, "Not assessable yet", `"${operation.name}": ${windows.reason}`);
}

function assessmentReplyOf(input: {
  readonly operation: Operation;
  readonly windows: AssessmentWindows;
  readonly studyArea: string;
  readonly assessment: Assessment;
}): AssessmentReply {
  const { name, startsOn, endsOn } = input.operation;
  const { before, after } = input.windows;
  const { overall, treatedArea, rings, edges, banner } = input.assessment;
  return {
    operation: { name, startsOn, endsOn },
    studyArea: input.studyArea,
    before: { from: before.from, to: before.to, days: before.days },
    after: { from: after.from, to: after.to, days: after.days },
    counted: "reported",
    overall,
    treatedArea,
    rings,
    edges,
    banner,
    method: methodNote,
  };
}

function zonesOf({ zones: { treated, rings, edges } }: Assessment): DisplacementReply["zones"] {
  return {
    treated,
    rings,
    edges: edges.map(({ neighbour, inner, outer }) => ({ neighbour, inner, outer })),
  };
}
