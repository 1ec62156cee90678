import type { Position } from "#core/geo/cell.ts";
import { groupBy } from "#core/group-by.ts";
import {
  lineOfStretch,
  type StreetGraph,
  segmentClass,
  segmentName,
} from "#core/places/streets/graph.ts";
import { streetWords } from "#core/places/streets/line.ts";
import { compareText } from "#core/text/text-order.ts";

/**
 * A unique name for each segment: "Fore Street between Sebastopol Road and Brettenham Road", "Town
 * Road from Fore Street to its end", "unnamed path off Town Road". Segments that would share a name
 * state which part they are. Where no street around has a name, `nameAt` names the place: "Fore
 * Street by Park Avenue (unnamed street)".
 */
export function segmentNames(graph: StreetGraph, nameAt: (at: Position) => string) {
  const texts = Array.from({ length: graph.segmentCount }, (_, segment) =>
    nameOf(graph, segment, nameAt),
  );
  for (const [text, group] of groupBy(texts.keys(), (segment) => texts[segment])) {
    if (group.length < 2) continue;
    inPlaceOrder(graph, group).forEach((segment, at) => {
      const part = `${at + 1} of ${group.length}`;
      texts[segment] = text.endsWith(")")
        ? `${text.slice(0, -1)}, ${part})`
        : `${text} (part ${part})`;
    });
  }
  return texts;
}

/** From south to north, then from west to east. */
function inPlaceOrder(graph: StreetGraph, segments: readonly number[]): readonly number[] {
  const middles = new Map(segments.map((segment) => [segment, segmentMiddle(graph, segment)]));
  return segments.toSorted((one, other) => {
    const [a, b] = [middles.get(one) ?? [0, 0], middles.get(other) ?? [0, 0]];
    return a[1] - b[1] || a[0] - b[0] || one - other;
  });
}

export function segmentMiddle(graph: StreetGraph, segment: number): Position {
  const half = (graph.metres[segment] ?? 0) / 2;
  return lineOfStretch(graph, { segment, start: 0, end: half }).at(-1) ?? [0, 0];
}

function nameOf(graph: StreetGraph, segment: number, nameAt: (at: Position) => string): string {
  const own = segmentName(graph, segment);
  const ends = endsInOrder(graph, segment);
  if (own === null) {
    const word = `unnamed ${streetWords[segmentClass(graph, segment)]}`;
    const [a, b] = ends.map((node) => crossingAt(graph, node, null));
    const only = a ?? b;
    if (!only) return `${nameAt(segmentMiddle(graph, segment))} (${word})`;
    return a && b && a !== b ? `${word} between ${a} and ${b}` : `${word} off ${only}`;
  }
  const [a, b] = ends.map((node) => crossingOn(graph, { segment, node, own }));
  if (a && b) return a === b ? `${own} off ${a}` : `${own} between ${a} and ${b}`;
  const only = a ?? b;
  return only ? `${own} from ${only} to its end` : own;
}

/** The nodes of both ends, from the south on where it runs north, from the west on where it runs east. */
function endsInOrder({ from, to, nodeX, nodeY }: StreetGraph, segment: number): number[] {
  const [a, b] = [from[segment] ?? 0, to[segment] ?? 0];
  const east = (nodeX[b] ?? 0) - (nodeX[a] ?? 0);
  const north = (nodeY[b] ?? 0) - (nodeY[a] ?? 0);
  // A degree of longitude is about 0.6 of one of latitude here.
  const isAhead = Math.abs(north) > 0.6 * Math.abs(east) ? north >= 0 : east >= 0;
  return isAhead ? [a, b] : [b, a];
}

/** The widest other street with a name that meets there; of two of one width the first by name. */
function crossingAt(graph: StreetGraph, node: number, own: string | null): string | null {
  let best: { readonly name: string; readonly width: number } | null = null;
  for (const segment of segmentsAt(graph, node)) {
    const name = segmentName(graph, segment);
    if (name === null || name === own) continue;
    const width = graph.classes[segment] ?? 0;
    const isBetter =
      !best || width < best.width || (width === best.width && compareText(name, best.name) < 0);
    if (isBetter) best = { name, width };
  }
  return best?.name ?? null;
}

/** So many segments of its own name a street is followed for, past junctions that have no name. */
const farthest = 30;

/** What meets a street of this name at the end of a segment, or at the next junction beyond it that has a name. */
function crossingOn(
  graph: StreetGraph,
  start: { readonly segment: number; readonly node: number; readonly own: string },
): string | null {
  let { node } = start;
  const seen = new Set([start.segment]);
  for (let step = 0; step < farthest; step += 1) {
    const crossing = crossingAt(graph, node, start.own);
    if (crossing !== null) return crossing;
    const onward = segmentsAt(graph, node).filter(
      (each) => !seen.has(each) && segmentName(graph, each) === start.own,
    );
    const [next] = onward;
    if (next === undefined || onward.length > 1) return null;
    seen.add(next);
    node = graph.from[next] === node ? (graph.to[next] ?? 0) : (graph.from[next] ?? 0);
  }
  return null;
}

/** Each segment once, a ring too. */
export function segmentsAt({ arcStart, arcs }: StreetGraph, node: number): number[] {
  const found: number[] = [];
  for (let at = arcStart[node] ?? 0; at < (arcStart[node + 1] ?? 0); at += 1) {
    const segment = (arcs[at] ?? 0) >> 1;
    if (!found.includes(segment)) found.push(segment);
  }
  return found;
}
