import { importProfileName } from "#core/records/wire/import-profile.ts";
import { formatInstant } from "#core/time/zone.ts";
import {
  type Command,
  type CommandContext,
  type CommandResult,
  operatorActor,
  UsageError,
} from "#server/cli/command.ts";
import {
  profileNamed,
  removeProfile,
  renameProfile,
} from "#server/records/import/saved-profiles.ts";
import { listImportProfiles } from "#server/records/queries/import-profiles.ts";

/** Saved ways of reading a file; `import --save-profile NAME` makes one, `import --profile NAME` reads by it. */
export const profileCommand: Command = {
  name: "profile",
  usage: "profile list | rename NAME NEW-NAME | remove NAME",
  summary: "List, rename or remove saved import settings",
  options: {},
  positionals: [1, 3],
  audit: { verb: "alteration", act: "change an import profile", purpose: "records" },
  run: async (context, { positionals: [word = "", name, newName, ...more] }) => {
    const actor = operatorActor(context.operator);
    if (word === "list" && name === undefined) return list(context);
    if (word === "rename" && name !== undefined && newName !== undefined && more.length === 0) {
      const checked = importProfileName.safeParse(newName);
      if (!checked.success)
        throw new UsageError(`NEW-NAME: ${checked.error.issues[0]?.message ?? ""}`);
      const id = await idOf(context, name);
      const done = await renameProfile(context, actor, { id, name: checked.data });
      return { json: done, text: [`Profile "${name}" is now called "${done.name}".`] };
    }
    if (word === "remove" && name !== undefined && newName === undefined) {
      const done = await removeProfile(context, actor, await idOf(context, name));
      return {
        json: done,
        text: [`Profile "${done.name}" removed; events imported with it are kept.`],
      };
    }
    throw new UsageError(
      `"${word}" is not understood: profile list | rename NAME NEW-NAME | remove NAME.`,
    );
  },
};

async function list({
  db,
  zone,
  operator,
  restate,
  addDetail,
}: CommandContext): Promise<CommandResult> {
  restate({ verb: "consultation", act: "list import profiles" });
  const profiles = await db.transaction(operatorActor(operator), async (tx) => {
    const rows = await listImportProfiles(tx);
    addDetail({ profiles: rows.length });
    return rows;
  });
  return {
    json: {
      profiles: profiles.map((each) => ({
        ...each,
        madeAt: formatInstant(zone, each.madeAt),
        changedAt: formatInstant(zone, each.changedAt),
      })),
    },
    text:
      profiles.length === 0
        ? ["No saved profiles. Save one with import FILE --save-profile NAME."]
        : profiles.map(
            ({ name, reading, changedBy, changedAt }) =>
              `${name}: on ${reading.profile}, ${Object.entries(reading.map)
                .map(([role, heading]) => `${role}=${heading}`)
                .join(", ")} (${changedBy}, ${formatInstant(zone, changedAt).slice(0, 10)})`,
          ),
  };
}

async function idOf({ db, operator }: CommandContext, name: string): Promise<number> {
  const found = await db.transaction(operatorActor(operator), (tx) => profileNamed(tx, name), {
    beside: true,
  });
  return found.id;
}
