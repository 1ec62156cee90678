import type { ProofAgain } from "#core/accounts/wire/second-factor.ts";
import { proveAgainByPin } from "#server/accounts/device-account.ts";
import { readDeviceCookie } from "#server/accounts/device-cookie.ts";
import { callerOf } from "#server/accounts/guard.ts";
import { isPassword } from "#server/accounts/password-hash.ts";
import { prove } from "#server/accounts/prove.ts";
import { refreshSignIn } from "#server/accounts/queries/sign-ins.ts";
import { answerAt } from "#server/accounts/second-factor/answer-at.ts";
import { isSecondFactor } from "#server/accounts/second-factor/proof.ts";
import type { Session } from "#server/accounts/sessions.ts";
import { gateActor } from "#server/db/database.ts";
import type { RequestContext } from "#server/http/route.ts";

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
