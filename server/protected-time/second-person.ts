import type { Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";
import { confirmSecondWord, loadSecondWords } from "#server/protected-time/queries/second-words.ts";
import type { SessionRow } from "#server/protected-time/queries/sessions.ts";
import { cancelSession } from "#server/protected-time/sessions.ts";

/**
 * The word of a second person: yes leaves it as it is, no cancels it as whoever saved it could have, so that
 * what starts within a day stays closed.
 */
export async function answerSecondWord(
  tx: Transaction,
  moment: Moment,
  answer: { readonly session: SessionRow; readonly isRight: boolean; readonly person: string },
): Promise<SessionRow> {
  const { session, isRight, person } = answer;
  const [asked] = await loadSecondWords(tx, [session.id]);
  if (!asked || asked.confirmedBy !== null) {
    throw new Problem(409, "Nothing asked", "Nobody is asked about this session any more.");
  }
  if (asked.askedBy === person) {
    throw new Problem(
      409,
      "Somebody else has to say so",
      "You saved this session yourself: another person of yours says whether it is right. It is closed all the same.",
    );
  }
  if (!isRight) return cancelSession(tx, moment, { session });
  await confirmSecondWord(tx, { sessionId: session.id, now: moment.now });
  return session;
}
