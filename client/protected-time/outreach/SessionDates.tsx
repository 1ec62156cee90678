import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { ownSessions } from "#client/protected-time/outreach/outreach-api.ts";
import { dayIn, type Here, spanOf } from "#client/protected-time/outreach/outreach-words.ts";
import { useHere } from "#client/protected-time/outreach/use-here.ts";
import { Button } from "#client/ui/Button.tsx";
import type { OutreachSessionReply } from "#core/protected-time/wire/outreach.ts";

export interface SessionDatesProps {
  readonly session: OutreachSessionReply;
  readonly isBusy: boolean;
  /** Null where there is no other date beside it. */
  readonly onMove: ((date: string) => void) | null;
  readonly onCancel: (date: string) => void;
  readonly onRestore: (date: string) => void;
}

/** The dates after the next one, and the cancelled ones that can still take place, in order. */
export function SessionDates(props: SessionDatesProps) {
  const { session } = props;
  const here = useHere();
  const own = useShared(ownSessions);
  const movedTo = (date: string) =>
    hasValue(own)
      ? own.value.find(
          ({ movedFrom }) => movedFrom?.sessionId === session.id && movedFrom.date === date,
        )?.next[0]
      : undefined;
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
      {rows.map((row) => (
        <li key={row.date} className="session-card__date">
          <span>
            {spanOf(here, row.startsAt, row.endsAt)}
            {row.state === "cancelled" ? (
              <span className="quiet"> {outWords(movedTo(row.date), here)}</span>
            ) : null}
          </span>
          <DateActs {...props} row={row} />
        </li>
      ))}
    </ul>
  );
}

/** "Cancelled", or "Moved to Fri 3 Dec, 8pm to 10pm" */
function outWords(instead: OutreachSessionReply["next"][number] | undefined, here: Here): string {
  return instead ? `Moved to ${spanOf(here, instead.startsAt, instead.endsAt)}` : "Cancelled";
}

interface Row {
  readonly date: string;
  readonly state: "planned" | "called_off" | "cancelled";
}

function DateActs({ row, session, isBusy, onMove, onCancel, onRestore }: DateActsProps) {
  const here = useHere();
  const { date, state } = row;
  const act = (name: string, onClick: (date: string) => void) => (
    <Button
      look="quiet"
      disabled={isBusy}
      label={`${name} ${dayIn(here, date)}`}
      onClick={() => onClick(date)}
    >
      {name}
    </Button>
  );
  if (state === "called_off") return <span className="quiet">Called off, still closed</span>;
  if (state === "cancelled") return act("Restore", onRestore);
  if (session.endedAt !== null) return null;
  return (
    <span className="session-card__date-acts">
      {onMove ? act("Move", onMove) : null}
      {act("Cancel", onCancel)}
    </span>
  );
}

interface DateActsProps extends SessionDatesProps {
  readonly row: Row;
}
