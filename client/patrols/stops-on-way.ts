import { cellAt, eventResolution, type Position } from "#core/geo/cell.ts";

/** A stop as it is drawn with its way by street. */
export interface DrawnStop {
  /** On the way where that touches the cell, else the middle of the cell. */
  readonly at: Position;
  /** Where a way that does not touch the cell ends; null where no way is known, or it does. */
  readonly wayEnd: Position | null;
}

export function stopsOnWay({
  stops,
  legs,
}: {
  readonly stops: readonly { readonly cell: string; readonly centre: Position }[];
  readonly legs?: readonly { readonly line: readonly Position[] | null }[] | undefined;
}): readonly DrawnStop[] {
  return stops.map(({ cell, centre }, index) => {
    const end = legs?.[index - 1]?.line?.at(-1) ?? legs?.[index]?.line?.[0] ?? null;
    const isInCell = end !== null && cellAt(end, eventResolution) === cell;
    return isInCell ? { at: end, wayEnd: null } : { at: centre, wayEnd: end };
  });
}
