import type { EventColumns } from "#core/records/columns.ts";

/** Farthest a point may be from its street, in metres. */
export const streetReach = 30;

/** No segment: none ever, or one of streets since replaced. */
export const noSegment = -1;
export const otherStreets = -2;

/** Events with graph segments: a number, `noSegment` or `otherStreets`. */
export interface StreetEvents {
  readonly columns: EventColumns;
  readonly segment: Int32Array;
}
