import type { ByDay } from "#client/protected-time/calendar/month-days.ts";
import {
  dayIn,
  type Here,
  placeLabel,
  timesOf,
} from "#client/protected-time/outreach/outreach-words.ts";
import { useHere } from "#client/protected-time/outreach/use-here.ts";
import { classNames } from "#client/ui/class-names.ts";
import type { OwnOccurrence, SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";

export interface DayListProps {
  readonly dates: readonly string[];
  readonly days: ByDay;
  readonly places: readonly SavedPlaceReply[];
  readonly onChoose: (sessionId: string) => void;
}

/** The sessions of some days; choosing one shows its outline on the map. */
export function DayList({ dates, days, places, onChoose }: DayListProps) {
  const here = useHere();
  return (
    <ul className="day-list">
      {dates.map((date) => {
        const sessions = days.get(date) ?? [];
        return (
          <li key={date} className="day-list__day">
            <h3 className="day-list__date">{dayIn(here, date)}</h3>
            {sessions.length === 0 ? <p className="quiet">No session.</p> : null}
            <ul className="day-list__sessions">
              {sessions.map((one) => (
                <li key={`${one.sessionId} ${one.startsAt}`}>
                  <button
                    type="button"
                    className={classNames(
                      "day-list__session",
                      one.state === "cancelled" && "day-list__session--cancelled",
                    )}
                    onClick={() => onChoose(one.sessionId)}
                  >
                    <span className="day-list__times">
                      {timesOf(here, one.startsAt, one.endsAt)}
                    </span>
                    <span>{placeLabel(places, one.placeId)}</span>
                    <span className="quiet">{stateWords(here, one)}</span>
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

function stateWords(here: Here, { state, closedFrom, closedTo }: OwnOccurrence): string {
  if (state === "cancelled") return "Cancelled: open to police";
  const times = timesOf(here, closedFrom, closedTo);
  return state === "called_off"
    ? `Called off; police still stay away ${times}`
    : `Police stay away ${times}`;
}
