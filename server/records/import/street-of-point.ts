import { segmentName } from "#core/places/streets/graph.ts";
import { streetReach } from "#core/records/event-street.ts";
import type { EventDraft } from "#core/records/read-row.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import type { OpenStreets, Streets } from "#server/places/streets/streets.ts";
import type { EventStreet } from "#server/records/queries/event-arrays.ts";

export type StreetLookup = ReturnType<typeof createStreetLookup>;

/** Call outside the transaction: reads a file. Damaged streets are reported, not refused. */
export async function openStreetLookup(streets: Streets): Promise<StreetLookup> {
  try {
    return createStreetLookup(await streets.now());
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    const note = `No row was placed on a street, because the streets cannot be read: ${error.message}.`;
    return { streetOf: () => undefined, isNamed: () => false, notes: () => [note] };
  }
}

export function createStreetLookup(
  streets: Pick<OpenStreets, "graph" | "nearest" | "network"> | null,
) {
  let points = 0;
  let placed = 0;
  return {
    /** Undefined without a point, or without a street near it. */
    streetOf: ({
      position,
      placedBy,
    }: Pick<EventDraft, "position" | "placedBy">): EventStreet | undefined => {
      // A place found by words or by a square has only a cell's centre as its point.
      if (!streets || placedBy !== "point") return undefined;
      points += 1;
      const place = streets.nearest.segmentAt(position, streetReach);
      if (!place) return undefined;
      placed += 1;
      return { segment: place.segment, network: streets.network };
    },
    isNamed: (segment: number) => streets !== null && segmentName(streets.graph, segment) !== null,
    notes: (): string[] =>
      points === 0
        ? []
        : [
            `${formatQuantity(placed, "row lies", "rows lie")} within ${streetReach} m of a street, of ${formatQuantity(points, "row")} with a point.`,
          ],
  };
}
