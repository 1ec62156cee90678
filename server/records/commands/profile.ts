import { z } from "zod";
import { importProfileName } from "#core/records/wire/import-profile.ts";
import type { Act } from "#server/acts/services.ts";
import { action, type Command } from "#server/cli/command.ts";
import { linesOr } from "#server/cli/table.ts";
import {
  loadProfiles,
  profileNamed,
  removeProfile,
  renameProfile,
} from "#server/records/import/saved-profiles.ts";

const purpose = "records";
const alters = { verb: "alteration", act: "change an import profile", purpose } as const;

/** Made by `import --save-profile NAME`, used by `import --profile NAME`. */
export const profileCommand: Command = {
  name: "profile",
  summary: "List, rename or remove saved import settings",
  words: {
    list: action({
      audit: { verb: "consultation", act: "list import profiles", purpose },
      run: async ({ db, actor, addDetail }) => {
        const profiles = await db.transaction(actor, async (tx) => {
          const loaded = await loadProfiles(tx);
          addDetail({ profiles: loaded.length });
          return loaded;
        });
        const lines = profiles.map(({ name, reading, changedBy, changedAt }) => {
          const columns = Object.entries(reading.map).map(
            ([role, heading]) => `${role}=${heading}`,
          );
          return `${name}: on ${reading.profile}, ${columns.join(", ")} (${changedBy}, ${changedAt.slice(0, 10)})`;
        });
        const none = "No saved profiles. Save one with import FILE --save-profile NAME.";
        return { json: { profiles }, text: linesOr(lines, none) };
      },
    }),
    rename: action({
      takes: "NAME NEW-NAME",
      audit: alters,
      reads: z.object({ name: z.string(), "new-name": importProfileName }),
      run: async (act, { name, "new-name": newName }) => {
        const done = await renameProfile(act, await idOf(act, name), newName);
        return { json: done, text: [`Profile "${name}" is now called "${done.name}".`] };
      },
    }),
    remove: action({
      takes: "NAME",
      audit: alters,
      reads: z.object({ name: z.string() }),
      run: async (act, { name }) => {
        const done = await removeProfile(act, await idOf(act, name));
        const text = [`Profile "${done.name}" removed; events imported with it are kept.`];
        return { json: done, text };
      },
    }),
  },
};

async function idOf({ db, actor }: Act, name: string): Promise<number> {
  const profile = await db.transaction(actor, (tx) => profileNamed(tx, name), { beside: true });
  return profile.id;
}
