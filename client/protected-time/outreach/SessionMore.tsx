import { useState } from "react";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { ownSessions, reloadOwn } from "#client/protected-time/outreach/outreach-api.ts";
import {
  cancelSentence,
  dayIn,
  endedSentence,
  runsAt,
  spanOf,
} from "#client/protected-time/outreach/outreach-words.ts";
import { useHere, useNow, useOwn } from "#client/protected-time/outreach/use-here.ts";
import { Question } from "#client/protected-time/Question.tsx";
import { useActing } from "#client/protected-time/use-acting.ts";
import { undoHistory } from "#client/state/undo.ts";
import { navigate } from "#client/state/url.ts";
import { Button } from "#client/ui/Button.tsx";
import { clearToasts, showToast } from "#client/ui/toast-store.ts";
import {
  type OutreachSessionReply,
  type OwnOccurrence,
  outreachCalls,
} from "#core/protected-time/wire/outreach.ts";

interface SessionMoreProps {
  readonly session: OutreachSessionReply;
  readonly label: string;
}

/**
 * The dates from the next one on, and the cancelled ones that can still take place; change, move or cancel one, cancel
 * all, restore one.
 */
export function SessionMore({ session, label }: SessionMoreProps) {
  const { id, rule, endedAt, next } = session;
  const here = useHere();
  const own = useOwn();
  /** What a cancelling is about: one date, or all to come. */
  const [asked, setAsked] = useState<{ readonly date: string | null } | null>(null);
  const { isBusy, act } = useActing(showToast);
  const isWeekly = rule.repeats === "weekly";
  const isOn = runsAt(session, useNow()) && !isWeekly;
  const run = async (work: () => Promise<void>) => {
    setAsked(null);
    await act(work);
    reloadOwn();
  };
  const restore = async (date: string) => {
    await ask(outreachCalls.restore, { id, body: { date } });
    reloadOwn();
  };
  const cancel = async (date: string | null) => {
    const after = await ask(outreachCalls.cancel, { id, body: date === null ? {} : { date } });
    if (date === null) {
      undoHistory.end();
      // "On police screens" of it may stand there still.
      if (isOn) clearToasts();
      showToast(isOn && next[0] ? endedSentence(here, next[0]) : "Cancelled from now on");
      return;
    }
    const day = dayIn(here, date);
    if (after.cancelled.some((visit) => visit.date === date)) {
      // It may have been restored in its row already.
      const undo = async () => {
        if (isCancelled(id, date)) await restore(date);
      };
      undoHistory.remember({ name: `cancel ${day}`, undo });
    } else undoHistory.end();
    showToast(`Cancelled for ${day}`);
  };
  const actsOn = ({ date, state }: Row) => {
    const button = (name: string, onClick: () => void) => (
      <Button
        look="quiet"
        disabled={isBusy}
        label={`${name} ${dayIn(here, date)}, ${label}`}
        onClick={onClick}
      >
        {name}
      </Button>
    );
    if (state === "called_off") return <span className="quiet">Called off, still closed</span>;
    if (state === "cancelled") {
      const again = async () => {
        await restore(date);
        undoHistory.end();
        showToast(`${dayIn(here, date)} is on again`);
      };
      return button("Restore", () => void run(again));
    }
    if (endedAt !== null) return null;
    // The card itself moves the next one.
    const isMoved = isWeekly && date !== next[0]?.date;
    return (
      <span className="session-card__date-acts">
        {isMoved ? button("Move", () => navigate("outreach", { do: `date:${id}:${date}` })) : null}
        {button("Cancel", () => setAsked({ date }))}
      </span>
    );
  };
  /** "Cancelled", or "Moved to Fri 3 Dec, 8pm to 10pm" */
  const outWords = (date: string) => {
    const instead = own.sessions.find(
      ({ movedFrom }) => movedFrom?.sessionId === id && movedFrom.date === date,
    )?.next[0];
    return instead ? `Moved to ${spanOf(here, instead.startsAt, instead.endsAt)}` : "Cancelled";
  };
  const rows = dateRows(session);
  if (endedAt !== null && rows.length === 0) return null;
  return (
    <div className="session-card__more">
      {rows.length > 0 ? (
        <ul className="session-card__dates">
          {rows.map((row) => (
            <li key={row.date} className="session-card__date">
              <span>
                {spanOf(here, row.startsAt, row.endsAt)}
                {row.state === "cancelled" ? (
                  <span className="quiet"> {outWords(row.date)}</span>
                ) : null}
              </span>
              {actsOn(row)}
            </li>
          ))}
        </ul>
      ) : null}
      {endedAt === null ? (
        <div className="session-card__acts">
          <Button disabled={isBusy} onClick={() => navigate("outreach", { do: `move:${id}` })}>
            Change
          </Button>
          <Button look="quiet" disabled={isBusy} onClick={() => setAsked({ date: null })}>
            {isWeekly ? "Cancel all future dates" : isOn ? "End now" : "Cancel"}
          </Button>
        </div>
      ) : null}
      {asked ? (
        <Question
          title={
            isOn
              ? "End it now?"
              : `Cancel ${asked.date ? dayIn(here, asked.date) : "it from now on"}?`
          }
          no="Keep it"
          yes={isOn ? "End now" : "Cancel it"}
          onNo={() => setAsked(null)}
          onYes={() => void run(() => cancel(asked.date))}
        >
          <p>
            {label}. {cancelSentence(here, session, asked.date, own)}
          </p>
        </Question>
      ) : null}
    </div>
  );
}

function isCancelled(sessionId: string, date: string): boolean {
  const sessions = ownSessions.store.get();
  if (!hasValue(sessions)) return true;
  const now = sessions.value.find(({ id }) => id === sessionId);
  return now?.cancelled.some((visit) => visit.date === date) ?? true;
}

type Row = Pick<OwnOccurrence, "date" | "startsAt" | "endsAt" | "state">;

/** Its one date, and the next one of a session that has ended, stand on the card. */
export function dateRows({ rule, endedAt, next, cancelled }: OutreachSessionReply): Row[] {
  const last = next.at(-1)?.date ?? "";
  return [
    ...next.slice(rule.repeats === "once" || endedAt !== null ? 1 : 0),
    ...cancelled
      // Not dates far beyond those that are listed.
      .filter(({ date }) => next.length < 6 || date < last)
      .map((visit) => ({ ...visit, state: "cancelled" as const })),
  ].sort((a, b) => a.date.localeCompare(b.date));
}
