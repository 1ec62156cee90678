import type { DisplacementReply } from "#core/displacement/wire/displacement.ts";

/** The assessment with one phase in place of the whole period after; series by month stay those of the whole. */
export function inPhase(
  reply: DisplacementReply,
  phase: DisplacementReply["phases"][number],
): DisplacementReply {
  const { from, to, days, treatedArea, rings, edges, banner, ...overall } = phase;
  const changedFrom = null;
  return {
    ...reply,
    after: { from, to, days },
    overall: { ...reply.overall, ...overall, name: reply.overall.name, changedFrom },
    treatedArea: { ...reply.treatedArea, ...treatedArea, changedFrom },
    rings: { ...reply.rings, ...rings, changedFrom },
    edges: reply.edges.map(({ received, ...whole }, at) => {
      return { ...whole, ...edges[at], changedFrom };
    }),
    harm: null,
    banner,
  };
}
