import { type CSSProperties, type KeyboardEvent, useMemo, useRef } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { blockedTimes } from "#client/patrols/capped.ts";
import type { LivingWeek } from "#client/patrols/living-week.ts";
import { nowOn } from "#client/patrols/now.ts";
import { usePlanParts } from "#client/patrols/plan-parts.ts";
import { bestCount } from "#client/patrols/plan-words.ts";
import { isOpen } from "#client/patrols/use-board.ts";
import type { KeepClear } from "#client/patrols/use-keep-clear.ts";
import { DraftGhost, WeekRefusal } from "#client/patrols/week/DraftGhost.tsx";
import { neighbourBlock, useBoardKeys } from "#client/patrols/week/use-board-keys.ts";
import { useWeekDrag } from "#client/patrols/week/use-week-drag.ts";
import type { Drawn } from "#client/patrols/week/WeekBlockButton.tsx";
import { WeekBlockButton } from "#client/patrols/week/WeekBlockButton.tsx";
import {
  clockChangeOn,
  columnsOf,
  lanesOf,
  minuteLabel,
  rowsOf,
  type Slot,
  slotOf,
  slotsOf,
  spanOf,
  useWeek,
  type Week,
  type WeekColumn,
  wholeSlotsOf,
} from "#client/patrols/week/week-layout.ts";
import { Hatch } from "#client/ui/Hatch.tsx";
import { formatDay } from "#core/time/words.ts";
import { minuteMs } from "#core/time/zone.ts";
import "#client/patrols/week/week-grid.css";

export function WeekGrid() {
  const { view, keepClear, board, desk } = usePlanParts();
  const { asAt } = useSession();
  const week = useWeek(view);
  const now = nowOn(week.zone, asAt);
  const days = week.dates.length;
  const blocks = useMemo(() => blocksOf(week, view.week), [week, view.week]);
  const lanes = useMemo(() => lanesOf(blocks), [blocks]);
  const chosen = view.week.patrols.find(
    ({ plan, window }) => window === view.window && plan === view.windowPlan,
  );
  const chosenId = view.windowPlan === view.plan ? (view.window?.id ?? null) : null;
  const bands = useMemo(() => wholeSlotsOf(week, keepClear.stretches), [week, keepClear]);
  const hatched = useMemo(
    () => slotsOf(week, desk && chosenId ? blockedTimes(desk, keepClear, chosenId) : []),
    [week, keepClear, desk, chosenId],
  );
  const unknown = useMemo(() => notShownYet(week, keepClear), [week, keepClear]);
  const columns = useMemo(() => columnsOf(days, blocks, lanes), [days, blocks, lanes]);
  const grid = useRef<HTMLElement>(null);
  const rows = rowsOf(week.scale);
  const laneOf = (block: Drawn) => ({
    ...(lanes.get(block) ?? wholeColumn),
    within: laneShare,
  });
  const stop = blocks.find((block) => block.id === chosen?.key) ?? blocks[0];
  // Acts go to the patrol's own plan, so that plan is selected first.
  const isInHand = (block: Drawn) => block.plan === view.plan;

  const focusOn = (id: string | undefined) =>
    id && grid.current?.querySelector<HTMLElement>(`[data-window="${id}"]`)?.focus();
  const drag = useWeekDrag(board, {
    grid,
    week,
    columns,
    onDrawn: (times) => board.startAdding({ ...times, unit: 1 }),
    onDropped: (window, times) => {
      view.chooseWindow(window.id);
      void board.change(window, times, "drop");
    },
  });
  const pressed = useBoardKeys(board, {
    zone: week.zone,
    now,
    choose: (window) => view.chooseWindow(window.id),
    onRemove: (window) => focusOn(blocks[nextTo(blocks, window.id)]?.id),
    onAdd: ({ end, unit }) =>
      board.startAdding({ start: Date.parse(end), end: Date.parse(end) + newWindowMs, unit }),
  });
  const onKeyDown = (event: KeyboardEvent, block: Drawn) => {
    if (event.key === "Escape") {
      if (board.refusal) board.closeRefusal();
      else view.chooseWindow(null);
      return;
    }
    if (isInHand(block) && pressed(event, block.window)) return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = neighbourBlock(blocks, block, event.key);
    if (!next) return;
    event.preventDefault();
    focusOn(next.id);
  };

  return (
    <div className="week grid tall" style={sizesOf(rows.length, columns)}>
      <div className="week__corner" />
      {week.dates.map((date, column) => (
        <div key={date} className="week__day">
          {formatDay(date)}
          <span className="week__clock block normal">{clockChangeOn(week.zone, date)}</span>
          {bands
            .filter((slot) => slot.column === column)
            .map((slot) => (
              <KeepClearHours key={slot.fromMinute} date={date} slot={slot} />
            ))}
        </div>
      ))}
      <div className="week__hours grid" aria-hidden="true">
        {rows.map((minute) => (
          <span key={minute} className="week__hour quiet small">
            {minute % 60 === 0 ? minuteLabel(minute) : ""}
          </span>
        ))}
      </div>
      <section
        className={
          board.canChange && !view.isOwn
            ? "week__body relative line-below week__body--open"
            : "week__body relative line-below"
        }
        ref={grid}
        aria-label="Patrols of the week"
        onPointerDown={(event) => {
          if (event.target === event.currentTarget && !view.isOwn) drag.draw(event);
        }}
      >
        {rows.map((minute, row) => (
          <span
            key={minute}
            className={minute === 1440 ? "week__line week__line--midnight" : "week__line"}
            style={{ top: share(row, rows.length) }}
          />
        ))}
        {week.dates.slice(1).map((date, index) => (
          <span
            key={date}
            className="week__wall"
            style={{ left: share(columns[index + 1]?.from ?? 0, 1) }}
          />
        ))}
        {hatched.map((slot) => (
          <BlockedTime
            key={`${slot.column}-${slot.fromMinute}`}
            date={week.dates[slot.column] ?? ""}
            slot={slot}
            style={boxOf(slot, week, columns)}
          />
        ))}
        {unknown.map((slot) => (
          <div
            key={`${slot.column}-${slot.fromMinute}`}
            className="week__unknown absolute clips centred surface no-pointer no-print row quiet small"
            style={boxOf(slot, week, columns)}
          >
            Not shown yet
          </div>
        ))}
        {blocks.map((block) => (
          <WeekBlockButton
            key={block.id}
            block={block}
            style={boxOf(block.slot, week, columns, laneOf(block))}
            isStop={block.id === stop?.id}
            isChosen={block.id === chosen?.key}
            onChoose={() => {
              if (drag.wasDrag()) return;
              board.closeRefusal();
              board.startAdding(null);
              if (block.id === chosen?.key) view.chooseWindow(null);
              else view.chooseWindow(block.window.id, block.plan);
            }}
            onKeyDown={(event) => onKeyDown(event, block)}
            onGrab={
              board.canChange && isInHand(block) && isOpen(block.window, now)
                ? (event, grip) => drag.grab(event, block.window, block.slot, grip)
                : undefined
            }
          />
        ))}
        <DraftGhost week={week} boxOf={(slot) => boxOf(slot, week, columns)} />
        <WeekRefusal
          week={week}
          blocks={blocks}
          boxOf={(slot, block) => boxOf(slot, week, columns, block ? laneOf(block) : undefined)}
          onDone={focusOn}
        />
      </section>
    </div>
  );
}

/** The most usual length. */
const newWindowMs = 90 * minuteMs;

function nextTo(blocks: readonly Drawn[], id: string): number {
  const at = blocks.findIndex((block) => block.id === id);
  return at + 1 < blocks.length ? at + 1 : at - 1;
}

/** Windows leave a strip of each day free, so that a hatch is seen beside them from end to end. */
const laneShare = 0.94;

interface DaySlot {
  readonly date: string;
  readonly slot: Slot;
}

function KeepClearHours({ date, slot }: DaySlot) {
  const words = `Keep clear ${timesOf(date, slot)}`;
  return (
    <span
      className="week__keep-clear nowrap normal row middle no-print"
      role="img"
      aria-label={words}
      title={`${words} in part of the area: the map shows where`}
    >
      <Hatch /> {`${minuteLabel(slot.fromMinute)}–${minuteLabel(slot.toMinute)}`}
    </span>
  );
}

/** What keeps the chosen patrol out: protected time and visits used up are hatched alike. */
function BlockedTime({ date, slot, style }: DaySlot & { readonly style: CSSProperties }) {
  const words = `Chosen patrol cannot be here: ${timesOf(date, slot)}`;
  return (
    <div
      className="week__blocked absolute no-pointer hatch no-print"
      role="img"
      aria-label={words}
      title={words}
      style={style}
    />
  );
}

function timesOf(date: string, { fromMinute, toMinute }: Slot): string {
  return `${formatDay(date)}, ${minuteLabel(fromMinute)} to ${minuteLabel(toMinute)}`;
}

function blocksOf(week: Week, { patrols, ranks }: LivingWeek): readonly Drawn[] {
  return patrols.flatMap(({ key, plan, window }) => {
    const slot = slotOf(week, Date.parse(window.start), Date.parse(window.end));
    if (!slot) return [];
    const rank = ranks.get(key) ?? null;
    const isBest = rank !== null && rank <= bestCount;
    return [{ id: key, unit: window.unit, slot, plan, window, rank, isBest }];
  });
}

/** Days whose protected time is not shown yet: empty does not mean clear. */
function notShownYet(week: Week, { until }: KeepClear): readonly Slot[] {
  const { to } = spanOf(week);
  return until === null || until >= to ? [] : slotsOf(week, [{ from: until, to }]);
}

interface Lane {
  readonly lane: number;
  readonly lanes: number;
  /** Share of the column's width. */
  readonly within: number;
}

const wholeColumn: Lane = { lane: 0, lanes: 1, within: 1 };

function boxOf(
  slot: Slot,
  { scale }: Week,
  columns: readonly WeekColumn[],
  { lane, lanes, within }: Lane = wholeColumn,
) {
  const minutes = scale.lastMinute - scale.firstMinute;
  const { from, width } = columns[slot.column] ?? { from: 0, width: 0 };
  return {
    top: share(slot.fromMinute - scale.firstMinute, minutes),
    height: share(slot.toMinute - slot.fromMinute, minutes),
    left: share(from + width * (lane / lanes) * within, 1),
    width: share((width * within) / lanes, 1),
  };
}

function sizesOf(rows: number, columns: readonly WeekColumn[]) {
  const tracks = columns.map(
    ({ leastPx }) => `minmax(calc(${leastPx}px * var(--narrow, 1)), ${leastPx}fr)`,
  );
  return { "--rows": rows, "--columns": tracks.join(" ") } as CSSProperties;
}

function share(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(4)}%`;
}
