import { useState } from "react";
import { ask } from "#client/api/ask.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { reloadOwn } from "#client/protected-time/outreach/outreach-api.ts";
import {
  awaySentence,
  cancelSentence,
  dayIn,
  endedSentence,
  placeLabel,
  sessionSentence,
  spanOf,
} from "#client/protected-time/outreach/outreach-words.ts";
import { PoliceContact } from "#client/protected-time/outreach/PoliceContact.tsx";
import { SessionMore } from "#client/protected-time/outreach/SessionMore.tsx";
import { useHere, useOwn } from "#client/protected-time/outreach/use-here.ts";
import { navigate } from "#client/state/url.ts";
import { Button } from "#client/ui/Button.tsx";
import { classNames } from "#client/ui/class-names.ts";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { Question } from "#client/ui/Question.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { type OutreachSessionReply, outreachCalls } from "#core/protected-time/wire/outreach.ts";
import "#client/protected-time/outreach/session-card.css";
import { undoHistory } from "#client/state/undo.ts";

interface SessionCardProps {
  readonly session: OutreachSessionReply;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

export function SessionCard({ session, isChosen, onChoose }: SessionCardProps) {
  const here = useHere();
  const own = useOwn();
  const next = session.next[0];
  if (!next) return null;
  const { id, rule, movedFrom, endedAt } = session;
  const label = placeLabel(own.places, session.placeId);
  // A single session's date is shown above.
  const goesOn = rule.repeats === "once" ? "Once" : sessionSentence(here, session);
  const since = movedFrom ? `Moved from ${dayIn(here, movedFrom.date)}` : goesOn;
  const ruleWords = endedAt === null ? since : endedSentence(here, next);
  // For a weekly one, only this date.
  const move = rule.repeats === "weekly" ? `date:${id}:${next.date}` : `move:${id}`;
  return (
    <li
      className={classNames(
        "session-card framed raised",
        isChosen && "session-card--chosen",
        endedAt !== null && "session-card--ended",
      )}
    >
      <div className="session-card__top">
        <button
          type="button"
          className="session-card__face grid middle pad-3-4"
          aria-expanded={isChosen}
          onClick={onChoose}
        >
          <span className="lead strong">{spanOf(here, next.startsAt, next.endsAt)}</span>
          <span className="session-card__where">{label}</span>
          <span className="session-card__rule quiet">{ruleWords}</span>
          {endedAt === null ? (
            <span className="session-card__away">{awaySentence(here, next)}</span>
          ) : null}
          <Icon name={isChosen ? "up" : "down"} />
        </button>
        {endedAt === null && next.state === "planned" ? (
          <Button
            look="quiet"
            aria-label={`Move ${dayIn(here, next.date)}, ${label}`}
            onClick={() => navigate("outreach", { do: move })}
          >
            Move
          </Button>
        ) : null}
      </div>
      {endedAt === null ? <Told told={session.told} /> : null}
      <SecondPerson session={session} />
      {isChosen ? <SessionMore session={session} label={label} /> : null}
    </li>
  );
}

/** "Police told 7:02pm, confirmed 7:06pm"; unconfirmed: whom to phone. */
function Told({ told }: { readonly told: OutreachSessionReply["told"] }) {
  if (!told) return null;
  const isOpen = told.confirmedAt === null;
  return (
    <p
      className={classNames(
        "session-card__told row middle gap-2",
        isOpen && "session-card__told--open",
      )}
    >
      <Icon name={isOpen ? "warning" : "check"} />
      <span>
        {told.sentence}
        {isOpen ? (
          <>
            {" "}
            Phone <PoliceContact /> too.
          </>
        ) : null}
      </span>
    </p>
  );
}

/** A large or long closure needs a second look by somebody of the same partner. */
function SecondPerson({ session }: { readonly session: OutreachSessionReply }) {
  const [isDeclining, setDeclining] = useState(false);
  const { fault, isPending, run } = useSubmit();
  const here = useHere();
  const own = useOwn();
  const { second } = session;
  if (!second || session.endedAt !== null) return null;
  if (second.confirmedBy !== null) {
    return (
      <p className="session-card__second stack gap-2">
        <Icon name="check" /> Checked by {second.confirmedBy}.
      </p>
    );
  }
  const answer = (isRight: boolean) => {
    setDeclining(false);
    run(async () => {
      await ask(outreachCalls.answerSecond, { id: session.id, body: { isRight } });
      undoHistory.end();
      showToast(
        isRight ? "Thank you. Police and wardens still stay away" : "Cancelled from now on",
      );
      reloadOwn();
    });
  };
  if (second.isOwn) {
    return (
      <p className="session-card__second stack gap-2">
        <Icon name="person" /> Police and wardens already plan to stay away. It is {second.reason},
        so a colleague will check it.
      </p>
    );
  }
  return (
    <div className="session-card__second stack gap-2">
      <p>
        <Icon name="person" /> {second.askedBy} saved this; police and wardens already plan to stay
        away. It is {second.reason}. Is that right?
      </p>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <div className="row wrap gap-2">
        <Button disabled={isPending} onClick={() => answer(true)}>
          Yes, it is right
        </Button>
        <Button look="quiet" disabled={isPending} onClick={() => setDeclining(true)}>
          No, cancel it
        </Button>
      </div>
      {isDeclining ? (
        <Question
          title="Cancel it from now on?"
          no="Keep it"
          yes="Cancel it"
          onNo={() => setDeclining(false)}
          onYes={() => answer(false)}
        >
          <p>
            {cancelSentence(here, session, null, own)} Talk to {second.askedBy} first if you can.
          </p>
        </Question>
      ) : null}
    </div>
  );
}
