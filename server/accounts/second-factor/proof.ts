import type { SecondStep } from "#core/accounts/wire/second-factor.ts";
import { appsOf, spendAppStep, spendCode } from "#server/accounts/queries/second-factors.ts";
import {
  type AnswerAt,
  claimedPasskey,
  isPasskeyAnswer,
} from "#server/accounts/second-factor/passkeys.ts";
import { stepOfCode } from "#server/accounts/second-factor/totp.ts";
import { hashOfSpoken } from "#server/accounts/spoken-secret.ts";
import type { Services } from "#server/acts/services.ts";
import { gateActor } from "#server/db/database.ts";

/** Judges a second factor of an account; what is right is used up by it, and counts no second time. */
export async function isSecondFactor(
  { db, config }: Pick<Services, "db" | "config">,
  accountId: string,
  proof: SecondStep,
  at: AnswerAt,
): Promise<boolean> {
  const now = Date.now();
  if ("passkey" in proof) {
    const claimed = await claimedPasskey(db, proof.passkey);
    if (claimed?.accountId !== accountId) return false;
    return isPasskeyAnswer(db, proof.passkey, claimed, at);
  }
  return db.transaction(gateActor, async (tx) => {
    if ("recovery" in proof) {
      return spendCode(tx, { accountId, hash: hashOfSpoken(proof.recovery), now });
    }
    const app = (await appsOf(tx, accountId)).find(({ confirmedAt }) => confirmedAt !== null);
    const step = app && stepOfCode(config, { accountId, ...app }, proof.code, now);
    return app !== undefined && step != null && spendAppStep(tx, { id: app.id, step, now });
  });
}
