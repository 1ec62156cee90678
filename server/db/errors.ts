import { DatabaseError } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";

/** Lost, refused or ended by the server; 53300 has no connection left for anybody. */
export const connectionLost = /^(08|57P|53300)/;
/** The same, and what ran out of its time in a way that ends the connection with it. */
export const endsConnection = /^(08|57P|53300|25P0[34])/;
/** A statement, a wait for a lock, or a transaction that took longer than it may. */
const outOfTime = /^(57014|55P03|25P0[34])$/;
/** `transaction_resolution_unknown`. */
export const outcomeUnknown = "08007";

/** PostgreSQL errors become Problems here and nowhere else. */
export function problemFromDatabase(error: DatabaseError): Problem {
  const known = error.constraint ? constraintProblems[error.constraint] : undefined;
  if (known) return new Problem(...known);
  if (error.code === outcomeUnknown) {
    return new Problem(
      503,
      "The database does not answer",
      "It went away at the last moment, so it is not known whether this was saved. Look again in a minute before you repeat it.",
    );
  }
  if (connectionLost.test(error.code)) {
    return new Problem(
      503,
      "The database does not answer",
      "Nothing was saved. Try again in a minute; if it stays like this, tell the administrator.",
    );
  }
  if (outOfTime.test(error.code)) {
    return new Problem(
      503,
      "The database is busy",
      "This took too long and was stopped. Nothing was saved. Try again in a minute; if it stays like this, tell the administrator.",
    );
  }
  if (error.code === "25006") {
    return new Problem(
      503,
      "The database is read-only",
      "Nothing was saved. Its server may be a standby now: tell the administrator, who gives DATABASE_URL the address of the server that writes.",
    );
  }
  if (error.code === "28P01" || error.code === "28000") {
    return new Problem(
      503,
      "The database does not let this login in",
      "PostgreSQL refuses the name or the password in DATABASE_URL. Correct it, or look at pg_hba.conf.",
    );
  }
  if (error.code === "3D000") {
    return new Problem(
      503,
      "There is no such database",
      "The server answers, but has no database of the name in DATABASE_URL. Correct it, or create the database.",
    );
  }
  if (error.code === "23505") {
    return new Problem(
      409,
      "Already there",
      "Something with the same name or number exists already.",
    );
  }
  if (error.code.startsWith("23") || error.code.startsWith("22")) {
    return new Problem(
      422,
      "Not accepted",
      `The database refused the values (rule ${error.constraint ?? error.code}). Nothing was saved.`,
    );
  }
  return new Problem(500, "Something went wrong", "Nothing was saved. The fault has been logged.");
}

/** The one line that a person reads when a command cannot do its work. */
export function failureText(error: unknown): string {
  if (error instanceof DatabaseError) return failureText(problemFromDatabase(error));
  if (error instanceof Problem) {
    const details = error.errors
      .filter(({ reason }) => !error.detail.includes(reason))
      .map((one) => `${one.field ?? ""} ${one.reason}`.trim());
    return [`${error.title}: ${error.detail}`, ...details].join(" ");
  }
  const message = error instanceof Error ? error.message : String(error);
  return message.split("\n")[0] ?? "It failed without a reason.";
}

/** What a broken constraint means to the caller; by constraint name, never the other row's content. */
const constraintProblems: Readonly<Record<string, readonly [number, string, string]>> = {
  occupancy_no_patrol_in_protected: [
    409,
    "No longer available",
    "This time and place is no longer available. Choose another time, or ask for suggestions again.",
  ],
  account_confirmed_by_second: [
    403,
    "Waits for a second person",
    "Nobody signs in by this before a second person has confirmed it: the coordinator, or for an outreach partner one of its own people. Ask whoever gave it to you.",
  ],
  account_opening_second_person: [
    403,
    "Not the second person",
    "Somebody else has to confirm or refuse this: not who asked for it, not whose account it is, nor an account that who asked has opened alone.",
  ],
  operation_name_key: [
    409,
    "This name is taken",
    "There is an operation of this name. Choose another name. Nothing was saved.",
  ],
  place_plan_name_unique: [
    409,
    "This name is taken",
    "There is a place plan of this name. Choose another name. Nothing was saved.",
  ],
};
