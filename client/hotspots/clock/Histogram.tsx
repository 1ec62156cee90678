import { memo, type PointerEvent, useRef, useState } from "react";
import {
  type BrushDrag,
  type BrushPart,
  dragBrush,
  keyBrush,
  mondayOf,
  monthTicks,
  niceCeiling,
  type WeekBar,
} from "#client/hotspots/clock/weekly-bars.ts";
import type { DateRange } from "#client/hotspots/measures/presets.ts";
import { useMedia, useWidth } from "#client/ui/use-media.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatDate, formatDateRange, formatMonth } from "#core/time/words.ts";
import { addDays, daysBetween } from "#core/time/zone.ts";
import "#client/hotspots/clock/histogram.css";

export interface HistogramProps {
  readonly bars: readonly WeekBar[];
  /** Police finds: hollow, on the same axis, never stacked on the reports. */
  readonly hollowBars: readonly WeekBar[] | null;
  readonly noun: string;
  readonly range: DateRange;
  readonly within: DateRange;
  /** Dates compared with; null without a comparison. */
  readonly baseline?: DateRange | null;
  /** `continues` within one drag. */
  readonly onRange: (range: DateRange, continues?: boolean) => void;
}

/** Beside the clock as high as its seven rows, which are lower in a low window. */
const besideHighClock = "(min-width: 1024px) and (min-height: 800px)";
const heights = { high: 192, low: 112 } as const;
const axisHeight = 18;
const topSpace = 14;
const gripWidth = 9;
/** "Sep 2021" in the small type. */
const labelWidth = 60;

/** Weeks of all records; the brush sets the dates of everything else. */
export function Histogram(props: HistogramProps) {
  const { bars, noun, range, within, onRange, baseline = null } = props;
  const [root, width] = useWidth<HTMLDivElement>(640);
  const height = useMedia(besideHighClock) ? heights.high : heights.low;
  const svg = useRef<SVGSVGElement>(null);
  const [drag, setDrag] = useState<BrushDrag | null>(null);
  const [pointed, setPointed] = useState<string | null>(null);
  const first = bars[0]?.monday ?? within.from;
  const dayWidth = width / Math.max(1, bars.length * 7);
  const xOf = (date: string) => daysBetween(first, date) * dayWidth;
  const left = xOf(range.from);
  const right = xOf(addDays(range.to, 1));

  const dayAt = (event: PointerEvent) => {
    const box = svg.current?.getBoundingClientRect();
    const x = event.clientX - (box?.left ?? 0);
    return addDays(first, Math.floor(Math.max(0, Math.min(width - 1, x)) / dayWidth));
  };
  const partAt = (event: PointerEvent): BrushPart => {
    const x = event.clientX - (svg.current?.getBoundingClientRect().left ?? 0);
    if (Math.abs(x - left) <= gripWidth) return "start";
    if (Math.abs(x - right) <= gripWidth) return "end";
    return x > left && x < right ? "window" : "outside";
  };
  const onPointerDown = (event: PointerEvent<SVGSVGElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    const begun: BrushDrag = { part: partAt(event), range, day: dayAt(event) };
    setDrag(begun);
    if (begun.part === "outside") onRange(dragBrush(begun, begun.day, within));
  };
  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    setPointed(mondayOf(dayAt(event)));
    if (!drag) return;
    const next = dragBrush(drag, dayAt(event), within);
    if (next.from === range.from && next.to === range.to) return;
    const hasMoved = range.from !== drag.range.from || range.to !== drag.range.to;
    onRange(next, hasMoved);
  };
  const slider = (part: BrushPart, label: string, value: string, x: number) => (
    <div
      key={part}
      role="slider"
      tabIndex={0}
      className={`histogram__grip histogram__grip--${part}`}
      style={{ left: x }}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={daysBetween(within.from, within.to)}
      aria-valuenow={daysBetween(within.from, value)}
      aria-valuetext={part === "window" ? formatDateRange(range.from, range.to) : formatDate(value)}
      onKeyDown={(event) => {
        const next = keyBrush(part, range, event.key, within);
        if (!next) return;
        event.preventDefault();
        onRange(next);
      }}
    />
  );
  return (
    <div className="histogram relative shrinks" ref={root}>
      <svg
        ref={svg}
        className="histogram__plot block"
        width={width}
        height={height}
        aria-hidden="true"
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setPointed(null)}
        onPointerUp={() => setDrag(null)}
        onPointerCancel={() => setDrag(null)}
      >
        <Bars {...props} first={first} width={width} height={height} dayWidth={dayWidth} />
        <rect
          className="histogram__shade"
          x={0}
          y={0}
          width={Math.max(0, left)}
          height={height - axisHeight}
        />
        <rect
          className="histogram__shade"
          x={right}
          y={0}
          width={Math.max(0, width - right)}
          height={height - axisHeight}
        />
        {baseline ? (
          <rect
            className="histogram__baseline no-pointer"
            x={xOf(baseline.from)}
            y={0.5}
            width={Math.max(2, xOf(addDays(baseline.to, 1)) - xOf(baseline.from))}
            height={height - axisHeight - 1}
          />
        ) : null}
        <rect
          className="histogram__window"
          x={left}
          y={0.5}
          width={Math.max(2, right - left)}
          height={height - axisHeight - 1}
        />
        <text className="histogram__text small" x={2} y={topSpace - 4}>
          {`${formatCount(ceilingOf(props))} ${noun} a week`}
        </text>
        <text
          className="histogram__text small histogram__text--reading"
          x={width - 2}
          y={topSpace - 4}
        >
          {pointed ? weekReading(props, pointed) : ""}
        </text>
      </svg>
      {slider("window", "Dates shown: move", range.from, (left + right) / 2)}
      {slider("start", "First date", range.from, left)}
      {slider("end", "Last date", range.to, right)}
    </div>
  );
}

/** "Week of 4 Oct 2021: 34 reports, 3 by police". */
function weekReading({ bars, hollowBars, noun }: HistogramProps, monday: string): string {
  const countIn = (all: readonly WeekBar[]) => all.find((bar) => bar.monday === monday)?.count ?? 0;
  const beside = hollowBars ? `, ${formatCount(countIn(hollowBars))} recorded by police` : "";
  return `Week of ${formatDate(monday)}: ${formatCount(countIn(bars))} ${noun}${beside}`;
}

/** Over all weeks, so that the axis stays fixed. */
function ceilingOf({ bars, hollowBars }: Pick<HistogramProps, "bars" | "hollowBars">): number {
  return niceCeiling(Math.max(0, ...[...bars, ...(hollowBars ?? [])].map((bar) => bar.count)));
}

interface BarsProps extends HistogramProps {
  readonly first: string;
  readonly width: number;
  readonly height: number;
  readonly dayWidth: number;
}

/** Redrawn only when counts or size change, not by the brush. */
const Bars = memo(
  function Bars({ bars, hollowBars, first, width, height, dayWidth, within }: BarsProps) {
    const ceiling = ceilingOf({ bars, hollowBars });
    const floor = height - axisHeight;
    const yOf = (count: number) => floor - (count / ceiling) * (floor - topSpace);
    const barWidth = Math.max(1, dayWidth * 7 - 1.5);
    return (
      <>
        {bars.map((bar, index) => (
          <rect
            key={bar.monday}
            className="histogram__bar"
            x={index * dayWidth * 7}
            y={yOf(bar.count)}
            width={barWidth}
            height={floor - yOf(bar.count)}
          />
        ))}
        {(hollowBars ?? []).map((bar, index) =>
          bar.count === 0 ? null : (
            <rect
              key={bar.monday}
              className="histogram__bar histogram__bar--hollow"
              x={index * dayWidth * 7 + 1}
              y={yOf(bar.count)}
              width={Math.max(1, barWidth - 2)}
              height={floor - yOf(bar.count)}
            />
          ),
        )}
        <line className="histogram__line" x1={0} x2={width} y1={floor + 0.5} y2={floor + 0.5} />
        <line className="histogram__line" x1={0} x2={width} y1={topSpace} y2={topSpace} />
        {monthTicks(within, Math.floor(width / 76)).map((date) => {
          const x = daysBetween(first, date) * dayWidth;
          return (
            <g key={date} transform={`translate(${x} 0)`}>
              <line className="histogram__line" y1={floor} y2={floor + 4} />
              {x + labelWidth <= width ? (
                <text className="histogram__text small" x={3} y={height - 4}>
                  {formatMonth(date)}
                </text>
              ) : null}
            </g>
          );
        })}
      </>
    );
  },
  (before, after) =>
    before.bars === after.bars &&
    before.hollowBars === after.hollowBars &&
    before.width === after.width &&
    before.height === after.height,
);
