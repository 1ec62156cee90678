import { type Assessment, assessDisplacement } from "#core/displacement/assess.ts";
import { methodNote } from "#core/displacement/caveats.ts";
import type { Operation } from "#core/displacement/operation.ts";
import {
  type AssessmentWindows,
  assessmentWindows,
  type Recorded,
} from "#core/displacement/windows.ts";
import type {
  AssessmentReply,
  DisplacementQuery,
  DisplacementReply,
} from "#core/displacement/wire/displacement.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import { reportedKinds } from "#core/records/kinds.ts";
import { longestPause, recordsBegin } from "#core/records/records-begin.ts";
import type { Actor } from "#core/role.ts";
import { dateName } from "#core/time/words.ts";
import { addDays } from "#core/time/zone.ts";
import { type ActServices, knownUntil, type Services } from "#server/acts/services.ts";
import { withOptions } from "#server/db/database.ts";
import { withReceivedTotals } from "#server/displacement/complete-edges.ts";
import { loadOperations } from "#server/displacement/queries/operations.ts";
import { placesOf, studySet } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { type HarmGiven, harmGiven } from "#server/records/harm-weights.ts";
import { loadComplaintColumns, loadReportedColumns } from "#server/records/queries/events.ts";
import { reportedRange } from "#server/records/queries/reported-range.ts";
import { loadUnknownMonths } from "#server/records/queries/unknown-months.ts";

export type AssessmentServices = Pick<ActServices, "db" | "zone" | "asAt" | "addDetail">;

export interface Assessed {
  readonly reply: AssessmentReply;
  readonly zones: DisplacementReply["zones"];
  /** All cells that it was compared with, chosen by hand or not. */
  readonly control: readonly H3Cell[];
}

/** Assesses what was asked for, from the events that are known as at today. */
export async function assess(
  services: AssessmentServices,
  actor: Actor,
  query: DisplacementQuery,
): Promise<Assessed> {
  const { db, zone, asAt } = services;
  const operation = await questionOf(services, actor, query);
  const { command, edgeZones, nameOf } = await placesOf(services);
  if (!operation.cells.some((cell) => command.indexOf.has(cell))) {
    throw new Problem(
      422,
      "Outside the area",
      `"${operation.name}" has no treated cell in ${command.name}, so there is nothing to compare.`,
    );
  }
  // How much partners report follows how much outreach is out (SAFEGUARDS 4), and sightings are never public below the
  // whole command (SAFEGUARDS 7).
  const isPublic = actor.role === "publisher";
  const reading = withOptions(db, { events: true });
  const { windows, events, others, given, unknown } = await reading.transaction(
    actor,
    async (tx) => {
      const harm = query.harm && (await harmGiven(tx, query.harm));
      const recorded = await reportedRange(
        tx,
        knownUntil(services),
        isPublic ? "complaints" : "reports",
      );
      const load = isPublic ? loadComplaintColumns : loadReportedColumns;
      const read = async (from: string | null) => {
        const to = recorded && zone.dateOf(recorded.last);
        const periods = windowsOf(services, operation, query, { from, to });
        const loaded = await load(tx, {
          from: zone.startOfDate(periods.historyFrom),
          to: periods.after.endsAt,
          before: knownUntil(services),
        });
        return { periods, loaded };
      };
      let { periods, loaded } = await read(recorded && zone.dateOf(recorded.first));
      // One slip of a year would make years of days without reports.
      const begun = recordsBegin(zone, loaded.start, zone.startOfDate(operation.startsOn));
      if (begun !== null && begun > addDays(periods.historyFrom, longestPause)) {
        ({ periods, loaded } = await read(begun));
        periods = { ...periods, notes: [...periods.notes, strayNote(begun)] };
      }
      services.addDetail({
        from: periods.historyFrom,
        to: periods.after.to,
        events: loaded.length,
      });
      const stored = await loadOperations(tx, asAt.date());
      const unknown = await loadUnknownMonths(tx, zone, isPublic ? ["complaint"] : reportedKinds);
      return { windows: periods, events: loaded, others: stored, given: harm, unknown };
    },
  );
  const assessment = assessDisplacement({
    operation,
    windows,
    study: command,
    edgeZones,
    events,
    zone,
    others,
    harm: given?.weights,
    unknown,
  });
  const studyArea = command.name;
  const table = given?.table ?? null;
  const reply = assessmentReplyOf({ operation, windows, studyArea, assessment, nameOf, table });
  return {
    // What neighbours have given for their side of a line that is one-sided.
    reply: await withReceivedTotals({ db, edgeZones }, actor, reply),
    zones: zonesOf(assessment),
    control: assessment.zones.control,
  };
}

function strayNote(begun: string): string {
  return `Reports before ${dateName(begun)} are excluded, because nothing was reported for more than three months after them.`;
}

function windowsOf(
  { zone, asAt }: AssessmentServices,
  operation: Operation,
  query: DisplacementQuery,
  recorded: Recorded,
): AssessmentWindows {
  const windows = assessmentWindows({
    zone,
    startsOn: operation.startsOn,
    endsOn: operation.endsOn,
    asAtDate: asAt.date(),
    beforeDays: query.before,
    afterDays: query.after,
    recorded,
  });
  if (windows.ok) return windows.value;
  throw new Problem(422, "Cannot be assessed yet", `"${operation.name}": ${windows.reason}`);
}

function assessmentReplyOf(input: {
  readonly operation: Operation;
  readonly windows: AssessmentWindows;
  readonly studyArea: string;
  readonly assessment: Assessment;
  readonly nameOf: (cell: H3Cell) => string;
  readonly table: HarmGiven["table"];
}): AssessmentReply {
  const { name, startsOn, endsOn } = input.operation;
  const { before, after } = input.windows;
  const { assessment, nameOf } = input;
  const { overall, treatedArea, rings, edges, banner, controlCheck } = assessment;
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
    phases: assessment.phases,
    controlCheck: {
      ...controlCheck,
      heavy: controlCheck.heavy.map((part) => ({ ...part, place: nameOf(part.cell) })),
    },
    quotient: assessment.quotient,
    harm: assessment.harm && { ...assessment.harm, table: input.table },
    notes: assessment.notes,
    banner,
    method: methodNote,
  };
}

function zonesOf({ zones, controlCheck }: Assessment): DisplacementReply["zones"] {
  const { treated, rings, edges, control } = zones;
  return {
    treated,
    rings,
    control: controlCheck.chosenByHand ? control : null,
    edges: edges.map(({ neighbour, inner, outer }) => ({ neighbour, inner, outer })),
  };
}

/** The stored operation that is asked about, or an area of the command as if it were one. */
async function questionOf(
  services: Pick<Services, "db" | "asAt">,
  actor: Actor,
  query: DisplacementQuery,
): Promise<Operation> {
  const { operation, area, start } = query;
  if (operation !== undefined && area === undefined && start === undefined) {
    return storedOperation(services, actor, operation);
  }
  if (operation === undefined && area !== undefined && start !== undefined) {
    const { name, cells } = await studySet(services, area);
    return {
      name: `${name} from ${start}`,
      cells,
      startsOn: start,
      endsOn: null,
      control: null,
      phases: [],
    };
  }
  throw new Problem(
    400,
    "No operation or area given",
    "Give the name of an operation, or an area with a start date.",
  );
}

async function storedOperation(
  { db, asAt }: Pick<Services, "db" | "asAt">,
  actor: Actor,
  name: string,
): Promise<Operation> {
  const stored = await db.transaction(actor, (tx) => loadOperations(tx, asAt.date()), {
    beside: true,
  });
  const found = stored.find((operation) => operation.name === name);
  if (found) return found;
  const names = stored.map((operation) => operation.name).join("; ");
  throw new Problem(
    404,
    "No such operation",
    `No operation "${name}" had started by ${asAt.date()}. Operations: ${names || "none"}.`,
  );
}
