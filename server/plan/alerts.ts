import type { Actor } from "#core/model/role.ts";
import type { EdgeCells } from "#core/patrol/plan.ts";
import type { ActServices } from "#server/audit/notes.ts";
import type { Database } from "#server/db/database.ts";
import { databaseBehind } from "#server/db/wrapped.ts";
import { assess } from "#server/displacement/assess.ts";
import { placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { eventsVersion } from "#server/queries/events-version.ts";
import { loadOperations } from "#server/queries/operations.ts";

interface Held {
  readonly key: string;
  readonly edges: readonly EdgeCells[];
}

const held = new WeakMap<Database, Held>();

/**
 * Edge zones that some operation's assessment says reports rose in (SAFEGUARDS 11): reckoned once a day and
 * after an import, since it reads every event of an operation.
 */
export async function alertedEdges(
  services: Pick<ActServices, "db" | "zone" | "asAt" | "addDetail">,
  actor: Actor,
): Promise<readonly EdgeCells[]> {
  const { db, asAt } = services;
  const { operations, version } = await db.transaction(actor, async (tx) => ({
    operations: await loadOperations(tx, asAt.date()),
    version: await eventsVersion(tx),
  }));
  const names = operations.map(({ name }) => name);
  const key = JSON.stringify([asAt.date(), version, names]);
  const database = databaseBehind(db);
  const known = held.get(database);
  if (known?.key === key) return known.edges;
  const risen = new Set<string>();
  for (const name of names) {
    for (const neighbour of await risenIn(services, actor, name)) risen.add(neighbour);
  }
  const { edgeZones, command } = await placesOf(services);
  const edges = edgeZones
    .filter(({ neighbour }) => risen.has(neighbour))
    .map(({ neighbour, inner, outer, isInternal }) => ({
      neighbour,
      cells: (isInternal ? [...inner, ...outer] : inner).filter((cell) =>
        command.indexOf.has(cell),
      ),
    }));
  held.set(database, { key, edges });
  return edges;
}

async function risenIn(
  services: Pick<ActServices, "db" | "zone" | "asAt" | "addDetail">,
  actor: Actor,
  operation: string,
): Promise<string[]> {
  try {
    // What the assessment reads is part of the suggestion, whose own line says so.
    const silent = { ...services, addDetail: () => undefined };
    const { reply } = await assess(silent, actor, { operation });
    return reply.edges
      .filter(({ verdict }) => verdict === "rise")
      .map(({ neighbour }) => neighbour);
  } catch (error) {
    // An operation that cannot be assessed alerts nobody; its own page gives the reason.
    if (error instanceof Problem && error.status === 422) return [];
    throw error;
  }
}
