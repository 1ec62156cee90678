import { appendAudit } from "#server/accounts/audit/append.ts";
import type { Services } from "#server/acts/services.ts";
import { operatorActor } from "#server/cli/command.ts";
import { placesCommand } from "#server/places/commands/places.ts";
import { runCommand } from "#tests/support/command.ts";
import { type Redrawing, redrawnPack } from "#tests/support/redrawn.ts";

const operator = operatorActor("tester");
const backup = { verb: "disclosure", act: "back up", purpose: "administration" } as const;

/** The line of a backup, without which nothing is moved. */
export const noteBackup = ({ db }: Pick<Services, "db">) =>
  db.transaction(operator, (tx) =>
    appendAudit(tx, operator, { ...backup, outcome: "done", detail: {} }),
  );

export const typeMove = (
  services: Services,
  positionals: readonly string[],
  values: Record<string, boolean> = {},
) => runCommand(services, placesCommand, { positionals: ["move", ...positionals], values });

/** As an operator types it, with a backup at hand. */
export async function moveTo(services: Services, which: Redrawing) {
  await noteBackup(services);
  return typeMove(services, [await redrawnPack(which)]);
}

export const moveBack = (services: Services) => typeMove(services, [], { back: true });
