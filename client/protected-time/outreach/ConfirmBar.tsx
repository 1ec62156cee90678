import { useState } from "react";
import { ask } from "#client/api/ask.ts";
import { hasValue, type Resource } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { ownCalendar, ownSessions } from "#client/protected-time/outreach/outreach-api.ts";
import { confirmWords, dayIn, type Here } from "#client/protected-time/outreach/outreach-words.ts";
import { useHere } from "#client/protected-time/outreach/use-here.ts";
import { useActing } from "#client/protected-time/use-acting.ts";
import { undoHistory } from "#client/state/undo.ts";
import { Button } from "#client/ui/Button.tsx";
import { classNames } from "#client/ui/class-names.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { Question } from "#client/ui/Question.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { horizonWeeks } from "#core/protected-time/settings.ts";
import { type CalendarReply, calendarCalls } from "#core/protected-time/wire/calendar.ts";

export function ConfirmBar() {
  const here = useHere();
  const calendar = useShared(ownCalendar);
  const sessions = useShared(ownSessions);
  const { isBusy, confirm } = useConfirming();
  const [asking, setAsking] = useState<"pause" | "unread" | null>(null);
  const value = hasValue(calendar) ? calendar.value : null;
  const until = value?.pausedUntil ?? null;
  const pause = until !== null && until >= here.today ? until : null;
  const needsWord = value !== null && (value.state !== "confirmed" || value.remindedAt !== null);
  const answer = (pausedUntil: string | null) => {
    setAsking(null);
    void confirm(pausedUntil);
  };
  const ask = () => {
    // People may be at unreadable sessions: a habitual tap must not confirm.
    if (value?.state === "unreadable") setAsking("unread");
    else if (pause) setAsking("pause");
    else void confirm(null);
  };
  return (
    <section
      className={classNames(
        "confirm-bar row middle between gap-3",
        needsWord && "confirm-bar--due",
      )}
      aria-label="Is your calendar up to date?"
    >
      <p className="row middle gap-2">
        <Icon name={needsWord ? "warning" : "check"} />
        <span>{standingWords(here, calendar, pause)}</span>
      </p>
      {hasValue(sessions) ? (
        <Button disabled={isBusy || value === null} onClick={ask}>
          {confirmWords(here, sessions.value)}
        </Button>
      ) : null}
      {asking === "unread" ? (
        <Question
          title="Is everything in your calendar now?"
          no="Not yet"
          yes="Yes, it is complete"
          onNo={() => setAsking(null)}
          onYes={() => answer(null)}
        >
          <p>
            Part of your last file could not be read, so police and wardens do not stay away there.
            Add it by hand, or make sure nobody goes there. No patrols are suggested until you
            confirm.
          </p>
        </Question>
      ) : null}
      {asking === "pause" && pause ? (
        <Question
          title="Is that still right?"
          yes="Yes, still right"
          no="No, confirm for today only"
          onYes={() => answer(pause)}
          onNo={() => answer(null)}
          onClose={() => setAsking(null)}
        >
          <p>
            You said that nothing changes until {dayIn(here, pause)}. If you confirm for today only,
            you will be asked again in a week.
          </p>
        </Question>
      ) : null}
    </section>
  );
}

function standingWords(
  here: Here,
  calendar: Resource<CalendarReply>,
  pause: string | null,
): string {
  if (!hasValue(calendar)) return calendar.status === "failed" ? calendar.error.title : "…";
  const { sentence, remindedAt } = calendar.value;
  const asked = remindedAt && dayIn(here, remindedAt.slice(0, 10));
  return [
    sentence,
    ...(pause ? [`Nothing changes until ${dayIn(here, pause)}.`] : []),
    ...(asked ? [`Your coordinator asked for it on ${asked}.`] : []),
  ].join(" ");
}

/** For a holiday: confirms more than a week. */
export function Pause() {
  const here = useHere();
  const { isBusy, confirm } = useConfirming();
  const [isOpen, setOpen] = useState(false);
  const [until, setUntil] = useState("");
  const [fault, setFault] = useState<string | undefined>();
  const send = () => {
    if (until < here.today || until > here.lastDay) {
      setFault(
        `Choose a day from today to ${dayIn(here, here.lastDay)}, at most ${horizonWeeks} weeks ahead.`,
      );
      return;
    }
    setOpen(false);
    void confirm(until);
  };
  return (
    <>
      <Button look="quiet" disabled={isBusy} onClick={() => setOpen(true)}>
        Confirm until a later date
      </Button>
      {isOpen ? (
        <Question
          title="Confirm until a later date"
          yes="Confirm until then"
          onNo={() => setOpen(false)}
          onYes={send}
        >
          <p>
            Confirms your sessions up to this day. You are not asked again before then. They stay
            kept clear.
          </p>
          <TextField
            label="Until"
            type="date"
            min={here.today}
            max={here.lastDay}
            value={until}
            error={fault}
            onChange={(next) => {
              setUntil(next);
              setFault(undefined);
            }}
          />
        </Question>
      ) : null}
    </>
  );
}

function useConfirming() {
  const { isBusy, act } = useActing(showToast);
  const confirm = (pausedUntil: string | null) =>
    act(async () => {
      ownCalendar.accept(await ask(calendarCalls.confirm, { body: { pausedUntil } }));
      undoHistory.end();
      showToast("Saved: your calendar is complete.");
    });
  return { isBusy, confirm };
}
