import { along } from "@turf/along";
import { bearing as bearingBetween } from "@turf/bearing";
import { lineString } from "@turf/helpers";
import type { Position } from "#core/geo/cell.ts";
import { type StreetClass, streetWords } from "#core/places/streets/line.ts";
import { linesOf } from "#core/text/lines.ts";
import { formatCount } from "#core/text/numbers.ts";

/** What is gone along one street before the next begins. */
export interface NamedWay {
  readonly name: string | null;
  readonly class: StreetClass;
  readonly metres: number;
  readonly line: readonly Position[];
}

/**
 * Walking directions in words: "north on Fore Street, left into Sebastopol Road, right onto a
 * path". Unnamed pieces of a few metres, as across a junction, are skipped. Several unnamed turns
 * in a row are merged up to the next name: "left by side streets to Sebastopol Road (240 m), right
 * into it".
 */
export function describeWay(ways: readonly NamedWay[]): string {
  const pieces = piecesOf(toldOf(ways));
  return pieces.map((piece, at) => tell(piece, pieces[at - 1], pieces[at + 1])).join(", ");
}

/** Nearer, a street is in sight. */
const outOfSight = 60;

/** How far the ends of a way lie from its street, in metres, where one is out of sight: no line leads there. */
export function describeEnds([from, to]: readonly [number, number]): string | null {
  const far = linesOf(
    from > outOfSight && `the start is ${formatCount(Math.round(from))} m`,
    to > outOfSight && `the end is ${formatCount(Math.round(to))} m`,
  );
  return far.length > 0 ? `${far.join(" and ")} from the nearest street` : null;
}

/** Streets that are told one by one, or a run of several without a name that is told as one. */
type Piece = NamedWay & { readonly run: readonly NamedWay[] | null };

/** As many streets without a name as are told turn by turn. */
const toldByTurn = 2;

function piecesOf(told: readonly NamedWay[]): Piece[] {
  const pieces: Piece[] = [];
  for (let from = 0; from < told.length; ) {
    let to = from;
    while (to < told.length && told[to]?.name === null) to += 1;
    const run = told.slice(from, to);
    if (run.length > toldByTurn)
      pieces.push({
        name: null,
        class: run[0]?.class ?? "street",
        metres: run.reduce((sum, { metres }) => sum + metres, 0),
        line: run.flatMap(({ line }) => line),
        run,
      });
    else pieces.push(...run.map((way): Piece => ({ ...way, run: null })));
    const next = told[to];
    if (next) pieces.push({ ...next, run: null });
    from = to + 1;
  }
  return pieces;
}

function tell(piece: Piece, before: Piece | undefined, after: Piece | undefined): string {
  const turn = before && turnOf(before.line, piece.line);
  if (piece.run) {
    const to = after ? ` to ${wordOf(after)}` : "";
    const heading = turn ?? directionOf(piece.line[0], piece.line.at(-1));
    const metres = formatCount(Math.max(10, Math.round(piece.metres / 10) * 10));
    return `${heading} by ${runWords(piece.run)}${to} (${metres} m)`;
  }
  if (!turn) {
    // Heading over the first 100 metres, so that the first bend does not decide.
    const heading = directionOf(piece.line[0], reached(piece.line, 100));
    return `${heading} on ${wordOf(piece)}`;
  }
  const isPath = piece.name === null && (piece.class === "path" || piece.class === "cycleway");
  // After a run its name was just said.
  return `${turn} ${isPath ? "onto" : "into"} ${before.run ? "it" : wordOf(piece)}`;
}

/** What a run is made of. */
function runWords(run: readonly NamedWay[]): string {
  const classes = new Set(run.map((way) => way.class));
  const areAll = (...among: readonly StreetClass[]) =>
    [...classes].every((one) => among.includes(one));
  if (areAll("path", "cycleway")) return "paths";
  if (areAll("street", "service", "path", "cycleway")) return "side streets";
  return "streets without a name";
}

/** The names that are met, each once for every time it is come to. */
export function namesOf(ways: readonly NamedWay[]): string[] {
  const names = ways.flatMap(({ name }) => (name === null ? [] : [name]));
  return names.filter((name, index) => name !== names[index - 1]);
}

/** Shorter pieces without a name are a crossing, not a street. */
const worthAWord = 25;

/**
 * Joins pieces with the same name, after skipped ones were removed. Unnamed pieces are the same
 * street only where they go straight on: a turn between two side streets must be mentioned.
 */
function toldOf(ways: readonly NamedWay[]): NamedWay[] {
  const worth = ways.filter(({ name, metres }) => name !== null || metres >= worthAWord);
  const kept = worth.length > 0 ? worth : ways.filter(({ metres }) => metres > 0).slice(0, 1);
  const joined: NamedWay[] = [];
  for (const way of kept) {
    const last = joined.at(-1);
    const isSame =
      last &&
      wordOf(last) === wordOf(way) &&
      (way.name !== null || turnOf(last.line, way.line) === "on");
    if (isSame) {
      const line = [...last.line, ...way.line];
      joined[joined.length - 1] = { ...last, metres: last.metres + way.metres, line };
    } else joined.push(way);
  }
  return joined;
}

function wordOf({ name, class: kind }: NamedWay): string {
  return name ?? `a ${kind === "street" ? "side street" : streetWords[kind]}`;
}

const points = "north north-east east south-east south south-west west north-west".split(" ");

function directionOf(from: Position | undefined, to: Position | undefined): string {
  const degrees = bearing(from, to);
  return points[Math.round(degrees / 45) % points.length] ?? "north";
}

function turnOf(before: readonly Position[], after: readonly Position[]): string {
  const back = [...before].reverse();
  const came = bearing(reached(back, 20), back[0]);
  const goes = bearing(after[0], reached(after, 20));
  const turn = ((goes - came + 540) % 360) - 180;
  if (Math.abs(turn) < 30) return "on";
  if (Math.abs(turn) > 165) return "back";
  return turn < 0 ? "left" : "right";
}

/** Where one is after so many metres of a line, or at its end. */
function reached(line: readonly Position[], metres: number): Position | undefined {
  if (line.length < 2) return line[0];
  const [lng, lat] = along(lineString(line.map(copied)), metres / 1_000).geometry.coordinates;
  return [lng ?? 0, lat ?? 0];
}

/** Degrees from north, by the sun. */
function bearing(from: Position | undefined, to: Position | undefined): number {
  if (!from || !to) return 0;
  return (bearingBetween(copied(from), copied(to)) + 360) % 360;
}

/** A list of its own, as Turf asks for. */
function copied([lng, lat]: Position): [number, number] {
  return [lng, lat];
}
