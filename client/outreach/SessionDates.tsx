import { dayIn, spanOf } from "#client/outreach/outreach-words.ts";
import { useHere } from "#client/outreach/use-here.ts";
import { Button } from "#client/ui/Button.tsx";
import type { OutreachSessionReply } from "#core/wire/outreach.ts";

export interface SessionDatesProps {
  readonly session: OutreachSessionReply;
  readonly isBusy: boolean;
  readonly onCancel: (date: string) => void;
  readonly onRestore: (date: string) => void;
}

/** The dates after the next one, and the cancelled ones that can still take place, in order. */
export function SessionDates({ session, isBusy, onCancel, onRestore }: SessionDatesProps) {
  const here = useHere();
  const last = session.next.at(-1)?.date ?? "";
  const rows = [
    ...session.next.slice(1),
    ...session.cancelled
      // Not dates far beyond those that are listed.
      .filter(({ date }) => session.next.length < 6 || date < last)
      .map((visit) => ({ ...visit, state: "cancelled" as const })),
  ].sort((a, b) => a.date.localeCompare(b.date));
  if (rows.length === 0) return null;
  return (
    <ul className="session-card__dates">
      {rows.map(({ date, startsAt, endsAt, state }) => (
        <li key={date} className="session-card__date">
          <span>
            {spanOf(here, startsAt, endsAt)}
            {state === "cancelled" ? <span className="quiet"> Cancelled</span> : null}
          </span>
          {state === "called_off" ? (
            <span className="quiet">Called off, still closed</span>
          ) : state === "cancelled" ? (
            <Button
              look="quiet"
              disabled={isBusy}
              label={`Restore ${dayIn(here, date)}`}
              onClick={() => onRestore(date)}
            >
              Restore
            </Button>
          ) : session.endedAt === null ? (
            <Button
              look="quiet"
              disabled={isBusy}
              label={`Cancel ${dayIn(here, date)}`}
              onClick={() => onCancel(date)}
            >
              Cancel
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
