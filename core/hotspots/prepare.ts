import { parentCell } from "#core/geo/cell.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { EventColumns } from "#core/records/columns.ts";
import { hourMs, localHourOfWeek, minuteMs, tellsHour, type Zone } from "#core/time/zone.ts";

/** Most hours of a short span: a day with a clock change, begun inside an hour. */
const mostPieces = 27;

/**
 * Event columns plus what every filter needs, computed once so that moving the brush touches
 * numbers only. An uncertain span of less than a day is cut at the London hours; longer ones join
 * no hour filter (DEFINITIONS, Events).
 */
export interface PreparedEvents {
  readonly columns: EventColumns;
  /** Epoch minutes, rounded down. */
  readonly midpoint: Int32Array;
  /** Hour of the London week of the midpoint. */
  readonly midpointHour: Uint8Array;
  /** 1 where the span is a day or longer. */
  readonly isLong: Uint8Array;
  /**
   * The pieces of event `i` are `pieceAt[i] .. pieceAt[i + 1]`, in order of time and without gaps
   * from its start; none for instants and long spans.
   */
  readonly pieceAt: Uint32Array;
  /** Real minutes of a piece, at most 60. */
  readonly pieceMinutes: Uint8Array;
  /** Its hour of the London week. */
  readonly pieceHour: Uint8Array;
  /** The longest span of those that are not long, in minutes: how far back a window must look. */
  readonly lookBack: number;
  readonly longRows: Uint32Array;
}

export function prepareEvents(columns: EventColumns, zone: Zone): PreparedEvents {
  const { length, start, end } = columns;
  const midpoint = new Int32Array(length);
  const midpointHour = new Uint8Array(length);
  const isLong = new Uint8Array(length);
  const pieceAt = new Uint32Array(length + 1);
  const [minutes, hour] = [new Uint8Array(length * 2), new Uint8Array(length * 2)];
  const pieces: Pieces = { length: 0, minutes, hour };
  const longRows: number[] = [];
  let lookBack = 0;
  for (let row = 0; row < length; row += 1) {
    const from = start[row] as number;
    const to = end[row] as number;
    const middle = from + Math.floor((to - from) / 2);
    midpoint[row] = middle;
    midpointHour[row] = zone.hourOfWeek(middle * minuteMs);
    if (!tellsHour(zone, from * minuteMs, to * minuteMs)) {
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
    pieceMinutes: pieces.minutes.subarray(0, pieces.length),
    pieceHour: pieces.hour.subarray(0, pieces.length),
    lookBack,
    longRows: Uint32Array.from(longRows),
  };
}

/**
 * Study-set index of every distinct cell of the columns, at the set's resolution; -1 outside.
 * `inside`: the finest cells, whose parents form the study set. Coarse cells cross the boundary,
 * and an event beyond it would count in both areas; with `inside` it belongs to the area of its own
 * cell, so areas add up at every cell size.
 */
export function studyIndexOfCells(
  columns: EventColumns,
  study: StudySet,
  inside: StudySet = study,
): Int32Array {
  return Int32Array.from(columns.cells, (cell) =>
    inside.indexOf.has(parentCell(cell, inside.resolution))
      ? (study.indexOf.get(parentCell(cell, study.resolution)) ?? -1)
      : -1,
  );
}

interface Pieces {
  length: number;
  minutes: Uint8Array;
  hour: Uint8Array;
}

function cutAtHours(zone: Zone, from: number, to: number, pieces: Pieces): void {
  if (pieces.length + mostPieces > pieces.minutes.length) grow(pieces);
  let at = from;
  while (at < to) {
    const local = zone.toLocal(at * minuteMs);
    // Local clocks change on the hour, so a piece never straddles a change.
    const left = (hourMs - (((local % hourMs) + hourMs) % hourMs)) / minuteMs;
    const minutes = Math.min(to - at, left);
    pieces.minutes[pieces.length] = minutes;
    pieces.hour[pieces.length] = localHourOfWeek(local);
    pieces.length += 1;
    at += minutes;
  }
}

function grow(pieces: Pieces): void {
  const { minutes, hour } = pieces;
  const room = minutes.length * 2 + mostPieces;
  pieces.minutes = new Uint8Array(room);
  pieces.minutes.set(minutes);
  pieces.hour = new Uint8Array(room);
  pieces.hour.set(hour);
}
