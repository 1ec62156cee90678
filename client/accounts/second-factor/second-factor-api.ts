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

export const ownFactors = keptCall(factorCalls.read);

export const clearings = keptCall(clearingCalls.list);

/** Reloads the session too: it says which proof is asked for, and whether a factor is missing. */
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
