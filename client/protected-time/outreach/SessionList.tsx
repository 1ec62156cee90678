import { useState } from "react";
import { SessionCard } from "#client/protected-time/outreach/SessionCard.tsx";
import { lastSaved } from "#client/protected-time/session-form/save-or-wait.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import type { OutreachSessionReply } from "#core/protected-time/wire/outreach.ts";

export interface SessionListProps {
  /** Soonest first. */
  readonly sessions: readonly OutreachSessionReply[];
  /** The one that is open, by its number. */
  readonly chosen: string | null;
  readonly onChoose: (sessionId: string) => void;
}

/** The next sessions as cards: the first few, and every one that somebody has to look at. */
export function SessionList({ sessions, chosen, onChoose }: SessionListProps) {
  const [isAll, setAll] = useState(false);
  const saved = useStore(lastSaved, (id) => id);
  if (sessions.length === 0) {
    return (
      <EmptyState title="No sessions yet">
        Add one, and police stay away at its place and time. They never learn who goes there.
      </EmptyState>
    );
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
          Show {more} more
        </Button>
      ) : null}
    </>
  );
}

/** With these and what is folded under them, the page stays within two screens of a phone. */
const most = 4;

/**
 * The soonest, those that are asked for by number, and those that wait for a word: police have not confirmed it, or a
 * second person is asked about it.
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
