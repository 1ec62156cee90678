import { type CSSProperties, type KeyboardEvent, useMemo, useRef } from "react";
import { useSession } from "#client/app/session-context.ts";
import { readShifts } from "#client/plan/plan-request.ts";
import type { KeepClear } from "#client/plan/use-keep-clear.ts";
import type { PlanView } from "#client/plan/use-plan.ts";
import { WeekBlockButton } from "#client/plan/WeekBlockButton.tsx";
import { neighbourBlock, type WeekBlock } from "#client/plan/week-keys.ts";
import {
  clockChangeOn,
  datesFrom,
  minuteLabel,
  rowsOf,
  type Slot,
  slotOf,
  slotsOf,
  type Week,
  weekScale,
} from "#client/plan/week-layout.ts";
import { zoneNamed } from "#client/state/zone.ts";
import { formatDay } from "#client/ui/format.ts";
import { parseShift } from "#core/patrol/shift.ts";
import type { WindowReply } from "#core/wire/plan.ts";
import "#client/plan/week-grid.css";

export interface Drawn extends WeekBlock {
  readonly window: WindowReply;
}

/** Columns are days, rows half-hours; windows stand side by side by unit, over the hatch. */
export function WeekGrid({
  view,
  keepClear,
}: {
  readonly view: PlanView;
  readonly keepClear: KeepClear;
}) {
  const { timeZone } = useSession();
  const { plan, from, days } = view;
  const shifts = plan?.shifts.join(",") ?? view.request.shifts;
  const week = useMemo<Week>(() => {
    const scale = weekScale(shiftsOf(shifts));
    return { zone: zoneNamed(timeZone), dates: datesFrom(from, days), scale };
  }, [timeZone, from, days, shifts]);
  const blocks = useMemo(() => blocksOf(week, plan?.windows ?? []), [week, plan]);
  const hatched = useMemo(() => slotsOf(week, keepClear.stretches), [week, keepClear]);
  const units = Math.max(1, ...blocks.map((block) => block.unit));
  const grid = useRef<HTMLElement>(null);
  const rows = rowsOf(week.scale);
  const lanesOf = ({ unit }: Drawn) => ({ lane: unit - 1, lanes: units, within: laneShare });
  const stop = blocks.find((block) => block.id === view.window?.id) ?? blocks[0];

  const onKeyDown = (event: KeyboardEvent, block: Drawn) => {
    if (event.key === "Escape") {
      view.chooseWindow(null);
      return;
    }
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = neighbourBlock(blocks, block, event.key);
    if (!next) return;
    event.preventDefault();
    grid.current?.querySelector<HTMLElement>(`[data-window="${next.id}"]`)?.focus();
  };

  return (
    <div className="week" style={sizesOf(rows.length, days, units)}>
      <div className="week__corner" />
      {week.dates.map((date) => (
        <div key={date} className="week__day">
          {formatDay(date)}
          <span className="week__clock">{clockChangeOn(week.zone, date)}</span>
        </div>
      ))}
      <div className="week__hours" aria-hidden="true">
        {rows.map((minute) => (
          <span key={minute} className="week__hour">
            {minute % 60 === 0 ? minuteLabel(minute) : ""}
          </span>
        ))}
      </div>
      <section className="week__body" ref={grid} aria-label="Patrol windows of the week">
        {rows.map((minute, row) => (
          <span
            key={minute}
            className={minute === 1440 ? "week__line week__line--midnight" : "week__line"}
            style={{ top: share(row, rows.length) }}
          />
        ))}
        {week.dates.slice(1).map((date, index) => (
          <span key={date} className="week__wall" style={{ left: share(index + 1, days) }} />
        ))}
        {hatched.map((slot) => (
          <KeepClearBand key={`${slot.column}-${slot.fromMinute}`} slot={slot} week={week} />
        ))}
        {blocks.map((block) => (
          <WeekBlockButton
            key={block.id}
            block={block}
            style={boxOf(block.slot, week, lanesOf(block))}
            isStop={block.id === stop?.id}
            isChosen={block.id === view.window?.id}
            onChoose={() => view.chooseWindow(block.id === view.window?.id ? null : block.id)}
            onKeyDown={(event) => onKeyDown(event, block)}
          />
        ))}
      </section>
    </div>
  );
}

/** Windows leave a strip of each day free, so that a hatch is seen beside them from end to end. */
const laneShare = 0.9;

function KeepClearBand({ slot, week }: { readonly slot: Slot; readonly week: Week }) {
  const times = `${minuteLabel(slot.fromMinute)} to ${minuteLabel(slot.toMinute)}`;
  return (
    <div
      className="week__keep-clear hatch no-print"
      role="img"
      aria-label={`Keep clear ${times}`}
      title={`Keep clear ${times}, somewhere in the area: the map shows where`}
      style={boxOf(slot, week, wholeColumn)}
    />
  );
}

function blocksOf(week: Week, windows: readonly WindowReply[]): readonly Drawn[] {
  return windows.flatMap((window) => {
    if (window.status === "withdrawn") return [];
    const slot = slotOf(week, Date.parse(window.start), Date.parse(window.end));
    return slot ? [{ id: window.id, unit: window.unit, slot, window }] : [];
  });
}

function shiftsOf(text: string) {
  const read = readShifts(text);
  return (read.ok ? read.value : []).flatMap((shift) => {
    const parsed = parseShift(shift);
    return parsed.ok ? [parsed.value] : [];
  });
}

interface Lane {
  readonly lane: number;
  readonly lanes: number;
  /** Of the column's width. */
  readonly within: number;
}

const wholeColumn: Lane = { lane: 0, lanes: 1, within: 1 };

function boxOf(slot: Slot, { scale, dates }: Week, { lane, lanes, within }: Lane) {
  const minutes = scale.lastMinute - scale.firstMinute;
  return {
    top: share(slot.fromMinute - scale.firstMinute, minutes),
    height: share(slot.toMinute - slot.fromMinute, minutes),
    left: share(slot.column + (lane / lanes) * within, dates.length),
    width: share(within / lanes, dates.length),
  };
}

function sizesOf(rows: number, days: number, units: number) {
  return { "--rows": rows, "--days": days, "--units": units } as CSSProperties;
}

function share(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(4)}%`;
}
