import { hash, verify } from "@node-rs/argon2";
import { normalisePassword } from "#core/accounts/password.ts";
import { Problem } from "#server/problem.ts";
import { createSlots } from "#server/slots.ts";

/**
 * One hash costs 200 to 350 ms of a core: 64 MiB filled ten times. Measured on two cores of a small
 * server, 210 ms of processor time; a machine built for guessing pays the memory for each guess
 * (RFC 9106, 4: the second recommended choice, with more passes).
 */
const cost = { algorithm: 2 /* argon2id */, memoryCost: 65_536, timeCost: 10, parallelism: 1 };

/** Of 32 random octets that were kept nowhere, at the same cost: what nobody's password is held against. */
export const nobodysHash =
  "$argon2id$v=19$m=65536,t=10,p=1$RClO4OQE1guWP1EcB1bxqQ$OAs9AIZGKJGZ60MoTXu8AZs0PwMjSyyQ0QG2pW1WNjE";

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
    return hash(normalisePassword(password), cost);
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
