import { type ChallengeFor, expectedChallenge } from "#server/accounts/second-factor/challenge.ts";
import type { AnswerAt } from "#server/accounts/second-factor/passkeys.ts";
import { relyingPartyOf } from "#server/accounts/second-factor/relying-party.ts";
import type { RequestContext } from "#server/http/route.ts";

/** What the answer of a passkey is held against in this request. */
export function answerAt(
  { config, request }: Pick<RequestContext, "config" | "request">,
  use: ChallengeFor,
): AnswerAt {
  return {
    party: relyingPartyOf(config, request),
    expected: expectedChallenge(config, request, use),
  };
}
