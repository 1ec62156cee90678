import { DatabaseError } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";

/** Lost, refused or ended by the server; 53300 has no connection left for anybody. */
export const connectionLost = /^(08|57P|53300)/;
/** The same, and what ran out of its time in a way that ends the connection with it. */
export const endsConnection = /^(08|57P|53300|25P0[34])/;
const outOfTime = /^(57014|55P03|25P0[34])$/;
/** `transaction_resolution_unknown`. */
export const outcomeUnknown = "08007";

/** PostgreSQL's code, or the system's own from the embedded database. */
const isFullDisk = /^(53100|ENOSPC|EDQUOT)$/;

/** Pseudo-constraints for shortages of the embedded database (server/db/embedded.ts). */
export const diskFull = "disk_full";
export const roomIsKept = "disk_room_kept";

/** The only place that turns PostgreSQL errors into Problems. */
export function problemFromDatabase(error: DatabaseError): Problem {
  const known = error.constraint ? constraintProblems[error.constraint] : undefined;
  if (known) return new Problem(...known);
  if (error.code === outcomeUnknown) {
    return new Problem(
      503,
      "The database is not responding",
      "The connection was lost while saving, so this may or may not have been saved. Check in a minute before you repeat it.",
    );
  }
  if (connectionLost.test(error.code)) {
    return new Problem(
      503,
      "The database is not responding",
      "Nothing was saved. Try again in a minute. If the problem continues, tell the administrator.",
    );
  }
  if (isFullDisk.test(error.code)) return new Problem(...fullDisk);
  if (outOfTime.test(error.code)) {
    return new Problem(
      503,
      "The database is busy",
      "This took too long and was stopped. Nothing was saved. Try again in a minute. If the problem continues, tell the administrator.",
    );
  }
  if (error.code === "25006") {
    return new Problem(
      503,
      "The database is read-only",
      "Nothing was saved. The server may have become a standby. Tell the administrator to point DATABASE_URL at the primary.",
    );
  }
  if (error.code === "28P01" || error.code === "28000") {
    return new Problem(
      503,
      "The database refused this login",
      "PostgreSQL refused the name or password in DATABASE_URL. Correct it, or check pg_hba.conf.",
    );
  }
  if (error.code === "3D000") {
    return new Problem(
      503,
      "There is no such database",
      "The server has no database with the name in DATABASE_URL. Correct it, or create the database.",
    );
  }
  if (error.code === "23505") {
    return new Problem(409, "Already exists", "Something with this name or number already exists.");
  }
  if (error.code.startsWith("23") || error.code.startsWith("22")) {
    return new Problem(
      422,
      "Not accepted",
      `The database refused the values (rule ${error.constraint ?? error.code}). Nothing was saved.`,
    );
  }
  return new Problem(500, "Something went wrong", "Nothing was saved. The error has been logged.");
}

export function failureText(error: unknown): string {
  if (error instanceof DatabaseError) return failureText(problemFromDatabase(error));
  if (error instanceof Problem) {
    const details = error.errors
      .filter(({ reason }) => !error.detail.includes(reason))
      .map((one) => `${one.field ?? ""} ${one.reason}`.trim());
    return [`${error.title}: ${error.detail}`, ...details].join(" ");
  }
  const { code, path } = Object(error) as NodeJS.ErrnoException;
  if (isFullDisk.test(code ?? "")) {
    const where = path === undefined ? "" : ` at ${path}`;
    return `The disk is full: there is no room to write${where}. Stored data is safe. Free up space, then try again.`;
  }
  const message = error instanceof Error ? error.message : String(error);
  return message.split("\n")[0] ?? "It failed for an unknown reason.";
}

const fullDisk = [
  507,
  "The disk is full",
  "Nothing was saved. Tell the administrator: once there is room again, this works by itself.",
] as const;

const walkedPatrol = [
  409,
  "Not changed",
  "A unit has already been at a stop of this patrol. It can no longer be withdrawn, nor that stop left out. Nothing was saved.",
] as const;

/** By constraint name; never reveals the other row's content. */
const constraintProblems: Readonly<Record<string, readonly [number, string, string]>> = {
  [diskFull]: fullDisk,
  [roomIsKept]: [
    507,
    "The disk is nearly full",
    "The last 200 MB are kept for partners’ sessions. Nothing was saved. Free up space, then try again.",
  ],
  occupancy_no_patrol_in_protected: [
    409,
    "No longer available",
    "This time and place is no longer available. Choose another time, or ask for suggestions again.",
  ],
  account_confirmed_by_second: [
    403,
    "Waiting for a second person",
    "This cannot be used until a second person confirms it. Ask whoever gave it to you.",
  ],
  account_opening_second_person: [
    403,
    "Not the second person",
    "Someone else must confirm or refuse this. It cannot be the person who asked, the account owner, or an account that the person who asked opened alone.",
  ],
  account_patrol_partner_stays: [
    409,
    "Not changed",
    "A warden coordinator stays with its patrol partner. Add another account instead.",
  ],
  patrol_stay_stop_fkey: walkedPatrol,
  patrol_window_walked: walkedPatrol,
  operation_name_key: [
    409,
    "This name is taken",
    "There is already an operation with this name. Choose another. Nothing was saved.",
  ],
  place_plan_name_unique: [
    409,
    "This name is taken",
    "There is already a place plan with this name. Choose another. Nothing was saved.",
  ],
};
