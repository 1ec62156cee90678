import { useSession } from "#client/accounts/session-context.ts";

/** What time it is for the tool: in the demonstration another day than the machine's. */
export function useNow(): () => number {
  const { now, clock } = useSession();
  const ahead = Date.parse(now) - clock;
  return () => Date.now() + ahead;
}
