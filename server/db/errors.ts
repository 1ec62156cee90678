import type { DatabaseError } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";

/** What a broken constraint means to the caller; by constraint name, never the other row's content. */
const constraintProblems: Readonly<Record<string, readonly [number, string, string]>> = {
  occupancy_no_patrol_in_protected: [
    409,
    "No longer available",
    "This time and place is no longer available. Choose another time, or ask for suggestions again.",
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

export const connectionLost = /^(08|57P)/;
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
