import { useShared } from "#client/api/use-resource.ts";
import { ownSessions } from "#client/protected-time/outreach/outreach-api.ts";
import {
  SessionForm,
  type SessionFormProps,
} from "#client/protected-time/session-form/SessionForm.tsx";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";

export interface MoveFormProps extends Omit<SessionFormProps, "moved"> {
  readonly sessionId: string;
  /** The one date of it that is to be moved; null: all that is to come. */
  readonly date: string | null;
}

/** Changing a session that has ended would start it again without a word, so that says so instead. */
export function MoveForm({ sessionId, date, ...form }: MoveFormProps) {
  const sessions = useShared(ownSessions);
  return (
    <Loaded resource={sessions} onRetry={ownSessions.reload} skeleton={<Skeleton fill />}>
      {(list) => {
        const moved = list.find(({ id }) => id === sessionId);
        if (moved && moved.endedAt === null)
          return <SessionForm {...form} moved={moved} date={date} />;
        return (
          <EmptyState
            title="This session has ended"
            action={<Button onClick={form.onLeave}>Back</Button>}
          >
            It can no longer be changed. Add a new session instead.
          </EmptyState>
        );
      }}
    </Loaded>
  );
}
