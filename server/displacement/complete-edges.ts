import { completeEdges } from "#core/displacement/one-sided.ts";
import { movedBanner } from "#core/displacement/sentence.ts";
import type { AssessmentReply } from "#core/displacement/wire/displacement.ts";
import { receivedTotals } from "#core/neighbours/received-totals.ts";
import type { Actor } from "#core/role.ts";
import type { Services } from "#server/acts/services.ts";
import { loadAgreements } from "#server/neighbours/queries/agreements.ts";
import { loadTotals, type NeighbourTotal } from "#server/neighbours/queries/neighbour-totals.ts";
import { agreementsOfOlderZones, totalsByQuarter } from "#server/neighbours/totals.ts";
import type { Places } from "#server/places/places.ts";

/**
 * Adds to each edge that is one-sided what its neighbour has given for the other side, beside the row as
 * it is. Totals stay after an agreement has run out. The publisher makes what is public, and no
 * neighbour's totals were agreed for that.
 */
export async function withReceivedTotals(
  { db, edgeZones }: Pick<Services, "db"> & Pick<Places, "edgeZones">,
  actor: Actor,
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
  const completed = completeEdges(
    reply.edges.map((edge) => ({
      ...edge,
      given: edge.oneSided ? givenOf(edge, { all, older }, reply) : null,
    })),
  );
  const edges = reply.edges.map((edge, at) => {
    const received = completed[at] ?? null;
    return received === null ? edge : { ...edge, received };
  });
  // A rise that only the totals show is one as well (SAFEGUARDS 11).
  const judged = edges.map((edge) => ({
    name: edge.name,
    verdict: edge.verdict === "rise" ? edge.verdict : (edge.received?.verdict ?? edge.verdict),
  }));
  return { ...reply, edges, banner: movedBanner(reply.treatedArea, reply.overall, judged) };
}

function givenOf(
  { neighbour }: { readonly neighbour: string },
  { all, older }: { readonly all: readonly NeighbourTotal[]; readonly older: ReadonlySet<string> },
  { before, after }: Pick<AssessmentReply, "before" | "after">,
) {
  const totals = all.filter((total) => total.neighbour === neighbour);
  const [last] = totals.toSorted((a, b) => b.givenAt - a.givenAt);
  if (last === undefined) return null;
  const outer = receivedTotals({ before, after, totals: totalsByQuarter(totals, older) });
  return { reference: last.reference, outer };
}
