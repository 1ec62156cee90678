import { type KeyboardEvent, useRef } from "react";
import { type ByDay, dayByKey } from "#client/protected-time/calendar/month-days.ts";
import { dayIn } from "#client/protected-time/outreach/outreach-words.ts";
import { useHere } from "#client/protected-time/outreach/use-here.ts";
import { classNames } from "#client/ui/class-names.ts";
import { formatQuantity } from "#client/ui/format.ts";
import { VisuallyHidden } from "#client/ui/VisuallyHidden.tsx";
import { weekdayNames } from "#core/time/words.ts";

export interface MonthTableProps {
  readonly weeks: readonly (readonly string[])[];
  readonly days: ByDay;
  readonly day: string;
  readonly title: string;
  readonly onDay: (day: string) => void;
}

/** A month as a table of days: arrows, Page Up and Page Down move between them. */
export function MonthTable({ weeks, days, day, title, onDay }: MonthTableProps) {
  const table = useRef<HTMLTableElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = dayByKey(day, event.key);
    if (next === null) return;
    event.preventDefault();
    onDay(next);
    // Once it is drawn: it may be in another month.
    requestAnimationFrame(() =>
      table.current?.querySelector<HTMLElement>("[aria-pressed=true]")?.focus(),
    );
  };
  return (
    <table ref={table} className="month-table" onKeyDown={onKeyDown}>
      <caption>
        <VisuallyHidden>{title}</VisuallyHidden>
      </caption>
      <thead>
        <tr>
          {weekdayNames.map((name) => (
            <th key={name} scope="col" abbr={name}>
              {name.slice(0, 3)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((date) => (
              <td key={date}>
                <DayButton date={date} day={day} days={days} onDay={onDay} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface DayButtonProps extends Pick<MonthTableProps, "day" | "days" | "onDay"> {
  readonly date: string;
}

function DayButton({ date, day, days, onDay }: DayButtonProps) {
  const here = useHere();
  const count = (days.get(date) ?? []).filter(({ state }) => state !== "cancelled").length;
  const words = count === 0 ? "no session" : formatQuantity(count, "session");
  return (
    <button
      type="button"
      className={classNames(
        "month-table__day",
        date === here.today && "month-table__day--today",
        date.slice(0, 7) !== day.slice(0, 7) && "month-table__day--outside",
      )}
      tabIndex={date === day ? 0 : -1}
      aria-pressed={date === day}
      aria-label={`${dayIn(here, date)}: ${words}`}
      onClick={() => onDay(date)}
    >
      <span>{Number(date.slice(8))}</span>
      <span className="month-table__mark" data-mark={markOf(count)} aria-hidden="true" />
    </button>
  );
}

function markOf(count: number): string {
  if (count === 0) return "";
  return count === 1 ? "\u25cf" : `\u25cf ${count}`;
}
