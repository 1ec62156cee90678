import { importProfileName } from "#core/records/wire/import-profile.ts";
import { type Command, type CommandResult, operatorAct, UsageError } from "#server/cli/command.ts";
import {
  loadProfiles,
  profileNamed,
  removeProfile,
  renameProfile,
} from "#server/records/import/saved-profiles.ts";

/** Saved ways of reading a file; `import --save-profile NAME` makes one, `import --profile NAME` reads by it. */
export const profileCommand: Command = {
  name: "profile",
  usage: "profile list | rename NAME NEW-NAME | remove NAME",
  summary: "List, rename or remove saved import settings",
  options: {},
  positionals: [1, 3],
  audit: { verb: "alteration", act: "change an import profile", purpose: "records" },
  run: async (context, { positionals: [word = "", name, newName, ...more] }) => {
    const act = operatorAct(context);
    const idOf = (named: string) =>
      act.db.transaction(act.actor, async (tx) => (await profileNamed(tx, named)).id, {
        beside: true,
      });
    if (word === "list" && name === undefined) return list(act);
    if (word === "rename" && name !== undefined && newName !== undefined && more.length === 0) {
      const checked = importProfileName.safeParse(newName);
      if (!checked.success)
        throw new UsageError(`NEW-NAME: ${checked.error.issues[0]?.message ?? ""}`);
      const done = await renameProfile(act, await idOf(name), checked.data);
      return { json: done, text: [`Profile "${name}" is now called "${done.name}".`] };
    }
    if (word === "remove" && name !== undefined && newName === undefined) {
      const done = await removeProfile(act, await idOf(name));
      const text = [`Profile "${done.name}" removed; events imported with it are kept.`];
      return { json: done, text };
    }
    throw new UsageError(
      `"${word}" is not understood: profile list | rename NAME NEW-NAME | remove NAME.`,
    );
  },
};

async function list(act: ReturnType<typeof operatorAct>): Promise<CommandResult> {
  act.restate({ verb: "consultation", act: "list import profiles" });
  const profiles = await act.db.transaction(act.actor, async (tx) => {
    const loaded = await loadProfiles(tx);
    act.addDetail({ profiles: loaded.length });
    return loaded;
  });
  const lines = profiles.map(({ name, reading, changedBy, changedAt }) => {
    const columns = Object.entries(reading.map).map(([role, heading]) => `${role}=${heading}`);
    return `${name}: on ${reading.profile}, ${columns.join(", ")} (${changedBy}, ${changedAt.slice(0, 10)})`;
  });
  const none = "No saved profiles. Save one with import FILE --save-profile NAME.";
  return { json: { profiles }, text: lines.length === 0 ? [none] : lines };
}
