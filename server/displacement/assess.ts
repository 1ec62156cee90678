import { type Assessment, assessDisplacement } from "#core/displacement/assess.ts";
import { methodNote } from "#core/displacement/caveats.ts";
import { completeEdges } from "#core/displacement/one-sided.ts";
import type { Operation } from "#core/displacement/operation.ts";
import { movedBanner } from "#core/displacement/sentence.ts";
import { assessmentWindows } from "#core/displacement/windows.ts";
import type {
  AssessmentReply,
  DisplacementQuery,
  DisplacementReply,
} from "#core/displacement/wire/displacement.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import { receivedTotals } from "#core/neighbours/received-totals.ts";
import { reportedKinds } from "#core/records/kinds.ts";
import { longestPause, recordsBegin } from "#core/records/records-begin.ts";
import { dateName } from "#core/time/words.ts";
import { addDays } from "#core/time/zone.ts";
import { type Act, knownUntil } from "#server/acts/services.ts";
import { withOptions } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import {
  findOperation,
  loadOperations,
  type StoredOperation,
} from "#server/displacement/operations/store.ts";
import { keepRises } from "#server/displacement/rises.ts";
import { loadAgreements } from "#server/neighbours/agreements.ts";
import { agreementsOfOlderZones, loadTotals, totalsByQuarter } from "#server/neighbours/totals.ts";
import { placesOver } from "#server/places/move/places-over.ts";
import { type Places, studySet } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { harmOfVersion } from "#server/records/harm-weights.ts";
import { loadComplaintColumns, loadReportedColumns } from "#server/records/queries/events.ts";
import { reportedRange } from "#server/records/queries/reported-range.ts";
import { loadUnknownMonths } from "#server/records/queries/unknown-months.ts";

export type AssessmentAct = Pick<Act, "actor" | "db" | "zone" | "asAt" | "addDetail">;

interface Assessed {
  readonly reply: AssessmentReply;
  readonly zones: DisplacementReply["zones"];
  readonly control: readonly H3Cell[];
}

/**
 * From events known as at today. A bar that is full is kept, so that new patrols know of it; a bar of other lengths
 * of time is none.
 */
export async function assess(
  act: AssessmentAct,
  query: DisplacementQuery,
  /** The publisher's rights, and yet not for the public: the watch. */
  { isPublic = act.actor.role === "publisher" } = {},
): Promise<Assessed> {
  const { actor, db, zone, asAt } = act;
  const operation = await questionOf(act, query);
  const linesOf = operation.startsOn;
  const until = operation.endsOn ?? asAt.date();
  const { command: begunIn } = await placesOver(act, { linesOf, from: linesOf, to: until });
  if (!operation.cells.some((cell) => begunIn.indexOf.has(cell))) {
    throw new Problem(
      422,
      "Outside the area",
      `"${operation.name}" has no treated cell in ${begunIn.name}, so there is nothing to compare.`,
    );
  }
  // The volume of partners' reports follows the amount of outreach (SAFEGUARDS 4), and sightings
  // are never public below the whole command (SAFEGUARDS 7).
  const reading = withOptions(db, { events: true });
  const before = knownUntil(act);
  const { windows, events, others, harm, unknown } = await reading.transaction(
    actor,
    async (tx) => {
      const given = query.harm === undefined ? null : await harmOfVersion(tx, query.harm);
      const recorded = await reportedRange(tx, before, isPublic ? "complaints" : "reports");
      const load = isPublic ? loadComplaintColumns : loadReportedColumns;
      const read = async (from: string | null) => {
        const to = recorded && zone.dateOf(recorded.last);
        const periods = assessmentWindows({
          zone,
          startsOn: operation.startsOn,
          endsOn: operation.endsOn,
          asAtDate: asAt.date(),
          beforeDays: query.before,
          afterDays: query.after,
          recorded: { from, to },
        });
        if (!periods.ok) {
          const detail = `"${operation.name}": ${periods.reason}`;
          throw new Problem(422, "Cannot be assessed yet", detail);
        }
        const { historyFrom, after } = periods.value;
        const span = { from: zone.startOfDate(historyFrom), to: after.endsAt, before };
        return { periods: periods.value, loaded: await load(tx, span) };
      };
      let { periods, loaded } = await read(recorded && zone.dateOf(recorded.first));
      // One mistyped year would add years of days without reports.
      const begun = recordsBegin(zone, loaded.start, zone.startOfDate(operation.startsOn));
      if (begun !== null && begun > addDays(periods.historyFrom, longestPause)) {
        ({ periods, loaded } = await read(begun));
        const stray = `Reports before ${dateName(begun)} are excluded, because nothing was reported for more than three months after them.`;
        periods = { ...periods, notes: [...periods.notes, stray] };
      }
      act.addDetail({
        from: periods.historyFrom,
        to: periods.after.to,
        events: loaded.length,
      });
      return {
        windows: periods,
        events: loaded,
        others: await loadOperations(tx, asAt.date()),
        harm: given,
        unknown: await loadUnknownMonths(tx, zone, isPublic ? ["complaint"] : reportedKinds),
      };
    },
  );
  const span = { from: windows.historyFrom, to: windows.after.to };
  const { command, edgeZones, nameOf, movedOn } = await placesOver(act, { linesOf, ...span });
  const assessment = assessDisplacement({
    operation,
    windows,
    study: command,
    edgeZones,
    events,
    zone,
    others,
    harm: harm?.weights,
    unknown,
  });
  const { zones, overall, treatedArea, rings, edges, phases, controlCheck } = assessment;
  if (operation.id !== null && actor.role !== "publisher" && !query.before && !query.after) {
    const { id } = operation;
    await db.transaction(actor, (tx) => keepRises(tx, id, edges), { beside: true });
  }
  const reply: AssessmentReply = {
    operation: {
      name: operation.name,
      startsOn: operation.startsOn,
      endsOn: operation.endsOn,
    },
    studyArea: command.name,
    before: periodOf(windows.before),
    after: periodOf(windows.after),
    counted: "reported",
    overall,
    treatedArea,
    rings,
    edges,
    phases,
    controlCheck: {
      ...controlCheck,
      heavy: controlCheck.heavy.map((part) => ({ ...part, place: nameOf(part.cell) })),
    },
    harm: assessment.harm && harm ? { ...assessment.harm, table: harm.table } : null,
    notes: movedOn === null ? assessment.notes : [...assessment.notes, movedNote(movedOn)],
    banner: assessment.banner,
    method: methodNote,
  };
  return {
    reply: await withReceivedTotals(act, edgeZones, reply),
    zones: zonesOf(assessment),
    control: zones.control,
  };
}

const movedNote = (movedOn: string) =>
  `Boundaries changed on ${dateName(movedOn)}. Counted by those of the day it began, and only on ground that belonged to the area all the while.`;

const periodOf = ({ from, to, days }: AssessmentReply["before"]) => ({ from, to, days });

function zonesOf({ zones, controlCheck }: Assessment): DisplacementReply["zones"] {
  const { treated, rings, edges, control } = zones;
  return {
    treated,
    rings,
    control: controlCheck.chosenByHand ? control : null,
    edges: edges.map(({ neighbour, inner, outer }) => ({ neighbour, inner, outer })),
  };
}

/** A stored operation, or an area treated as one. */
async function questionOf(
  act: AssessmentAct,
  { operation, area, start }: DisplacementQuery,
): Promise<Operation & { readonly id: number | null }> {
  if (operation !== undefined && area === undefined && start === undefined) {
    return startedOperation(act, operation);
  }
  if (operation === undefined && area !== undefined && start !== undefined) {
    const { name, cells } = await studySet(act, area);
    const whole = { id: null, startsOn: start, endsOn: null, control: null, phases: [] };
    return { name: `${name} from ${start}`, cells, ...whole };
  }
  throw new Problem(
    400,
    "No operation or area given",
    "Give the name of an operation, or an area with a start date.",
  );
}

function startedOperation(
  { db, actor, asAt }: AssessmentAct,
  name: string,
): Promise<StoredOperation> {
  const today = asAt.date();
  return db.transaction(
    actor,
    async (tx) => {
      const found = await findOperation(tx, sql`name = ${name} and starts_on <= ${today}`);
      if (found) return found;
      const names = (await loadOperations(tx, today)).map((one) => one.name).join("; ");
      const detail = `No operation "${name}" had started by ${today}. Operations: ${names || "none"}.`;
      throw new Problem(404, "No such operation", detail);
    },
    { beside: true },
  );
}

/**
 * Adds the neighbour's totals for the other side to each one-sided edge, beside its row. They
 * remain after an agreement has expired. Not for the publisher, whose results are public: no
 * neighbour agreed to that use.
 */
async function withReceivedTotals(
  { db, actor }: AssessmentAct,
  edgeZones: Places["edgeZones"],
  reply: AssessmentReply,
): Promise<AssessmentReply> {
  if (actor.role === "publisher" || !reply.edges.some(({ oneSided }) => oneSided)) return reply;
  const { all, older } = await db.transaction(
    actor,
    async (tx) => ({
      all: await loadTotals(tx),
      older: agreementsOfOlderZones(await loadAgreements(tx), edgeZones),
    }),
    { beside: true },
  );
  const { before, after } = reply;
  const givenBy = (neighbour: string) => {
    const totals = all.filter((total) => total.neighbour === neighbour);
    const [last] = totals.toSorted((a, b) => b.id - a.id);
    if (last === undefined) return null;
    const outer = receivedTotals({ before, after, totals: totalsByQuarter(totals, older) });
    return { reference: last.reference, outer };
  };
  const completed = completeEdges(
    reply.edges.map((edge) => ({
      ...edge,
      given: edge.oneSided ? givenBy(edge.neighbour) : null,
    })),
  );
  const edges = reply.edges.map((edge, at) => {
    const received = completed[at] ?? null;
    return received === null ? edge : { ...edge, received };
  });
  // A rise shown only by the totals counts too (SAFEGUARDS 11).
  const judged = edges.map((edge) => ({
    name: edge.name,
    verdict: edge.verdict === "rise" ? edge.verdict : (edge.received?.verdict ?? edge.verdict),
  }));
  return { ...reply, edges, banner: movedBanner(reply.treatedArea, reply.overall, judged) };
}
