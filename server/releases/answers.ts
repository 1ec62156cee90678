import { stopAgreedWords, stopRuleSentence } from "#core/displacement/stop-rule.ts";
import type { EdgeRow } from "#core/displacement/wire/displacement.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import { noAnswer, type SpokenAssessment, type SpokenPhase } from "#core/releases/answers.ts";
import type { ReleaseInput } from "#core/releases/build.ts";
import { publicReach } from "#core/releases/panel/sayable.ts";
import { endOfMonths, lastPublicDate, publicMonths } from "#core/time/months.ts";
import { dateName } from "#core/time/words.ts";
import { publisherActor, wrapDatabase } from "#server/db/database.ts";
import { type AssessmentAct, assess } from "#server/displacement/assess.ts";
import { agreedRule } from "#server/displacement/operations/stop-rule.ts";
import { loadOperations } from "#server/displacement/operations/store.ts";
import { placesOver } from "#server/places/move/places-over.ts";
import { fixedAreas, placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";

/**
 * Whether each operation helped and whether the problem moved, assessed as the publisher
 * (SAFEGUARDS 4) and with nothing after the last day that may be public (SAFEGUARDS 7). How much is
 * put into words depends on the release's figures (core/releases/build.ts). Separate from the
 * draft's own act.
 */
export async function releaseAnswers(
  services: Pick<AssessmentAct, "db" | "zone" | "asAt">,
): Promise<Pick<ReleaseInput, "answers"> & { phases: SpokenPhase[] }> {
  const then = asAtLastPublicDay({
    ...services,
    actor: publisherActor,
    db: wrapDatabase(services.db, (actor, work, options) =>
      services.db.transaction(actor, work, { ...options, beside: true }),
    ),
    addDetail: () => undefined,
  });
  const operations = await then.db.transaction(then.actor, (tx) =>
    loadOperations(tx, then.asAt.date()),
  );
  const answers: ReleaseInput["answers"][number][] = [];
  const phases: SpokenPhase[] = [];
  for (const { id, name, startsOn } of operations) {
    const rule = await then.db.transaction(then.actor, (tx) => agreedRule(tx, { id, startsOn }));
    const agreed = rule.inForce && {
      text: stopRuleSentence(rule.inForce),
      basis: `${stopAgreedWords(rule)} It holds until two people change it, with a reason.`,
    };
    const spoken = await spokenAssessment(then, { name, startsOn }, agreed);
    answers.push(spoken?.whole ?? noAnswer(name, dateName(then.asAt.date())));
    phases.push(...(spoken?.phases ?? []));
  }
  return { answers, phases };
}

/** As at the evening of the last public day. */
function asAtLastPublicDay(act: AssessmentAct): AssessmentAct {
  const { zone, asAt } = act;
  const today = asAt.date();
  const end = zone.startOfDate(endOfMonths(publicMonths(today)));
  return { ...act, asAt: { ...asAt, now: () => end, date: () => lastPublicDate(today) } };
}

/**
 * One operation assessed as the publisher, with the public areas behind each number; null where it
 * cannot be assessed. The act is on the last public day (`asAtLastPublicDay`).
 */
async function spokenAssessment(
  act: AssessmentAct,
  { name: operation, startsOn }: { readonly name: string; readonly startsOn: string },
  agreed: SpokenAssessment["agreed"],
): Promise<{ whole: SpokenAssessment; phases: SpokenPhase[] } | null> {
  const areas = fixedAreas(await placesOf(act));
  // Its edges are those of the day it began.
  const { edgeZones } = await placesOver(act, { linesOf: startsOn, from: startsOn, to: startsOn });
  const internal = new Set(
    edgeZones.filter(({ isInternal }) => isInternal).map(({ neighbour }) => neighbour),
  );
  try {
    const { reply, zones, control } = await assess(act, { operation });
    const reach = (cells: readonly string[]) => publicReach(cells as readonly H3Cell[], areas);
    const { before, after, studyArea } = reply;
    const treated = { reach: reach(zones.treated) };
    const beside = zones.edges.map(({ inner, outer }) => ({ reach: reach([...inner, ...outer]) }));
    const edgesOf = (
      edges: readonly (Pick<EdgeRow, "neighbour" | "verdict"> &
        Partial<Pick<EdgeRow, "evidence">>)[],
    ) =>
      edges.map(({ neighbour, verdict, evidence }, at) => {
        const isInternal = internal.has(neighbour);
        const hasRisen = verdict !== "cannot_tell" && evidence != null && evidence.movedOn !== null;
        return { neighbour, verdict, isInternal, hasRisen, reach: beside[at]?.reach ?? [] };
      });
    const whole = {
      operation,
      before,
      after,
      studyArea,
      control: { reach: reach(control) },
      treatedArea: { ...reply.treatedArea, ...treated },
      overall: reply.overall,
      edges: edgesOf(reply.edges),
      agreed,
    };
    const phases = reply.phases.flatMap(({ name, from, to, days, ...phase }) =>
      days === 0
        ? []
        : {
            ...whole,
            phase: name,
            after: { from, to },
            overall: phase,
            treatedArea: { ...phase.treatedArea, ...treated },
            edges: edgesOf(phase.edges),
          },
    );
    return { whole, phases };
  } catch (error) {
    if (error instanceof Problem && error.status === 422) return null;
    throw error;
  }
}
