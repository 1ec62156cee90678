import { DatabaseError } from "#server/db/database.ts";
import { problemFromDatabase } from "#server/db/errors.ts";
import { Problem } from "#server/problem.ts";

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
