import type { EventColumns } from "#core/records/columns.ts";

/** A point is on a street that is no further away, in metres. */
export const streetReach = 30;

/** Where an event has no segment: it never had one, or one of streets that are not those of now. */
export const noSegment = -1;
export const otherStreets = -2;

/** Events with the segment of each: its number in the graph, `noSegment` or `otherStreets`. */
export interface StreetEvents {
  readonly columns: EventColumns;
  readonly segment: Int32Array;
}
