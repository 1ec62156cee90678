import type { Position } from "#core/geo/cell.ts";
import type { StreetClass } from "#core/places/streets/line.ts";
import { unitMetresAt } from "#core/places/streets/measure.ts";

/** What is gone along one street before the next begins. */
export interface NamedWay {
  readonly name: string | null;
  readonly class: StreetClass;
  readonly metres: number;
  readonly line: readonly Position[];
}

/**
 * A way in words for who walks it: "north on Fore Street, left into Sebastopol Road, right onto a path". Pieces of a few
 * metres without a name, as across a junction, are not worth a word.
 */
export function describeWay(ways: readonly NamedWay[]): string {
  const told = toldOf(ways);
  const words: string[] = [];
  told.forEach((way, index) => {
    const before = told[index - 1];
    words.push(
      before
        ? `${turnOf(before.line, way.line)} ${into(way)} ${wordOf(way)}`
        : `${headingOf(way.line)} on ${wordOf(way)}`,
    );
  });
  return words.join(", ");
}

/** The names that are met, each once for every time it is come to. */
export function namesOf(ways: readonly NamedWay[]): string[] {
  const names = ways.flatMap(({ name }) => (name === null ? [] : [name]));
  return names.filter((name, index) => name !== names[index - 1]);
}

/** Shorter pieces without a name are a crossing, not a street. */
const worthAWord = 25;

/**
 * Pieces joined that are called the same, after those that are not told were left out. Without a name only what goes
 * straight on is the same street: a turn between two side streets has to be told.
 */
function toldOf(ways: readonly NamedWay[]): NamedWay[] {
  const worth = ways.filter(({ name, metres }) => name !== null || metres >= worthAWord);
  const kept = worth.length > 0 ? worth : ways.filter(({ metres }) => metres > 0).slice(0, 1);
  const joined: NamedWay[] = [];
  for (const way of kept) {
    const last = joined.at(-1);
    if (last && isSameStreet(last, way)) {
      const line = [...last.line, ...way.line];
      joined[joined.length - 1] = { ...last, metres: last.metres + way.metres, line };
    } else joined.push(way);
  }
  return joined;
}

function isSameStreet(before: NamedWay, after: NamedWay): boolean {
  if (wordOf(before) !== wordOf(after)) return false;
  return after.name !== null || turnOf(before.line, after.line) === "on";
}

const unnamed: Readonly<Record<StreetClass, string>> = {
  motorway: "a motorway",
  main: "a main road",
  secondary: "a road",
  street: "a side street",
  service: "a service road",
  path: "a path",
  cycleway: "a cycle track",
};

function wordOf(way: NamedWay): string {
  return way.name ?? unnamed[way.class];
}

function into(way: NamedWay): string {
  return way.name === null && (way.class === "path" || way.class === "cycleway") ? "onto" : "into";
}

const points = [
  "north",
  "north-east",
  "east",
  "south-east",
  "south",
  "south-west",
  "west",
  "north-west",
] as const;

/** From where it begins to what is reached in the first 100 metres, so that the first bend does not decide. */
function headingOf(line: readonly Position[]): string {
  const degrees = bearing(line[0], reached(line, 100));
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
  let left = metres;
  for (let index = 0; index + 1 < line.length; index += 1) {
    const [from, to] = [line[index] as Position, line[index + 1] as Position];
    const [east, north] = offset(from, to);
    const length = Math.hypot(east, north);
    if (length >= left) {
      const share = left / length;
      return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
    }
    left -= length;
  }
  return line.at(-1);
}

/** Degrees from north, by the sun. */
function bearing(from: Position | undefined, to: Position | undefined): number {
  if (!from || !to) return 0;
  const [east, north] = offset(from, to);
  return (Math.atan2(east, north) * (180 / Math.PI) + 360) % 360;
}

function offset(from: Position, to: Position): [east: number, north: number] {
  const metres = unitMetresAt(from[1] * 1e7);
  return [(to[0] - from[0]) * 1e7 * metres.east, (to[1] - from[1]) * 1e7 * metres.north];
}
