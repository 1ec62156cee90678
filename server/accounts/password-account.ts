import { foldAccountName } from "#core/accounts/account-name.ts";
import { normalisePassword, passwordFault } from "#core/accounts/password.ts";
import { beginSession, type Caller } from "#server/accounts/begin-session.ts";
import { guessFault } from "#server/accounts/guessable.ts";
import { laneOf } from "#server/accounts/known-browser.ts";
import { hashPassword, isPassword } from "#server/accounts/password-hash.ts";
import { prove } from "#server/accounts/prove.ts";
import {
  type Credentials,
  lockCredentials,
  setPasswordHash,
} from "#server/accounts/queries/credentials.ts";
import { type Entered, enterOrAsk } from "#server/accounts/second-factor/second-step.ts";
import { unlockSession } from "#server/accounts/sessions.ts";
import { isSetUpSecret } from "#server/accounts/set-up.ts";
import type { Services } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";

type Part = Pick<Services, "db" | "config">;

/** What the chain says where a password was right and a second factor is still to come. */
const firstStep = "prove the password, before the second factor";

/** A session, or where the account has a second factor the step to it. */
export function signInByPassword(
  services: Part,
  caller: Caller,
  typed: { readonly name: string; readonly password: string },
): Promise<Entered> {
  const lane = laneOf(services.config, caller.known, typed.name);
  const line = lane === null ? "strangers" : "known";
  return prove(
    services,
    {
      ...caller,
      name: typed.name,
      act: "sign in",
      lane,
      isProven: (account) => isPassword(typed.password, account?.passwordHash ?? null, line),
    },
    async (tx, account, now, restate) => {
      const entered = await enterOrAsk(tx, account, caller, now);
      if ("secondStep" in entered) restate(firstStep);
      return entered;
    },
  );
}

/** Returns the token under which the locked session goes on. */
export async function unlockByPassword(
  services: Part,
  caller: Caller,
  session: {
    readonly id: string;
    readonly accountId: string;
    readonly name: string;
    readonly password: string;
  },
): Promise<string> {
  const token = await prove(
    services,
    {
      ...caller,
      name: session.name,
      session: session.id,
      act: "unlock the screen",
      isProven: (account) => isPassword(session.password, account?.passwordHash ?? null),
    },
    (tx, _account, now) => unlockSession(tx, { ...session, now }),
  );
  if (token !== null) return token;
  throw new Problem(401, "Not signed in", "The session has ended meanwhile: sign in again.");
}

/**
 * A first password by the one-time secret; it signs in as well, by the second factor where there is one: whoever gives out
 * a secret must not get in by it.
 */
export function setUpPassword(
  services: Part,
  caller: Caller,
  typed: { readonly name: string; readonly secret: string; readonly password: string },
): Promise<Entered> {
  const change = {
    ...typed,
    act: "set a first password",
    isProven: async (account: Credentials | null) =>
      isSetUpSecret(account, typed.secret, Date.now()),
  };
  return changePassword(services, caller, change, enterOrAsk);
}

/** Ends every other session of the account. */
export function changeOwnPassword(
  services: Part,
  caller: Caller,
  typed: {
    readonly name: string;
    readonly session: string;
    readonly current: string;
    readonly password: string;
  },
): Promise<string> {
  const change = {
    ...typed,
    act: "change the own password",
    isProven: (account: Credentials | null) =>
      isPassword(typed.current, account?.passwordHash ?? null),
  };
  return changePassword(services, caller, change, beginSession);
}

/**
 * A fault is told before anything is tried: it depends on what was typed alone. The new password is
 * hashed once the claim is proven, so that a stranger cannot make the server work for nothing.
 */
async function changePassword<Value>(
  services: Part,
  caller: Caller,
  change: {
    readonly name: string;
    readonly session?: string;
    readonly password: string;
    readonly act: string;
    readonly isProven: (account: Credentials | null) => Promise<boolean>;
  },
  begin: (tx: Transaction, account: Credentials, caller: Caller, now: number) => Promise<Value>,
): Promise<Value> {
  await refuseUnfit(change.password, change.name);
  let hash = "";
  const isProven = async (account: Credentials | null) => {
    const proven = await change.isProven(account);
    if (proven) hash = await hashPassword(change.password);
    return proven;
  };
  return prove(services, { ...caller, ...change, isProven }, async (tx, account, now) => {
    await setPasswordHash(tx, { id: account.id, hash, now });
    // Its epoch has grown: every session from before is over.
    const renewed = (await lockCredentials(tx, account.id, now)) ?? account;
    return begin(tx, renewed, caller, now);
  });
}

export async function refuseUnfit(password: string, name: string): Promise<void> {
  const folded = foldAccountName(name);
  const fault =
    passwordFault(password, folded) ?? (await guessFault(normalisePassword(password), folded));
  if (fault === null) return;
  throw new Problem(422, "Password not accepted", fault, [{ field: "password", reason: fault }]);
}
