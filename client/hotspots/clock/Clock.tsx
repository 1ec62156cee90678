import { type KeyboardEvent, memo, type PointerEvent, useMemo, useRef, useState } from "react";
import {
  type ClockSquare,
  filterBetween,
  hourOfColumn,
  hourOfWeekAt,
  moveSquare,
  toggleRow,
} from "#client/hotspots/clock/clock-grid.ts";
import { maskOf } from "#client/hotspots/state/filters.ts";
import { isWholeWeek, type WeekFilter, wholeWeek } from "#client/hotspots/state/view.ts";
import { formatHour } from "#client/hotspots/state/words.ts";
import { classNames } from "#client/ui/class-names.ts";
import { formatDecimal } from "#client/ui/format.ts";
import { shortWeekdayNames } from "#core/time/words.ts";
import "#client/hotspots/clock/clock.css";

export interface ClockProps {
  /** As displayed, by hour of the week, Monday 00:00 first, before the hour filter. */
  readonly weights: Float64Array;
  readonly weeks: number;
  /** Weekly, of any hour over all records: the scale holds during play. */
  readonly largestRate: number;
  readonly noun: string;
  readonly time: WeekFilter;
  /** `continues` within one drag. */
  readonly onTime: (time: WeekFilter, continues?: boolean) => void;
}

const rows = [0, 1, 2, 3, 4, 5, 6] as const;
const columns = Array.from({ length: 24 }, (_, column) => column);

/** When in the week: drag, or arrow keys with Shift, choose days and hours; Escape clears. */
export function Clock(props: ClockProps) {
  const { time, onTime } = props;
  const grid = useRef<HTMLDivElement>(null);
  const anchor = useRef<ClockSquare | null>(null);
  const reached = useRef<ClockSquare | null>(null);
  const [pointed, setPointed] = useState<ClockSquare | null>(null);
  const [stop, setStop] = useState<ClockSquare>({ row: 4, column: 16 });

  const choose = (from: ClockSquare, to: ClockSquare, continues = false) =>
    onTime(filterBetween(from, to), continues);
  const onPointerDown = (event: PointerEvent) => {
    const square = squareOf(event.target);
    if (!square) return;
    anchor.current = square;
    reached.current = square;
    setStop(square);
    choose(square, square);
  };
  const onPointerMove = (event: PointerEvent) => {
    const square = squareOf(document.elementFromPoint(event.clientX, event.clientY));
    setPointed(square);
    if (!square || !anchor.current || event.buttons !== 1 || isSame(square, reached.current))
      return;
    reached.current = square;
    choose(anchor.current, square, true);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && !isWholeWeek(time)) {
      event.stopPropagation();
      onTime(wholeWeek);
      return;
    }
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      anchor.current = stop;
      choose(stop, stop);
      return;
    }
    const next = moveSquare(stop, event.key);
    if (!next) return;
    event.preventDefault();
    if (event.shiftKey) choose(anchor.current ?? stop, next);
    else anchor.current = next;
    anchor.current ??= stop;
    setStop(next);
    setPointed(next);
    grid.current?.querySelector<HTMLElement>(`[data-square="${next.row} ${next.column}"]`)?.focus();
  };
  return (
    <div className="clock stack gap-1">
      {/* biome-ignore lint/a11y/useSemanticElements: a grid of 168 choices is no table of data. */}
      <div
        ref={grid}
        role="grid"
        tabIndex={-1}
        aria-label="Day of week by hour, from 06:00"
        aria-multiselectable="true"
        className="clock__grid grid"
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setPointed(null)}
        onKeyDown={onKeyDown}
      >
        {rows.map((row) => (
          <ClockRow
            key={row}
            row={row}
            {...props}
            stopColumn={stop.row === row ? stop.column : null}
          />
        ))}
      </div>
      <div className="clock__hours grid quiet small" aria-hidden="true">
        {[0, 6, 12, 18].map((column) => (
          <span key={column}>{formatHour(hourOfColumn(column))}</span>
        ))}
      </div>
      <p className="clock__reading small quiet no-print">
        {pointed ? readingOf(props, pointed) : <ClockScale noun={props.noun} />}
      </p>
    </div>
  );
}

interface ClockRowProps extends ClockProps {
  readonly row: number;
  /** Column of the tab stop, if it is in this row. */
  readonly stopColumn: number | null;
}

const ClockRow = memo(function ClockRow(props: ClockRowProps) {
  const { row, weights, weeks, largestRate, noun, time, onTime, stopColumn } = props;
  const mask = useMemo(() => maskOf(time), [time]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: belongs to the grid above.
    // biome-ignore lint/a11y/useFocusableInteractive: its squares take the focus.
    <div role="row" className="clock__row grid">
      {/* biome-ignore lint/a11y/useSemanticElements: belongs to the grid above. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its button takes the focus. */}
      <div role="rowheader" className="grid">
        <button
          type="button"
          className="clock__day bare quiet small"
          title={`${shortWeekdayNames[row]} from 06:00`}
          onClick={() => onTime(toggleRow(time, row))}
        >
          {shortWeekdayNames[row]}
        </button>
      </div>
      {columns.map((column) => {
        const hour = hourOfWeekAt({ row, column });
        const isChosen = mask === null || mask[hour] === 1;
        const rate = (weights[hour] ?? 0) / weeks;
        return (
          // biome-ignore lint/a11y/useSemanticElements: belongs to the grid above.
          <div
            key={column}
            role="gridcell"
            data-square={`${row} ${column}`}
            tabIndex={stopColumn === column ? 0 : -1}
            aria-selected={mask !== null && isChosen}
            aria-label={`${squareName({ row, column })}: ${formatDecimal(weights[hour] ?? 0)} ${noun}`}
            className={classNames("clock__square exact", !isChosen && "clock__square--out")}
            style={{ background: shades[rateClass(rate, largestRate)] }}
          />
        );
      })}
    </div>
  );
});

/** 0 for nothing, else 1..5 in equal steps of the largest rate over all records. */
export function rateClass(rate: number, largestRate: number): number {
  if (rate < 0.001 || largestRate <= 0) return 0;
  return Math.min(5, Math.max(1, Math.ceil((5 * rate) / largestRate)));
}

const shades = ["var(--surface)", ...[1, 2, 3, 4, 5].map((step) => `var(--count-${step})`)];

/** Swatches instead of "darker": in the dark theme more is lighter. */
function ClockScale({ noun }: Pick<ClockProps, "noun">) {
  return (
    <>
      Fewer{" "}
      <span className="clock__scale inline-row" aria-hidden="true">
        {[1, 2, 3, 4, 5].map((step) => (
          <span key={step} style={{ background: shades[step] }} />
        ))}
      </span>{" "}
      more {noun}. Drag to select.
    </>
  );
}

function readingOf({ weights, weeks, noun }: ClockProps, square: ClockSquare): string {
  const weight = weights[hourOfWeekAt(square)] ?? 0;
  return `${squareName(square)}: ${formatDecimal(weight)} ${noun}, ${(weight / weeks).toFixed(2)} a week`;
}

function squareName(square: ClockSquare): string {
  const hour = hourOfWeekAt(square);
  const day = shortWeekdayNames[Math.floor(hour / 24)] ?? "";
  return `${day} ${formatHour(hour % 24)}-${formatHour((hour % 24) + 1)}`;
}

function isSame(a: ClockSquare, b: ClockSquare | null): boolean {
  return a.row === b?.row && a.column === b.column;
}

function squareOf(target: EventTarget | null): ClockSquare | null {
  const text = target instanceof HTMLElement ? target.dataset["square"] : undefined;
  const [row, column] = text?.split(" ").map(Number) ?? [];
  return row === undefined || column === undefined ? null : { row, column };
}
