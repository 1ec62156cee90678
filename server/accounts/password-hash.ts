import { hash, verify } from "@node-rs/argon2";
import { normalisePassword } from "#core/accounts/password.ts";
import { nobodysHash, passwordCost } from "#server/accounts/password-cost.ts";
import { Problem } from "#server/problem.ts";
import { createSlots, type SlotsLoad } from "#server/slots.ts";

/**
 * Strangers stand in a line of their own, so that whoever is known by a session, a phone or a browser is judged however
 * many of them come. Beside three at once the server has its hands free for those who are signed in; at 300 ms each
 * the last stranger in the line waits six seconds.
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

/** How many hashes were worked out so far, so that a test can count the work instead of timing it. */
export function hashesDone(): number {
  return done;
}

/** Passwords that are being checked or made, and those that wait for it. */
export function passwordLoad(): SlotsLoad {
  const [one, other] = [lines.strangers.load(), lines.known.load()];
  return { running: one.running + other.running, waiting: one.waiting + other.waiting };
}

export function hashPassword(password: string): Promise<string> {
  return inTurn("known", () => {
    done += 1;
    return hash(normalisePassword(password), passwordCost);
  });
}

/** The same work whether there is a password to compare with or not. */
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
