import {
  dayIn,
  type Here,
  placeLabel,
  sessionSentence,
  spanOf,
  timesOf,
} from "#client/protected-time/outreach/outreach-words.ts";
import { SessionMore } from "#client/protected-time/outreach/SessionMore.tsx";
import { useHere } from "#client/protected-time/outreach/use-here.ts";
import { SecondPerson } from "#client/protected-time/session-form/SecondPerson.tsx";
import { classNames } from "#client/ui/class-names.ts";
import { Icon } from "#client/ui/Icon.tsx";
import type { OutreachSessionReply, SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";
import "#client/protected-time/outreach/session-card.css";

export interface SessionCardProps {
  readonly session: OutreachSessionReply;
  readonly places: readonly SavedPlaceReply[];
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

/** When it is next, when police stay away, what police have said; opens to its dates and changes. */
export function SessionCard({ session, places, isChosen, onChoose }: SessionCardProps) {
  const here = useHere();
  const next = session.next[0];
  if (!next) return null;
  const label = placeLabel(places, session.placeId);
  return (
    <li
      className={classNames(
        "session-card",
        isChosen && "session-card--chosen",
        session.endedAt !== null && "session-card--ended",
      )}
    >
      <button
        type="button"
        className="session-card__face"
        aria-expanded={isChosen}
        onClick={onChoose}
      >
        <span className="session-card__when">{spanOf(here, next.startsAt, next.endsAt)}</span>
        <span className="session-card__where">{label}</span>
        <span className="quiet">
          {session.endedAt === null ? sentenceOf(here, session) : endedSentence}
        </span>
        <span className="session-card__away">{awaySentence(here, next)}</span>
        <Icon name={isChosen ? "up" : "down"} />
      </button>
      <Told told={session.told} />
      <SecondPerson session={session} />
      {isChosen ? <SessionMore session={session} label={label} /> : null}
    </li>
  );
}

/** "Every Thursday, 7pm to 10pm, except Thu 9 Dec"; "Moved from Thu 2 Dec" */
function sentenceOf(here: Here, session: OutreachSessionReply): string {
  const { movedFrom } = session;
  return movedFrom ? `Moved from ${dayIn(here, movedFrom.date)}` : sessionSentence(here, session);
}

const endedSentence = "Ended. What begins within 24 hours of that stays closed.";

/** "Police told 19:02, confirmed 19:06", or not confirmed and what to do. */
function Told({ told }: { readonly told: OutreachSessionReply["told"] }) {
  if (!told) return null;
  const isOpen = told.confirmedAt === null;
  return (
    <p className={classNames("session-card__told", isOpen && "session-card__told--open")}>
      <Icon name={isOpen ? "warning" : "check"} /> {told.sentence}
    </p>
  );
}

function awaySentence(here: Here, occurrence: OutreachSessionReply["next"][number]): string {
  const times = timesOf(here, occurrence.closedFrom, occurrence.closedTo);
  return occurrence.state === "called_off"
    ? `Called off; police still stay away ${times}`
    : `Police stay away ${times}`;
}
