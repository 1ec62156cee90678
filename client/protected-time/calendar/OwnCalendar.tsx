import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { addMonths, dayByKey, weeksOfMonth } from "#client/protected-time/calendar/month-days.ts";
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
import { VisuallyHidden } from "#client/ui/VisuallyHidden.tsx";
import { type OwnOccurrence, outreachCalls } from "#core/protected-time/wire/outreach.ts";
import "#client/protected-time/calendar/calendar.css";

interface OwnCalendarProps {
  readonly onChoose: (sessionId: string) => void;
}

export function OwnCalendar({ onChoose }: OwnCalendarProps) {
  const here = useHere();
  const [day, setDay] = useState(here.today);
  const weeks = weeksOfMonth(day);
  const last = weeks.at(-1)?.[6] ?? day;
  const { list, hasFailed, retry } = useOccurrences(weeks[0]?.[0] ?? day, last);
  const sessionsOn = (date: string) => (list ?? []).filter((one) => one.date === date);
  const title = diary().month(day.slice(0, 7));
  return (
    <section className="own-calendar stack gap-3" aria-label={say("calendar.title")}>
      <h2>{say("calendar.title")}</h2>
      <div className="row middle gap-2">
        <Button
          icon="back"
          look="quiet"
          label={say("calendar.month-before")}
          onClick={() => setDay(addMonths(day, -1))}
        />
        <p className="own-calendar__title strong centred" aria-live="polite">
          {title}
        </p>
        <Button
          icon="forward"
          look="quiet"
          label={say("calendar.month-after")}
          onClick={() => setDay(addMonths(day, 1))}
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
      <MonthTable weeks={weeks} sessionsOn={sessionsOn} day={day} onDay={setDay} title={title} />
      <DaySessions day={day} sessions={sessionsOn(day)} onChoose={onChoose} />
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

interface DaySessionsProps extends OwnCalendarProps {
  readonly day: string;
  readonly sessions: readonly OwnOccurrence[];
}

function DaySessions({ day, sessions, onChoose }: DaySessionsProps) {
  const here = useHere();
  const { places } = useOwn();
  return (
    <section className="stack gap-2" aria-label={dayIn(here, day)}>
      <h3 className="strong">{dayIn(here, day)}</h3>
      {sessions.length === 0 ? <p className="quiet">{say("calendar.none")}</p> : null}
      <ul className="stack gap-2">
        {sessions.map((one) => (
          <li key={`${one.sessionId} ${one.startsAt}`}>
            <button
              type="button"
              className={classNames(
                "day-list__session pressable full target on-paper ink body stack gap-1 framed pad-2-3",
                one.state === "cancelled" && "day-list__session--cancelled",
              )}
              onClick={() => onChoose(one.sessionId)}
            >
              <span className="day-list__times">{timesOf(here, one.startsAt, one.endsAt)}</span>
              <span>{placeLabel(places, one.placeId)}</span>
              <span className="quiet">{awaySentence(here, one)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface MonthTableProps {
  readonly weeks: readonly (readonly string[])[];
  readonly sessionsOn: (date: string) => readonly OwnOccurrence[];
  readonly day: string;
  readonly title: string;
  readonly onDay: (day: string) => void;
}

/** A month as a table of days: arrows, Page Up and Page Down move between them. */
function MonthTable({ weeks, sessionsOn, day, title, onDay }: MonthTableProps) {
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
    const count = sessionsOn(date).filter(({ state }) => state !== "cancelled").length;
    const mark = count === 0 ? "" : count === 1 ? "\u25cf" : `\u25cf ${count}`;
    return (
      <button
        type="button"
        className={classNames(
          "month-table__day full target on-paper ink body tabular stack middle",
          date === here.today && "month-table__day--today strong",
          date.slice(0, 7) !== day.slice(0, 7) && "quiet surface",
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
        <span className="month-table__mark small" data-mark={mark} aria-hidden="true" />
      </button>
    );
  };
  return (
    <table ref={table} className="month-table full" onKeyDown={onKeyDown}>
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
