import { hash, verify } from "@node-rs/argon2";
import { normalisePassword } from "#core/accounts/password.ts";
import { nobodysHash, passwordCost } from "#server/auth/password-cost.ts";
import { Problem } from "#server/problem.ts";
import { createSlots } from "#server/slots.ts";

/**
 * Beside two, the server has its hands free for those who are signed in; at 300 ms each the last one
 * in the line waits six seconds.
 */
const slots = createSlots({
  mostAtOnce: 2,
  mostWaiting: 40,
  refusal: () => new Problem(503, "Too many sign-ins at this moment", "Try again in a minute."),
});

async function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
  const leave = await slots.enter();
  try {
    return await work();
  } finally {
    leave();
  }
}

let done = 0;

/** How many hashes were worked out so far, so that a test can count the work instead of timing it. */
export function hashesDone(): number {
  return done;
}

export function hashPassword(password: string): Promise<string> {
  return inTurn(() => {
    done += 1;
    return hash(normalisePassword(password), passwordCost);
  });
}

/** The same work whether there is a password to compare with or not. */
export function isPassword(password: string, stored: string | null): Promise<boolean> {
  return inTurn(async () => {
    done += 1;
    const equal = await verify(stored ?? nobodysHash, normalisePassword(password));
    return equal && stored !== null;
  });
}
