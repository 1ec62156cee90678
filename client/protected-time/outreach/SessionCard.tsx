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
  toldSentence,
} from "#client/protected-time/outreach/outreach-words.ts";
import { withContact } from "#client/protected-time/outreach/PoliceContact.tsx";
import { SessionMore } from "#client/protected-time/outreach/SessionMore.tsx";
import { useHere, useOwn } from "#client/protected-time/outreach/use-here.ts";
import { Fault, say, tell, translated } from "#client/protected-time/words/diary.tsx";
import { navigate } from "#client/state/url.ts";
import { AskedButton } from "#client/ui/AskedButton.tsx";
import { Button } from "#client/ui/Button.tsx";
import { classNames } from "#client/ui/class-names.ts";
import { Icon } from "#client/ui/Icon.tsx";
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
  const goesOn = rule.repeats === "once" ? say("when.once") : sessionSentence(here, session);
  const since = movedFrom ? say("card.moved-from", { day: dayIn(here, movedFrom.date) }) : goesOn;
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
      <div className="session-card__top row">
        <button
          type="button"
          className="session-card__face face grid middle full bare rounded pad-3-4"
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
            aria-label={say("span", {
              day: say("form.move", { day: dayIn(here, next.date) }),
              times: label,
            })}
            onClick={() => navigate("outreach", { do: move })}
          >
            {say("card.move")}
          </Button>
        ) : null}
      </div>
      {endedAt === null ? <Told told={session.told} /> : null}
      <SecondPerson session={session} />
      {isChosen ? <SessionMore session={session} label={label} /> : null}
    </li>
  );
}

/** "Police told 7:02pm, known to patrols by 7:06pm"; unconfirmed: whom to phone. */
function Told({ told }: { readonly told: OutreachSessionReply["told"] }) {
  const here = useHere();
  if (!told) return null;
  const isOpen = told.confirmedAt === null;
  return (
    <p
      className={classNames(
        "session-card__told pad-2-4 surface row middle gap-2",
        isOpen && "session-card__told--open stale",
      )}
    >
      <Icon name={isOpen ? "warning" : "check"} />
      <span>
        {toldSentence(here, told)}{" "}
        {isOpen ? withContact((contact) => say("card.phone", { contact })) : null}
      </span>
    </p>
  );
}

/** A large or long closure needs a second look by somebody of the same partner. */
function SecondPerson({ session }: { readonly session: OutreachSessionReply }) {
  const { fault, isPending, run } = useSubmit();
  const here = useHere();
  const own = useOwn();
  const { second } = session;
  if (!second || session.endedAt !== null) return null;
  if (second.confirmedBy !== null) {
    return (
      <p className="session-card__second pad-2-4 stack gap-2">
        <Icon name="check" /> {say("card.checked", { person: second.confirmedBy })}
      </p>
    );
  }
  const answer = (isRight: boolean) =>
    run(async () => {
      await ask(outreachCalls.answerSecond, { id: session.id, body: { isRight } });
      undoHistory.end();
      tell(say(isRight ? "card.second-thanks" : "card.cancelled-all"));
      reloadOwn();
    });
  const reason = translated(second.reason);
  if (second.isOwn) {
    return (
      <p className="session-card__second pad-2-4 stack gap-2">
        <Icon name="person" /> {say("card.second-own", { reason })}
      </p>
    );
  }
  return (
    <div className="session-card__second pad-2-4 stack gap-2">
      <p>
        <Icon name="person" /> {say("card.second", { person: second.askedBy, reason })}
      </p>
      <Fault fault={fault} />
      <div className="row wrap gap-2">
        <Button disabled={isPending} onClick={() => answer(true)}>
          {say("card.second-yes")}
        </Button>
        <AskedButton
          button={{ look: "quiet", disabled: isPending, children: say("card.second-no") }}
          title={say("card.second-cancel")}
          no={say("keep")}
          yes={say("card.cancel-it")}
          onYes={() => answer(false)}
        >
          {cancelSentence(here, session, null, own)}{" "}
          {say("card.second-talk", { person: second.askedBy })}
        </AskedButton>
      </div>
    </div>
  );
}
