import type { ProofAgain } from "#core/accounts/wire/second-factor.ts";
import { proveAgainByPin } from "#server/auth/device-account.ts";
import { readDeviceCookie } from "#server/auth/device-cookie.ts";
import { isPassword } from "#server/auth/password-hash.ts";
import { prove } from "#server/auth/prove.ts";
import { answerAt } from "#server/auth/second-factor/answer-at.ts";
import { isSecondFactor } from "#server/auth/second-factor/proof.ts";
import type { Session } from "#server/auth/sessions.ts";
import { gateActor } from "#server/db/database.ts";
import { callerOf } from "#server/http/guard.ts";
import type { RequestContext } from "#server/http/route.ts";
import { refreshSignIn } from "#server/queries/sign-ins.ts";

/** The person of a session is there, and not only their browser; from then on the session is fresh. */
export async function proveAgain(
  context: RequestContext,
  { id, accountId, actor }: Pick<Session, "id" | "actor"> & { readonly accountId: string },
  proof: ProofAgain,
  act: string,
): Promise<void> {
  const caller = callerOf(context);
  if ("pin" in proof) {
    const deviceToken = readDeviceCookie(context.config, context.request);
    await proveAgainByPin(context, caller, { accountId, deviceToken, pin: proof.pin, act });
    return context.db.transaction(gateActor, (tx) => refreshSignIn(tx, id, Date.now()));
  }
  const at = answerAt(context, "sign in");
  return prove(
    context,
    {
      ...caller,
      name: actor.person,
      session: id,
      act,
      isProven: async (account) => {
        if ("password" in proof) return isPassword(proof.password, account?.passwordHash ?? null);
        return account?.id === accountId && (await isSecondFactor(context, accountId, proof, at));
      },
    },
    (tx, _account, now) => refreshSignIn(tx, id, now),
  );
}
