import { useState } from "react";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { ownSessions, reloadOwn } from "#client/protected-time/outreach/outreach-api.ts";
import {
  cancelSentence,
  dayIn,
  endedSentence,
  type Here,
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
import { type OutreachSessionReply, outreachCalls } from "#core/protected-time/wire/outreach.ts";

export interface SessionMoreProps {
  readonly session: OutreachSessionReply;
  readonly label: string;
}

/** What a cancelling is about: one date, or all to come. */
type Asking = { readonly date: string | null } | null;

/** The dates from the next one on; change, move or cancel one, cancel all, restore one. */
export function SessionMore({ session, label }: SessionMoreProps) {
  const here = useHere();
  const [asking, setAsking] = useState<Asking>(null);
  const { isBusy, act } = useActing(showToast);
  const isWeekly = session.rule.repeats === "weekly";
  const isOn = runsAt(session, useNow()) && !isWeekly;
  const move = (date: string) => navigate("outreach", { do: `date:${session.id}:${date}` });
  const run = async (work: () => Promise<void>) => {
    setAsking(null);
    await act(work);
    reloadOwn();
  };
  const restore = async (date: string) => {
    await ask(outreachCalls.restore, { id: session.id, body: { date } });
    reloadOwn();
  };
  // It may have been restored in its row already.
  const restoreAgain = async (date: string) => {
    if (isCancelled(session.id, date)) await restore(date);
  };
  const cancel = async (date: string | null) => {
    const body = date === null ? {} : { date };
    const after = await ask(outreachCalls.cancel, { id: session.id, body });
    if (date === null) {
      undoHistory.end();
      const [next] = session.next;
      // "On police screens" of it may stand there still.
      if (isOn) clearToasts();
      showToast(isOn && next ? endedSentence(here, next) : "Cancelled from now on");
      return;
    }
    const day = dayIn(here, date);
    if (after.cancelled.some((visit) => visit.date === date)) {
      undoHistory.remember({ name: `cancel ${day}`, undo: () => restoreAgain(date) });
    } else undoHistory.end();
    showToast(`Cancelled for ${day}`);
  };
  if (session.endedAt !== null && dateRows(session).length === 0) return null;
  return (
    <div className="session-card__more">
      <SessionDates
        session={session}
        label={label}
        isBusy={isBusy}
        onMove={isWeekly ? move : null}
        onCancel={(date) => setAsking({ date })}
        onRestore={(date) =>
          void run(async () => {
            await restore(date);
            undoHistory.end();
            showToast(`${dayIn(here, date)} is on again`);
          })
        }
      />
      {session.endedAt === null ? (
        <div className="session-card__acts">
          <Button
            disabled={isBusy}
            onClick={() => navigate("outreach", { do: `move:${session.id}` })}
          >
            Change
          </Button>
          <Button look="quiet" disabled={isBusy} onClick={() => setAsking({ date: null })}>
            {isWeekly ? "Cancel all future dates" : isOn ? "End now" : "Cancel"}
          </Button>
        </div>
      ) : null}
      {asking ? (
        <CancelQuestion
          session={session}
          label={label}
          date={asking.date}
          isOn={isOn}
          onKeep={() => setAsking(null)}
          onCancel={() => void run(() => cancel(asking.date))}
        />
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

interface SessionDatesProps {
  readonly session: OutreachSessionReply;
  readonly label: string;
  readonly isBusy: boolean;
  /** Null where there is no other date beside it. */
  readonly onMove: ((date: string) => void) | null;
  readonly onCancel: (date: string) => void;
  readonly onRestore: (date: string) => void;
}

/** The dates from the next one on, and the cancelled ones that can still take place, in order. */
function SessionDates(props: SessionDatesProps) {
  const { session } = props;
  const here = useHere();
  const own = useShared(ownSessions);
  const movedTo = (date: string) =>
    hasValue(own)
      ? own.value.find(
          ({ movedFrom }) => movedFrom?.sessionId === session.id && movedFrom.date === date,
        )?.next[0]
      : undefined;
  const rows = dateRows(session);
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
          <DateActs
            {...props}
            // The card itself moves the next one.
            onMove={row.date === session.next[0]?.date ? null : props.onMove}
            row={row}
          />
        </li>
      ))}
    </ul>
  );
}

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

/** "Cancelled", or "Moved to Fri 3 Dec, 8pm to 10pm" */
function outWords(instead: OutreachSessionReply["next"][number] | undefined, here: Here): string {
  return instead ? `Moved to ${spanOf(here, instead.startsAt, instead.endsAt)}` : "Cancelled";
}

interface Row {
  readonly date: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly state: "planned" | "called_off" | "cancelled";
}

interface DateActsProps extends SessionDatesProps {
  readonly row: Row;
}

function DateActs({ row, session, label, isBusy, onMove, onCancel, onRestore }: DateActsProps) {
  const here = useHere();
  const { date, state } = row;
  const act = (name: string, onClick: (date: string) => void) => (
    <Button
      look="quiet"
      disabled={isBusy}
      label={`${name} ${dayIn(here, date)}, ${label}`}
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

interface CancelQuestionProps {
  readonly session: OutreachSessionReply;
  readonly label: string;
  /** One date; null: all to come. */
  readonly date: string | null;
  /** A single session that people are out at. */
  readonly isOn: boolean;
  readonly onKeep: () => void;
  readonly onCancel: () => void;
}

function CancelQuestion(props: CancelQuestionProps) {
  const { session, label, date, isOn, onKeep, onCancel } = props;
  const here = useHere();
  const own = useOwn();
  return (
    <Question
      title={isOn ? "End it now?" : `Cancel ${date ? dayIn(here, date) : "it from now on"}?`}
      no="Keep it"
      yes={isOn ? "End now" : "Cancel it"}
      onNo={onKeep}
      onYes={onCancel}
    >
      <p>
        {label}. {cancelSentence(here, session, date, own)}
      </p>
    </Question>
  );
}
