import type { EventColumns } from "#core/events/columns.ts";
import { parentCell } from "#core/geo/cell.ts";
import type { StudySet } from "#core/geo/study-set.ts";
import { hourMs, localHourOfWeek, minuteMs, type Zone } from "#core/time/zone.ts";

const minutesPerDay = 1440;

/**
 * Event columns with what every filter needs and no filter changes: computed once, so that a move
 * of the brush touches numbers only. An uncertain span of at most 24 hours is cut into pieces at
 * the London hours; longer ones join no hour filter (DEFINITIONS, Events).
 */
export interface PreparedEvents {
  readonly columns: EventColumns;
  /** Epoch minutes, rounded down. */
  readonly midpoint: Int32Array;
  /** Hour of the London week of the midpoint. */
  readonly midpointHour: Uint8Array;
  /** 1 where the span is over 24 hours. */
  readonly isLong: Uint8Array;
  /** The pieces of event `i` are `pieceAt[i] .. pieceAt[i + 1]`; none for instants and long spans. */
  readonly pieceAt: Uint32Array;
  readonly pieceStart: Int32Array;
  readonly pieceEnd: Int32Array;
  readonly pieceHour: Uint8Array;
  /** The longest span of those that are not long, in minutes: how far back a window must look. */
  readonly lookBack: number;
  /** Rows of the long spans. */
  readonly longRows: Uint32Array;
}

export function prepareEvents(columns: EventColumns, zone: Zone): PreparedEvents {
  const { length, start, end } = columns;
  const midpoint = new Int32Array(length);
  const midpointHour = new Uint8Array(length);
  const isLong = new Uint8Array(length);
  const pieceAt = new Uint32Array(length + 1);
  const pieces: { start: number; end: number; hour: number }[] = [];
  const longRows: number[] = [];
  let lookBack = 0;
  for (let row = 0; row < length; row += 1) {
    const from = start[row] as number;
    const to = end[row] as number;
    const middle = from + Math.floor((to - from) / 2);
    midpoint[row] = middle;
    midpointHour[row] = zone.hourOfWeek(middle * minuteMs);
    if (to - from > minutesPerDay) {
      isLong[row] = 1;
      longRows.push(row);
    } else if (to > from) {
      lookBack = Math.max(lookBack, to - from);
      cutAtHours(zone, from, to, pieces);
    }
    pieceAt[row + 1] = pieces.length;
  }
  return {
    columns,
    midpoint,
    midpointHour,
    isLong,
    pieceAt,
    pieceStart: Int32Array.from(pieces, (piece) => piece.start),
    pieceEnd: Int32Array.from(pieces, (piece) => piece.end),
    pieceHour: Uint8Array.from(pieces, (piece) => piece.hour),
    lookBack,
    longRows: Uint32Array.from(longRows),
  };
}

/** Offsets of a whole number of hours change on the hour, so a piece never straddles a change. */
function cutAtHours(
  zone: Zone,
  from: number,
  to: number,
  pieces: { start: number; end: number; hour: number }[],
): void {
  let at = from;
  while (at < to) {
    const instant = at * minuteMs;
    const local = zone.toLocal(instant);
    const next = at + (hourMs - (((local % hourMs) + hourMs) % hourMs)) / minuteMs;
    const until = Math.min(to, next);
    pieces.push({ start: at, end: until, hour: localHourOfWeek(local) });
    at = until;
  }
}

/** For every distinct cell of the columns its index in the study set, at the set's resolution; -1 outside. */
export function studyIndexOfCells(columns: EventColumns, study: StudySet): Int32Array {
  return Int32Array.from(
    columns.cells,
    (cell) => study.indexOf.get(parentCell(cell, study.resolution)) ?? -1,
  );
}
