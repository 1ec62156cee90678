import { useState } from "react";
import { DayList } from "#client/protected-time/calendar/DayList.tsx";
import { MonthTable } from "#client/protected-time/calendar/MonthTable.tsx";
import {
  addMonths,
  byDay,
  weekOf,
  weeksOfMonth,
} from "#client/protected-time/calendar/month-days.ts";
import { useOccurrences } from "#client/protected-time/calendar/use-occurrences.ts";
import { useHere } from "#client/protected-time/outreach/use-here.ts";
import { Button } from "#client/ui/Button.tsx";
import { formatDay } from "#client/ui/format.ts";
import { Segmented } from "#client/ui/Segmented.tsx";
import type { SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";
import { monthNames } from "#core/time/words.ts";
import { addDays } from "#core/time/zone.ts";
import "#client/protected-time/calendar/calendar.css";

export interface OwnCalendarProps {
  readonly places: readonly SavedPlaceReply[];
  /** The session that the map shows. */
  readonly onChoose: (sessionId: string) => void;
}

type View = "month" | "week";

/** Own sessions by date: a month with the sessions of one day under it, or a week as a list. */
export function OwnCalendar({ places, onChoose }: OwnCalendarProps) {
  const here = useHere();
  const [view, setView] = useState<View>("month");
  const [day, setDay] = useState(here.today);
  const weeks = view === "month" ? weeksOfMonth(day) : [weekOf(day)];
  const first = weeks[0]?.[0] ?? day;
  const last = weeks.at(-1)?.[6] ?? day;
  const { list, hasFailed, retry } = useOccurrences(first, last);
  const days = byDay(list ?? []);
  const move = (by: -1 | 1) => setDay(view === "month" ? addMonths(day, by) : addDays(day, 7 * by));
  const title = view === "month" ? monthWords(day) : `${formatDay(first)} to ${formatDay(last)}`;
  return (
    <section className="own-calendar" aria-label="Calendar">
      <h2>Calendar</h2>
      <Segmented
        label="Show"
        value={view}
        options={[
          { value: "month", label: "Month" },
          { value: "week", label: "Week" },
        ]}
        onChange={setView}
      />
      <div className="own-calendar__head">
        <Button icon="back" look="quiet" label={`The ${view} before`} onClick={() => move(-1)} />
        <p className="own-calendar__title" aria-live="polite">
          {title}
        </p>
        <Button icon="forward" look="quiet" label={`The ${view} after`} onClick={() => move(1)} />
        <Button look="quiet" disabled={day === here.today} onClick={() => setDay(here.today)}>
          Today
        </Button>
      </div>
      {hasFailed ? (
        <p className="field__error" role="alert">
          The calendar could not be read. <Button onClick={retry}>Try again</Button>
        </p>
      ) : null}
      {view === "month" ? (
        <>
          <MonthTable weeks={weeks} days={days} day={day} onDay={setDay} title={title} />
          <DayList dates={[day]} days={days} places={places} onChoose={onChoose} />
        </>
      ) : (
        <DayList dates={weekOf(day)} days={days} places={places} onChoose={onChoose} />
      )}
      {last > here.lastDay ? (
        <p className="quiet">
          Sessions are closed 26 weeks ahead; later ones follow by themselves.
        </p>
      ) : null}
    </section>
  );
}

function monthWords(date: string): string {
  return `${monthNames[Number(date.slice(5, 7)) - 1] ?? ""} ${date.slice(0, 4)}`;
}
