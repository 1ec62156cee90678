import type { PasskeyAnswer } from "#core/accounts/wire/second-factor.ts";
import type { Caller } from "#server/accounts/begin-session.ts";
import { beginSession } from "#server/accounts/begin-session.ts";
import { prove } from "#server/accounts/prove.ts";
import {
  type AnswerAt,
  claimedPasskey,
  isPasskeyAnswer,
} from "#server/accounts/second-factor/passkeys.ts";
import type { Services } from "#server/acts/services.ts";
import { Problem } from "#server/problem.ts";

/** Two factors in one: the device, and what it verified its person by. Returns the token of a new session. */
export async function signInByPasskey(
  services: Pick<Services, "db" | "config">,
  caller: Caller,
  answer: PasskeyAnswer,
  at: AnswerAt,
): Promise<string> {
  const claimed = await claimedPasskey(services.db, answer);
  return prove(
    services,
    {
      ...caller,
      name: claimed?.account ?? "",
      lane: claimed && `passkey ${claimed.id}`,
      act: "sign in by passkey",
      isProven: async (account) =>
        account !== null &&
        account.id === claimed?.accountId &&
        (await isPasskeyAnswer(services.db, answer, claimed, at)),
    },
    (tx, account, now) => beginSession(tx, account, caller, now),
  ).catch((cause: unknown) => {
    throw cause instanceof Problem && cause.title === "Not signed in" ? notKnown() : cause;
  });
}

function notKnown(): Problem {
  return new Problem(
    401,
    "Not signed in",
    "This passkey belongs to no account in use here, or its answer came too late. Try again, or sign in by name and password.",
  );
}
