import { groupBy } from "#core/group-by.ts";
import type { Part, TilePoint } from "#core/places/streets/source/tile-feature.ts";

/** One end of a line, with the direction (of length 1) in which the line leaves it. */
interface End {
  readonly line: number;
  readonly isLast: boolean;
  readonly east: number;
  readonly south: number;
}

/**
 * Joins lines end to end, whichever way each was drawn. Where several end, the two that go on
 * straightest are one line; none turns back by more than a right angle.
 */
export function joinLines(lines: readonly Part[]): Part[] {
  const goesOn = pairsOf(lines);
  const used = new Set<number>();
  const walk = (from: Pick<End, "line" | "isLast">): Part => {
    const walked: Part[] = [];
    let at: Pick<End, "line" | "isLast"> | undefined = from;
    while (at && !used.has(at.line)) {
      used.add(at.line);
      const line = lines[at.line] as Part;
      const onward = at.isLast ? line.toReversed() : line;
      walked.push(walked.length === 0 ? onward : onward.slice(1));
      at = goesOn.get(keyOf(at.line, !at.isLast));
    }
    return walked.flat();
  };
  const joined: Part[] = [];
  const begin = (line: number, isLast: boolean) => {
    if (!used.has(line)) joined.push(walk({ line, isLast }));
  };
  lines.forEach((_, line) => {
    for (const isLast of [false, true]) if (!goesOn.has(keyOf(line, isLast))) begin(line, isLast);
  });
  // What is left has no end.
  lines.forEach((_, line) => {
    begin(line, false);
  });
  return joined;
}

function keyOf(line: number, isLast: boolean): number {
  return 2 * line + (isLast ? 1 : 0);
}

/** More than meet at any crossing: a file with as many means harm, and their pairs are not tried. */
const mostMeeting = 16;

/** For an end of a line, by its key, the end at which the street goes on. */
function pairsOf(lines: readonly Part[]): Map<number, End> {
  const ends = lines.flatMap((part, line) =>
    part.length < 2 ? [] : [endOf(part, line, false), endOf(part, line, true)],
  );
  const pairs = new Map<number, End>();
  for (const meeting of groupBy(ends, ({ x, y }) => `${x} ${y}`).values()) {
    if (meeting.length > mostMeeting) continue;
    const choices = meeting.flatMap((one, index) =>
      meeting.slice(index + 1).map((other) => ({
        one,
        other,
        turn: one.east * other.east + one.south * other.south,
      })),
    );
    for (const { one, other, turn } of choices.toSorted((a, b) => a.turn - b.turn)) {
      const keys = [keyOf(one.line, one.isLast), keyOf(other.line, other.isLast)] as const;
      if (turn > 0 || one.line === other.line || keys.some((key) => pairs.has(key))) continue;
      pairs.set(keys[0], other).set(keys[1], one);
    }
  }
  return pairs;
}

function endOf(part: Part, line: number, isLast: boolean): End & TilePoint {
  const [at, inward] = (isLast ? [part.at(-1), part.at(-2)] : part) as [TilePoint, TilePoint];
  const [dx, dy] = [inward.x - at.x, inward.y - at.y];
  const length = Math.hypot(dx, dy) || 1;
  return { ...at, line, isLast, east: dx / length, south: dy / length };
}
