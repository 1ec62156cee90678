import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { instant } from "#core/contract/fields.ts";
import { profileNames } from "#core/records/profile.ts";
import { savedReading } from "#core/records/saved-profile.ts";

const reservedNames: readonly string[] = ["auto", "demonstration", ...profileNames];

/** Fit for a command line, and not a reserved name. */
export const importProfileName = z
  .string()
  .trim()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}$/,
    "A name of a profile has 1 to 40 letters, figures, blanks, full stops, hyphens or underscores, and begins with a letter or figure.",
  )
  .refine(
    (name) => !reservedNames.includes(name.toLowerCase()),
    "This is the name of a ready profile; choose another.",
  );

export const importProfile = z.strictObject({
  id: z.int(),
  name: z.string(),
  madeBy: z.string(),
  madeAt: instant,
  changedBy: z.string(),
  changedAt: instant,
  reading: savedReading,
});
export type ImportProfile = z.infer<typeof importProfile>;

/** `replace`: overwrites the profile of that name. */
const saveProfileBody = z.strictObject({
  name: importProfileName,
  reading: savedReading,
  replace: z.boolean().default(false),
});
export type ProfileToSave = z.infer<typeof saveProfileBody>;

const kept = z.strictObject({ id: z.int(), name: z.string() });

export const profileCalls = {
  /** By name. */
  list: call("GET /api/import-profiles", {
    reply: z.strictObject({ profiles: z.array(importProfile) }),
  }),
  save: call("POST /api/import-profiles", { body: saveProfileBody, reply: kept }),
  remove: call("DELETE /api/import-profiles/:id", { reply: kept }),
};
