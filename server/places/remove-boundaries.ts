import type { BoundaryKind, BoundaryRemoval } from "#core/places/wire/boundaries.ts";
import type { Actor } from "#core/role.ts";
import type { ActServices } from "#server/acts/services.ts";
import { withOptions } from "#server/db/database.ts";
import { loadPack } from "#server/places/load.ts";
import { forgetPlaces } from "#server/places/places.ts";
import { deleteAreas, replaceEdges } from "#server/places/queries/areas.ts";
import { clearWards, deleteBoundarySet, replaceShapes } from "#server/places/queries/boundaries.ts";
import { Problem } from "#server/problem.ts";

/**
 * Removes the set of a kind. Events that carried a ward of it count by their cell, public figures go
 * back to neighbourhoods, and boroughs and the lines shared with neighbours
 * to those that came with the tool.
 */
export async function removeBoundaries(
  { config, db, addDetail }: Pick<ActServices, "config" | "db" | "addDetail">,
  actor: Actor,
  kind: BoundaryKind,
): Promise<BoundaryRemoval> {
  addDetail({ kind });
  try {
    return await withOptions(db, { events: true, long: true }).transaction(actor, async (tx) => {
      const areas = await deleteBoundarySet(tx, kind);
      if (areas === null) {
        throw new Problem(
          404,
          "No such boundaries",
          `No ${kind} boundaries were imported; they may have been removed.`,
        );
      }
      if (kind === "borough") {
        const { areas: all, edges } = loadPack(config.places.folder);
        await replaceShapes(
          tx,
          all.filter((area) => area.kind === "borough" || area.kind === "neighbour"),
        );
        await replaceEdges(tx, edges);
      } else {
        await deleteAreas(tx, [kind]);
      }
      const eventsByCell = kind === "ward" ? await clearWards(tx, []) : 0;
      addDetail({ areas, events: eventsByCell });
      return { kind, areas, eventsByCell };
    });
  } finally {
    forgetPlaces(db);
  }
}
