import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import {
  addMonths,
  type ByDay,
  byDay,
  dayByKey,
  weekOf,
  weeksOfMonth,
} from "#client/protected-time/calendar/month-days.ts";
import { ownSessions } from "#client/protected-time/outreach/outreach-api.ts";
import {
  awaySentence,
  dayIn,
  placeLabel,
  timesOf,
} from "#client/protected-time/outreach/outreach-words.ts";
import { useHere, useOwn } from "#client/protected-time/outreach/use-here.ts";
import { diary, say } from "#client/protected-time/words/diary.tsx";
import { Button } from "#client/ui/Button.tsx";
import { classNames } from "#client/ui/class-names.ts";
import { Segmented } from "#client/ui/Segmented.tsx";
import { VisuallyHidden } from "#client/ui/VisuallyHidden.tsx";
import { type OwnOccurrence, outreachCalls } from "#core/protected-time/wire/outreach.ts";
import { addDays } from "#core/time/zone.ts";
import "#client/protected-time/calendar/calendar.css";

interface OwnCalendarProps {
  readonly onChoose: (sessionId: string) => void;
}

type View = "month" | "week";

export function OwnCalendar({ onChoose }: OwnCalendarProps) {
  const here = useHere();
  const [view, setView] = useState<View>("month");
  const [day, setDay] = useState(here.today);
  const weeks = view === "month" ? weeksOfMonth(day) : [weekOf(day)];
  const first = weeks[0]?.[0] ?? day;
  const last = weeks.at(-1)?.[6] ?? day;
  const { list, hasFailed, retry } = useOccurrences(first, last);
  const move = (by: -1 | 1) => setDay(view === "month" ? addMonths(day, by) : addDays(day, 7 * by));
  const days = byDay(list ?? []);
  const language = diary();
  const title =
    view === "month"
      ? language.month(day.slice(0, 7))
      : say("times", { from: language.day(first), to: language.day(last) });
  return (
    <section className="own-calendar stack gap-3" aria-label={say("calendar.title")}>
      <h2>{say("calendar.title")}</h2>
      <Segmented
        label={say("calendar.show")}
        value={view}
        options={[
          { value: "month", label: say("calendar.month") },
          { value: "week", label: say("calendar.week") },
        ]}
        onChange={setView}
      />
      <div className="row middle gap-2">
        <Button
          icon="back"
          look="quiet"
          label={say(`calendar.${view}-before`)}
          onClick={() => move(-1)}
        />
        <p className="own-calendar__title" aria-live="polite">
          {title}
        </p>
        <Button
          icon="forward"
          look="quiet"
          label={say(`calendar.${view}-after`)}
          onClick={() => move(1)}
        />
        <Button look="quiet" disabled={day === here.today} onClick={() => setDay(here.today)}>
          {say("calendar.today")}
        </Button>
      </div>
      {hasFailed ? (
        <p className="field__error" role="alert">
          {say("calendar.unread")} <Button onClick={retry}>{say("calendar.again")}</Button>
        </p>
      ) : null}
      {view === "month" ? (
        <MonthTable weeks={weeks} days={days} day={day} onDay={setDay} title={title} />
      ) : null}
      <DayList dates={view === "month" ? [day] : weekOf(day)} days={days} onChoose={onChoose} />
      {last > here.lastDay ? <p className="quiet">{say("calendar.ahead")}</p> : null}
    </section>
  );
}

/** Own sessions of some days, read again whenever a session has changed; those of the days before stay while others come. */
function useOccurrences(from: string, to: string) {
  const sessions = useShared(ownSessions);
  const [list, setList] = useState<readonly OwnOccurrence[] | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const [tries, setTries] = useState(0);
  // Without police confirmations: pages poll those, and each read is logged.
  const changed = hasValue(sessions)
    ? JSON.stringify(sessions.value.map(({ id, except, endedAt }) => [id, except, endedAt]))
    : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed list and a retry ask again.
  useEffect(() => {
    if (changed === null) return;
    const abort = new AbortController();
    ask(outreachCalls.occurrences, { query: { from, to } }, { signal: abort.signal })
      .then(({ occurrences }) => {
        setList(occurrences);
        setFailed(false);
      })
      .catch(() => {
        if (!abort.signal.aborted) setFailed(true);
      });
    return () => abort.abort();
  }, [from, to, changed, tries]);
  return { list, hasFailed, retry: () => setTries(tries + 1) };
}

interface DayListProps extends OwnCalendarProps {
  readonly dates: readonly string[];
  readonly days: ByDay;
}

function DayList({ dates, days, onChoose }: DayListProps) {
  const here = useHere();
  const { places } = useOwn();
  return (
    <ul className="stack gap-2">
      {dates.map((date) => {
        const sessions = days.get(date) ?? [];
        return (
          <li key={date} className="day-list__day">
            <h3 className="day-list__date strong">{dayIn(here, date)}</h3>
            {sessions.length === 0 ? <p className="quiet">{say("calendar.none")}</p> : null}
            <ul className="stack gap-2">
              {sessions.map((one) => (
                <li key={`${one.sessionId} ${one.startsAt}`}>
                  <button
                    type="button"
                    className={classNames(
                      "day-list__session stack gap-1 framed pad-2-3",
                      one.state === "cancelled" && "day-list__session--cancelled",
                    )}
                    onClick={() => onChoose(one.sessionId)}
                  >
                    <span className="day-list__times">
                      {timesOf(here, one.startsAt, one.endsAt)}
                    </span>
                    <span>{placeLabel(places, one.placeId)}</span>
                    <span className="quiet">{awaySentence(here, one)}</span>
                  </button>
                </li>
              ))}
            </ul>
          </li>
        );
      })}
    </ul>
  );
}

interface MonthTableProps {
  readonly weeks: readonly (readonly string[])[];
  readonly days: ByDay;
  readonly day: string;
  readonly title: string;
  readonly onDay: (day: string) => void;
}

/** A month as a table of days: arrows, Page Up and Page Down move between them. */
function MonthTable({ weeks, days, day, title, onDay }: MonthTableProps) {
  const here = useHere();
  const table = useRef<HTMLTableElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = dayByKey(day, event.key);
    if (next === null) return;
    event.preventDefault();
    onDay(next);
    // After rendering: it may be in another month.
    requestAnimationFrame(() =>
      table.current?.querySelector<HTMLElement>("[aria-pressed=true]")?.focus(),
    );
  };
  const dayButton = (date: string) => {
    const count = (days.get(date) ?? []).filter(({ state }) => state !== "cancelled").length;
    const mark = count === 0 ? "" : count === 1 ? "\u25cf" : `\u25cf ${count}`;
    return (
      <button
        type="button"
        className={classNames(
          "month-table__day stack middle",
          date === here.today && "month-table__day--today",
          date.slice(0, 7) !== day.slice(0, 7) && "month-table__day--outside",
        )}
        tabIndex={date === day ? 0 : -1}
        aria-pressed={date === day}
        aria-label={
          count === 0
            ? say("calendar.day-none", { day: dayIn(here, date) })
            : say("calendar.day", { day: dayIn(here, date), count })
        }
        onClick={() => onDay(date)}
      >
        <span>{Number(date.slice(8))}</span>
        <span className="month-table__mark" data-mark={mark} aria-hidden="true" />
      </button>
    );
  };
  return (
    <table ref={table} className="month-table" onKeyDown={onKeyDown}>
      <caption>
        <VisuallyHidden>{title}</VisuallyHidden>
      </caption>
      <thead>
        <tr>
          {[1, 2, 3, 4, 5, 6, 7].map((weekday) => (
            <th key={weekday} scope="col" abbr={diary().weekday(weekday)}>
              {diary().shortWeekday(weekday)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((date) => (
              <td key={date}>{dayButton(date)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
