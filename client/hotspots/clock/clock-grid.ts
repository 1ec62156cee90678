import { allDays, type WeekFilter } from "#client/hotspots/state/view.ts";

/**
 * Clock rows begin at 06:00, so a night is in one piece: Friday's row ends at 06:00 on Saturday.
 */
export const firstHour = 6;

/** One square of the clock: row 0 is Monday, column 0 is 06:00. */
export interface ClockSquare {
  readonly row: number;
  readonly column: number;
}

export function hourOfColumn(column: number): number {
  return (column + firstHour) % 24;
}

/** 0..167, Monday 00:00 first. */
export function hourOfWeekAt({ row, column }: ClockSquare): number {
  return (row * 24 + firstHour + column) % 168;
}

/** Days are those on which the hours start. */
export function filterBetween(a: ClockSquare, b: ClockSquare): WeekFilter {
  const left = Math.min(a.column, b.column);
  const right = Math.max(a.column, b.column);
  const from = hourOfColumn(left);
  const hours = { from, to: hourOfColumn(right + 1) };
  const rows = span(Math.min(a.row, b.row), Math.max(a.row, b.row));
  return { days: daysOfRows(rows, from), hours };
}

/** Without hours yet, the whole row of 24. */
export function toggleRow(time: WeekFilter, row: number): WeekFilter {
  const hours = time.hours ?? { from: firstHour, to: firstHour };
  const [day = row] = daysOfRows([row], hours.from);
  const isFirstChoice = time.days.length === 7;
  if (isFirstChoice) return { days: [day], hours };
  const days = time.days.includes(day)
    ? time.days.filter((each) => each !== day)
    : [...time.days, day].sort((a, b) => a - b);
  return { days: days.length === 0 ? allDays : days, hours: time.hours };
}

/** Null for other keys. Rows and columns do not wrap. */
export function moveSquare(square: ClockSquare, key: string): ClockSquare | null {
  const { row, column } = square;
  switch (key) {
    case "ArrowLeft":
      return { row, column: Math.max(0, column - 1) };
    case "ArrowRight":
      return { row, column: Math.min(23, column + 1) };
    case "ArrowUp":
      return { row: Math.max(0, row - 1), column };
    case "ArrowDown":
      return { row: Math.min(6, row + 1), column };
    case "Home":
      return { row, column: 0 };
    case "End":
      return { row, column: 23 };
    default:
      return null;
  }
}

/** Hours before 06:00 in a row belong to the next day. */
function daysOfRows(rows: readonly number[], from: number): number[] {
  return rows.map((row) => (from < firstHour ? (row + 1) % 7 : row)).sort((a, b) => a - b);
}

function span(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
