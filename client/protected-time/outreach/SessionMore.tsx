import { useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { hasValue } from "#client/api/resource.ts";
import { CancelQuestion } from "#client/protected-time/outreach/CancelQuestion.tsx";
import {
  cancelSession,
  ownSessions,
  reloadOwn,
  restoreDate,
} from "#client/protected-time/outreach/outreach-api.ts";
import { dayIn } from "#client/protected-time/outreach/outreach-words.ts";
import { SessionDates } from "#client/protected-time/outreach/SessionDates.tsx";
import { useHere } from "#client/protected-time/outreach/use-here.ts";
import { undoHistory } from "#client/state/undo.ts";
import { navigate } from "#client/state/url.ts";
import { Button } from "#client/ui/Button.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import type { OutreachSessionReply } from "#core/protected-time/wire/outreach.ts";

export interface SessionMoreProps {
  readonly session: OutreachSessionReply;
  readonly label: string;
}

function isCancelled(sessionId: string, date: string): boolean {
  const sessions = ownSessions.store.get();
  if (!hasValue(sessions)) return true;
  const now = sessions.value.find(({ id }) => id === sessionId);
  return now?.cancelled.some((visit) => visit.date === date) ?? true;
}

/** What a cancelling is about: one date, or all to come. */
type Asking = { readonly date: string | null } | null;

/** The dates after the next one; change, move or cancel one, cancel all, restore one. */
export function SessionMore({ session, label }: SessionMoreProps) {
  const here = useHere();
  const [asking, setAsking] = useState<Asking>(null);
  const [isBusy, setBusy] = useState(false);
  const isWeekly = session.rule.repeats === "weekly";
  const move = (date: string) => navigate("outreach", { do: `date:${session.id}:${date}` });
  const next = session.next[0];
  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    setAsking(null);
    try {
      await work();
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      showToast(`${title}. ${detail}`);
    }
    setBusy(false);
    reloadOwn();
  };
  const restore = async (date: string) => {
    await restoreDate(session.id, date);
    reloadOwn();
  };
  // It may have been restored in its row already.
  const restoreAgain = async (date: string) => {
    if (isCancelled(session.id, date)) await restore(date);
  };
  const cancel = async (date: string | null) => {
    const after = await cancelSession(session.id, date ?? undefined);
    if (date === null) {
      showToast("Cancelled from now on");
      return;
    }
    const day = dayIn(here, date);
    if (after.cancelled.some((visit) => visit.date === date)) {
      undoHistory.remember({ name: `cancel ${day}`, undo: () => restoreAgain(date) });
    }
    showToast(`Cancelled for ${day}`);
  };
  return (
    <div className="session-card__more">
      <SessionDates
        session={session}
        isBusy={isBusy}
        onMove={isWeekly ? move : null}
        onCancel={(date) => setAsking({ date })}
        onRestore={(date) =>
          void run(async () => {
            await restore(date);
            showToast(`${dayIn(here, date)} takes place after all`);
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
          {isWeekly && next?.state === "planned" ? (
            <>
              <Button disabled={isBusy} onClick={() => move(next.date)}>
                Move {dayIn(here, next.date)}
              </Button>
              <Button disabled={isBusy} onClick={() => setAsking({ date: next.date })}>
                Cancel {dayIn(here, next.date)}
              </Button>
            </>
          ) : null}
          <Button look="quiet" disabled={isBusy} onClick={() => setAsking({ date: null })}>
            {isWeekly ? "Cancel all future dates" : "Cancel"}
          </Button>
        </div>
      ) : null}
      {asking ? (
        <CancelQuestion
          session={session}
          label={label}
          date={asking.date}
          onKeep={() => setAsking(null)}
          onCancel={() => void run(() => cancel(asking.date))}
        />
      ) : null}
    </div>
  );
}
