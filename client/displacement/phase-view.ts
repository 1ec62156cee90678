import type { DisplacementReply } from "#core/displacement/wire/displacement.ts";

/** The assessment with one phase in place of the whole period after; series by month stay those of the whole. */
export function inPhase(
  reply: DisplacementReply,
  phase: DisplacementReply["phases"][number],
): DisplacementReply {
  const { from, to, days, treatedArea, rings, edges, banner, ...overall } = phase;
  // Of the whole alone.
  const none = { changedFrom: null, tips: null };
  return {
    ...reply,
    after: { from, to, days },
    overall: { ...reply.overall, ...overall, name: reply.overall.name, ...none },
    treatedArea: { ...reply.treatedArea, ...treatedArea, ...none },
    rings: { ...reply.rings, ...rings, ...none },
    edges: reply.edges.map(({ received, ...whole }, at) => {
      return { ...whole, ...edges[at], ...none, restsBeyond: false };
    }),
    harm: null,
    banner,
  };
}
