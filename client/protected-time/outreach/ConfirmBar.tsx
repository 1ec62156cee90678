import { useState } from "react";
import { ask } from "#client/api/ask.ts";
import { hasValue, type Resource } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { ownCalendar, ownSessions } from "#client/protected-time/outreach/outreach-api.ts";
import {
  confirmWords,
  dayIn,
  type Here,
  momentIn,
} from "#client/protected-time/outreach/outreach-words.ts";
import { useHere } from "#client/protected-time/outreach/use-here.ts";
import { useActing } from "#client/protected-time/use-acting.ts";
import { isEnglish, say, tell } from "#client/protected-time/words/diary.tsx";
import { undoHistory } from "#client/state/undo.ts";
import { Button } from "#client/ui/Button.tsx";
import { classNames } from "#client/ui/class-names.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { Question } from "#client/ui/Question.tsx";
import { TextField } from "#client/ui/TextField.tsx";
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
        "confirm-bar pad-2-4 surface line-below row middle between gap-3",
        needsWord && "stale",
      )}
      aria-label={say("confirm.label")}
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
          title={say("confirm.unread-title")}
          no={say("confirm.unread-no")}
          yes={say("confirm.unread-yes")}
          onNo={() => setAsking(null)}
          onYes={() => answer(null)}
        >
          <p>{say("confirm.unread-about")}</p>
        </Question>
      ) : null}
      {asking === "pause" && pause ? (
        <Question
          title={say("confirm.pause-title")}
          yes={say("confirm.pause-yes")}
          no={say("confirm.pause-no")}
          onYes={() => answer(pause)}
          onNo={() => answer(null)}
          onClose={() => setAsking(null)}
        >
          <p>{say("confirm.pause-about", { day: dayIn(here, pause) })}</p>
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
  const { sentence, remindedAt, state, confirmedAt } = calendar.value;
  const when = confirmedAt === null ? "" : momentIn(here, confirmedAt);
  const own =
    state === "never" || state === "unreadable"
      ? say(`confirm.${state}`)
      : say(`confirm.${state}`, { when });
  const asked = remindedAt && dayIn(here, remindedAt.slice(0, 10));
  return [
    isEnglish() ? sentence : own,
    ...(pause ? [say("confirm.paused", { day: dayIn(here, pause) })] : []),
    ...(asked ? [say("confirm.asked", { day: asked })] : []),
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
      const day = dayIn(here, here.lastDay);
      setFault(say("confirm.until-fault", { day, weeks: horizonWeeks }));
      return;
    }
    setOpen(false);
    void confirm(until);
  };
  return (
    <>
      <Button look="quiet" disabled={isBusy} onClick={() => setOpen(true)}>
        {say("confirm.later")}
      </Button>
      {isOpen ? (
        <Question
          title={say("confirm.later")}
          yes={say("confirm.later-yes")}
          no={say("cancel")}
          onNo={() => setOpen(false)}
          onYes={send}
        >
          <p>{say("confirm.later-about")}</p>
          <TextField
            label={say("confirm.until")}
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
  const { isBusy, act } = useActing(tell);
  const confirm = (pausedUntil: string | null) =>
    act(async () => {
      ownCalendar.accept(await ask(calendarCalls.confirm, { body: { pausedUntil } }));
      undoHistory.end();
      tell(say("confirm.saved"));
    });
  return { isBusy, confirm };
}
