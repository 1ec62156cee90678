import type { OutreachSessionReply, ToldReply } from "#core/protected-time/wire/outreach.ts";

/**
 * The same sessions with what police have said since; null where another session is late than was
 * known, so that the list itself has to be read again.
 */
export function withTold(
  sessions: readonly OutreachSessionReply[],
  { sessions: late }: ToldReply,
): readonly OutreachSessionReply[] | null {
  const known = sessions.filter(({ told }) => told !== null);
  const byId = new Map(late.map(({ id, told }) => [id, told]));
  if (byId.size !== known.length || known.some(({ id }) => !byId.has(id))) return null;
  return sessions.map((session) => ({ ...session, told: byId.get(session.id) ?? null }));
}
