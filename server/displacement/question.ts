import type { Operation } from "#core/displacement/operation.ts";
import type { DisplacementQuery } from "#core/displacement/wire/displacement.ts";
import type { Actor } from "#core/role.ts";
import type { Services } from "#server/acts/services.ts";
import { loadOperations } from "#server/displacement/queries/operations.ts";
import { studySet } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";

/** The stored operation that is asked about, or an area of the command as if it were one. */
export async function questionOf(
  services: Pick<Services, "db" | "asAt">,
  actor: Actor,
  query: DisplacementQuery,
): Promise<Operation> {
  const { operation, area, start } = query;
  if (operation !== undefined && area === undefined && start === undefined) {
    return storedOperation(services, actor, operation);
  }
  if (operation === undefined && area !== undefined && start !== undefined) {
    const { name, cells } = await studySet(services, area);
    return {
      name: `${name} from ${start}`,
      cells,
      startsOn: start,
      endsOn: null,
      control: null,
      phases: [],
    };
  }
  throw new Problem(
    400,
    "What is to be assessed?",
    "Give an operation by its name, or an area together with a start date.",
  );
}

async function storedOperation(
  { db, asAt }: Pick<Services, "db" | "asAt">,
  actor: Actor,
  name: string,
): Promise<Operation> {
  const stored = await db.transaction(actor, (tx) => loadOperations(tx, asAt.date()), {
    beside: true,
  });
  const found = stored.find((operation) => operation.name === name);
  if (found) return found;
  const names = stored.map((operation) => operation.name).join("; ");
  throw new Problem(
    404,
    "No such operation",
    `No operation "${name}" has started by ${asAt.date()}. Operations: ${names || "none"}.`,
  );
}
