import { useState } from "react";
import { SessionCard } from "#client/protected-time/outreach/SessionCard.tsx";
import { lastSaved } from "#client/protected-time/session-form/save-or-wait.ts";
import { say } from "#client/protected-time/words/diary.tsx";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import type { OutreachSessionReply } from "#core/protected-time/wire/outreach.ts";

export interface SessionListProps {
  /** Soonest first. */
  readonly sessions: readonly OutreachSessionReply[];
  /** Number of the open session. */
  readonly chosen: string | null;
  readonly onChoose: (sessionId: string) => void;
}

export function SessionList({ sessions, chosen, onChoose }: SessionListProps) {
  const [isAll, setAll] = useState(false);
  const saved = useStore(lastSaved, (id) => id);
  if (sessions.length === 0) {
    return <EmptyState title={say("list.none")}>{say("list.none-about")}</EmptyState>;
  }
  const shown = isAll ? sessions : firstShown(sessions, [chosen, saved]);
  const more = sessions.length - shown.length;
  return (
    <>
      <ul className="stack gap-2">
        {shown.map((session) => (
          <SessionCard
            key={session.id}
            session={session}
            isChosen={session.id === chosen}
            onChoose={() => onChoose(session.id)}
          />
        ))}
      </ul>
      {more > 0 ? (
        <Button look="quiet" onClick={() => setAll(true)}>
          {say("list.more", { count: more })}
        </Button>
      ) : null}
    </>
  );
}

/** Keeps the page within two phone screens. */
const most = 4;

/**
 * The soonest, those asked for by id, and those awaiting a reply: unconfirmed by police, or with a
 * second person.
 */
function firstShown(
  sessions: readonly OutreachSessionReply[],
  asked: readonly (string | null)[],
): readonly OutreachSessionReply[] {
  return sessions.filter(
    (session, index) => index < most || asked.includes(session.id) || needsEyes(session),
  );
}

function needsEyes({ told, second, endedAt }: OutreachSessionReply): boolean {
  if (endedAt !== null) return false;
  if (told?.confirmedAt === null) return true;
  return second !== null && second.confirmedBy === null && !second.isOwn;
}
