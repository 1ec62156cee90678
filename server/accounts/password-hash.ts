import { hash, verify } from "@node-rs/argon2";
import { normalisePassword } from "#core/accounts/password.ts";
import { nobodysHash, passwordCost } from "#server/accounts/password-cost.ts";
import { Problem } from "#server/problem.ts";
import { createSlots } from "#server/slots.ts";

/**
 * Strangers queue separately, so that callers known by a session, a phone or a browser are always
 * served. At most three hashes at once leave the server free for signed-in people; at 300 ms each,
 * the last stranger in the queue waits six seconds.
 */
export type Line = "strangers" | "known";
const lineOf = (mostAtOnce: number) =>
  createSlots({
    mostAtOnce,
    mostWaiting: 40,
    refusal: () => new Problem(503, "Too many people are signing in", "Try again in a minute."),
  });
const lines = { strangers: lineOf(2), known: lineOf(1) };

let done = 0;

/** For tests, which count hashes instead of timing them. */
export function hashesDone(): number {
  return done;
}

export function hashPassword(password: string): Promise<string> {
  return inTurn("known", () => {
    done += 1;
    return hash(normalisePassword(password), passwordCost);
  });
}

/** Does the same work without a stored password. */
export function isPassword(
  password: string,
  stored: string | null,
  line: Line = "known",
): Promise<boolean> {
  return inTurn(line, async () => {
    done += 1;
    const equal = await verify(stored ?? nobodysHash, normalisePassword(password));
    return equal && stored !== null;
  });
}

async function inTurn<Value>(line: Line, work: () => Promise<Value>): Promise<Value> {
  const leave = await lines[line].enter();
  try {
    return await work();
  } finally {
    leave();
  }
}
