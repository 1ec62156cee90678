import { cellAt, eventResolution, type Position } from "#core/geo/cell.ts";

export interface DrawnStop {
  /** On the street where the way touches the cell, else the cell's centre. */
  readonly at: Position;
  /** End of a way that does not touch the cell; null otherwise. */
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
