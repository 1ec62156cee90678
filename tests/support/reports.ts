import type { H3Cell } from "#core/geo/cell.ts";
import type { PoliceEvent } from "#core/records/event.ts";

/** A resident's complaint at one moment, unless something else is said. */
export function complaintAt(
  cell: H3Cell,
  startsAt: number,
  more: Partial<PoliceEvent> = {},
): PoliceEvent {
  const said = { kind: "complaint", source: "resident", category: "asb" } as const;
  return { cell, ...said, startsAt, endsAt: startsAt, ...more };
}
