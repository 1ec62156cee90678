import { metresBetween, type Position } from "#core/geo/cell.ts";
import type { Nearest } from "#core/places/streets/nearest.ts";

export interface NamedLine {
  readonly name: string;
  readonly line: [number, number][];
}

/** Streets lie so near to a built-in road that they are it: its points are a metre off, and a road has two sides. */
const nearMetres = 45;
const stepMetres = 50;
/** Shorter stretches are where a junction was built anew. */
const leastMetres = 150;

/** The stretches of built-in roads along which there is no street: beyond the end of an archive, or in a gap of it. */
export function roadsWithout(roads: readonly NamedLine[], nearest: Nearest): NamedLine[] {
  return roads.flatMap(({ name, line }) => {
    const points = line.flatMap((at, index) => stepsTo(line[index - 1], at));
    const isMissing = points.map((at) => nearest.segmentAt(at, nearMetres) === null);
    const found: NamedLine[] = [];
    for (let first = 0; first < points.length; first += 1) {
      if (!isMissing[first]) continue;
      let last = first;
      while (isMissing[last + 1]) last += 1;
      // From the last point that has a street to the next.
      const stretch = points.slice(Math.max(0, first - 1), last + 2);
      if (lengthOf(stretch) >= leastMetres) found.push({ name, line: stretch });
      first = last;
    }
    return found;
  });
}

function stepsTo(from: Position | undefined, [lng, lat]: Position): [number, number][] {
  if (!from) return [[lng, lat]];
  const count = Math.max(1, Math.ceil(metresBetween(from, [lng, lat]) / stepMetres));
  return Array.from({ length: count }, (_, index) => {
    const share = (index + 1) / count;
    return [from[0] + share * (lng - from[0]), from[1] + share * (lat - from[1])];
  });
}

function lengthOf(line: readonly Position[]): number {
  return line.reduce((sum, at, index) => sum + metresBetween(line[index - 1] ?? at, at), 0);
}
