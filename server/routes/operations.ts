import { type OperationsReply, operationsReply } from "#core/wire/displacement.ts";
import { type TalliesReply, talliesReply, tallyMeasures } from "#core/wire/tallies.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { loadOperations } from "#server/queries/operations.ts";
import { loadTallies } from "#server/queries/tallies.ts";

const listOperations = defineRoute({
  method: "GET",
  url: "/api/operations",
  summary: "Operations that have started, with their treated cells",
  audience: ["sergeant", "analyst"],
  audit: { verb: "consultation", act: "list operations", purpose: "assessment" },
  replySchema: operationsReply,
  handle: async ({ db, actor, asAt, addDetail }): Promise<OperationsReply> => {
    const stored = await db.transaction(actor, async (tx) => {
      const loaded = await loadOperations(tx, asAt.date());
      addDetail({ operations: loaded.length });
      return loaded;
    });
    return {
      operations: stored.map(({ name, startsOn, endsOn, cells }) => {
        return { name, startsOn, endsOn, cells };
      }),
    };
  },
});

const listTallies = defineRoute({
  method: "GET",
  url: "/api/tallies",
  summary: "Typed totals, exact, each for the period it was typed for",
  audience: ["sergeant", "analyst"],
  audit: { verb: "consultation", act: "read tallies", purpose: "assessment" },
  replySchema: talliesReply,
  handle: async ({ db, actor, asAt, addDetail }): Promise<TalliesReply> => {
    const stored = await db.transaction(actor, async (tx) => {
      const loaded = await loadTallies(tx, asAt.date());
      addDetail({ tallies: loaded.length });
      return loaded;
    });
    return {
      tallies: stored.map((tally) => ({ ...tally, label: tallyMeasures[tally.measure] })),
    };
  },
});

export const operationRoutes: readonly Route[] = [listOperations, listTallies];
