import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { ownSessions, reloadOwn } from "#client/protected-time/outreach/outreach-api.ts";
import {
  cancelSentence,
  dayIn,
  endedSentence,
  type Here,
  type Own,
  runsAt,
  spanOf,
} from "#client/protected-time/outreach/outreach-words.ts";
import { useHere, useNow, useOwn } from "#client/protected-time/outreach/use-here.ts";
import { useActing } from "#client/protected-time/use-acting.ts";
import { say, tell } from "#client/protected-time/words/diary.tsx";
import { undoHistory } from "#client/state/undo.ts";
import { navigate } from "#client/state/url.ts";
import { AskedButton } from "#client/ui/AskedButton.tsx";
import { Button, type ButtonProps } from "#client/ui/Button.tsx";
import { clearToasts } from "#client/ui/toast-store.ts";
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
 * Dates from the next on, and cancelled ones that can still take place: change, move or cancel one,
 * cancel all, restore one.
 */
export function SessionMore({ session, label }: SessionMoreProps) {
  const { id, rule, endedAt, next } = session;
  const here = useHere();
  const own = useOwn();
  const { isBusy, act } = useActing(tell);
  const isWeekly = rule.repeats === "weekly";
  const isOn = runsAt(session, useNow()) && !isWeekly;
  const run = async (work: () => Promise<void>) => {
    await act(work);
    reloadOwn();
  };
  const cancel = async (date: string | null) => {
    const after = await ask(outreachCalls.cancel, { id, body: date === null ? {} : { date } });
    if (date === null) {
      undoHistory.end();
      // Its "On police screens" toast may still be up.
      if (isOn) clearToasts();
      tell(isOn && next[0] ? endedSentence(here, next[0]) : say("card.cancelled-all"));
      return;
    }
    const day = dayIn(here, date);
    if (after.cancelled.some((visit) => visit.date === date)) {
      undoHistory.remember({
        name: say("card.undo-cancel", { day }),
        undo: () => restoreAgain(id, date),
      });
    } else undoHistory.end();
    tell(say("card.cancelled-day", { day }));
  };
  const restoreRow = async (date: string) => {
    await restore(id, date);
    undoHistory.end();
    tell(say("card.on-again", { day: dayIn(here, date) }));
  };
  const rows = dateRows(session);
  if (endedAt !== null && rows.length === 0) return null;
  return (
    <div className="session-card__more stack gap-3">
      {rows.length > 0 ? (
        <ul className="rows stack gap-2">
          {rows.map((row) => (
            <li key={row.date} className="target row wrap middle between gap-2">
              <span>
                {spanOf(here, row.startsAt, row.endsAt)}
                {row.state === "cancelled" ? (
                  <span className="quiet"> {outWords(here, own, { id, date: row.date })}</span>
                ) : null}
              </span>
              <DateActs
                session={session}
                label={label}
                row={row}
                isBusy={isBusy}
                onCancel={() => void run(() => cancel(row.date))}
                onRestore={() => void run(() => restoreRow(row.date))}
              />
            </li>
          ))}
        </ul>
      ) : null}
      {endedAt === null ? (
        <div className="row wrap gap-2">
          <Button disabled={isBusy} onClick={() => navigate("outreach", { do: `move:${id}` })}>
            {say("card.change")}
          </Button>
          <CancelButton
            session={session}
            label={label}
            date={null}
            isOn={isOn}
            button={{
              disabled: isBusy,
              children: say(isWeekly ? "card.cancel-all" : isOn ? "card.end" : "cancel"),
            }}
            onCancel={() => void run(() => cancel(null))}
          />
        </div>
      ) : null}
    </div>
  );
}

interface DateActsProps extends SessionMoreProps {
  readonly row: Row;
  readonly isBusy: boolean;
  readonly onCancel: () => void;
  readonly onRestore: () => void;
}

function DateActs({ session, label, row, isBusy, onCancel, onRestore }: DateActsProps) {
  const { id, rule, endedAt, next } = session;
  const { date, state } = row;
  const here = useHere();
  const named = (name: string): ButtonProps => ({
    look: "quiet",
    disabled: isBusy,
    label: say("span", { day: `${name} ${dayIn(here, date)}`, times: label }),
    children: name,
  });
  if (state === "called_off") return <span className="quiet">{say("card.called-off")}</span>;
  if (state === "cancelled") return <Button {...named(say("card.restore"))} onClick={onRestore} />;
  if (endedAt !== null) return null;
  // The next date is moved on the card.
  const isMoved = rule.repeats === "weekly" && date !== next[0]?.date;
  return (
    <span className="row wrap gap-1">
      {isMoved ? (
        <Button
          {...named(say("card.move"))}
          onClick={() => navigate("outreach", { do: `date:${id}:${date}` })}
        />
      ) : null}
      <CancelButton
        session={session}
        label={label}
        date={date}
        button={named(say("cancel"))}
        onCancel={onCancel}
      />
    </span>
  );
}

interface CancelButtonProps extends SessionMoreProps {
  /** Null: all to come. */
  readonly date: string | null;
  /** A single session under way. */
  readonly isOn?: boolean;
  readonly button: ButtonProps;
  readonly onCancel: () => void;
}

function CancelButton(props: CancelButtonProps) {
  const { session, label, date, isOn = false, button, onCancel } = props;
  const here = useHere();
  const own = useOwn();
  const title =
    date === null
      ? say(isOn ? "card.end-ask" : "card.second-cancel")
      : say("card.cancel-day", { day: dayIn(here, date) });
  return (
    <AskedButton
      button={{ look: "quiet", ...button }}
      title={title}
      no={say("keep")}
      yes={say(isOn ? "card.end" : "card.cancel-it")}
      onYes={onCancel}
    >
      {label}. {cancelSentence(here, session, date, own)}
    </AskedButton>
  );
}

async function restore(id: string, date: string): Promise<void> {
  await ask(outreachCalls.restore, { id, body: { date } });
  reloadOwn();
}

/** It may have been restored in its row already. */
async function restoreAgain(sessionId: string, date: string): Promise<void> {
  const sessions = ownSessions.store.get();
  const now = hasValue(sessions) ? sessions.value.find(({ id }) => id === sessionId) : undefined;
  if (now?.cancelled.some((visit) => visit.date === date) ?? true) await restore(sessionId, date);
}

/** "Cancelled", or "Moved to Fri 3 Dec, 8pm to 10pm" */
function outWords(
  here: Here,
  { sessions }: Own,
  { id, date }: { readonly id: string; readonly date: string },
): string {
  const isInstead = ({ movedFrom }: OutreachSessionReply) =>
    movedFrom?.sessionId === id && movedFrom.date === date;
  const instead = sessions.find(isInstead)?.next[0];
  return instead
    ? say("card.moved-to", { span: spanOf(here, instead.startsAt, instead.endsAt) })
    : say("card.cancelled");
}

type Row = Pick<OwnOccurrence, "date" | "startsAt" | "endsAt" | "state">;

/** Without the dates that the card shows: a single one, and the next of an ended session. */
export function dateRows({ rule, endedAt, next, cancelled }: OutreachSessionReply): Row[] {
  const last = next.at(-1)?.date ?? "";
  return [
    ...next.slice(rule.repeats === "once" || endedAt !== null ? 1 : 0),
    ...cancelled
      // None far beyond the listed dates.
      .filter(({ date }) => next.length < 6 || date < last)
      .map((visit) => ({ ...visit, state: "cancelled" as const })),
  ].sort((a, b) => a.date.localeCompare(b.date));
}
