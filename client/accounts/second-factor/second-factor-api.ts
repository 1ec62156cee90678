import { createPasskey } from "#client/accounts/second-factor/passkey-browser.ts";
import { session } from "#client/accounts/session.ts";
import { ask } from "#client/api/ask.ts";
import { keptCall } from "#client/live/kept.ts";
import { formatTimeOfDay } from "#client/ui/format.ts";
import {
  clearingCalls,
  factorCalls,
  type SecondFactorReply,
} from "#core/accounts/wire/second-factor.ts";
import { formatDay } from "#core/time/words.ts";

/** The own passkeys, app and recovery codes. */
export const ownFactors = keptCall(factorCalls.read);

/** Whose second factor is asked to be cleared. */
export const clearings = keptCall(clearingCalls.list);

/** After a change of the own ones. The session says by what one proves to be there, and whether one is needed still. */
export async function acceptFactors(reply: Promise<SecondFactorReply>): Promise<void> {
  ownFactors.accept(await reply);
  session.reload();
}

export async function addPasskey(name: string): Promise<void> {
  const passkey = await createPasskey(await ask(factorCalls.passkeyChallenge, {}));
  await acceptFactors(ask(factorCalls.addPasskey, { body: { name, passkey } }));
}

/** "Mon 29 Nov, 10:04", in the zone that the server wrote it in. */
export function momentOf(instant: string): string {
  return `${formatDay(instant.slice(0, 10))}, ${formatTimeOfDay(instant)}`;
}
