import { z } from "zod";
import { eventCategories, eventSources } from "#core/records/event.ts";
import { eventKinds } from "#core/records/kinds.ts";
import { profileNames } from "#core/records/profile.ts";
import { faultOfSaved } from "#core/records/saved-profile.ts";
import { longestWord } from "#core/records/types.ts";
import { columnRoles } from "#core/table/columns.ts";

const reservedNames: readonly string[] = ["auto", "demonstration", ...profileNames];

/** As a command line can carry it, and no name that another profile has. */
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

const heading = z.string().min(1).max(longestWord);
const word = z.string().min(1).max(longestWord);

/** What a saved profile holds: headings, roles, list entries; never a value that speaks of a person. */
export const savedReading = z
  .strictObject({
    profile: z.enum(profileNames),
    map: z.partialRecord(z.enum(columnRoles), z.union([heading, z.literal("")])),
    headings: z.array(heading).max(200),
    kind: z.enum(eventKinds).nullable(),
    source: z.enum(eventSources).nullable(),
    dates: z.enum(["day-first", "month-first"]).nullable(),
    words: z.strictObject({
      kind: z.record(word, z.enum(eventKinds)),
      category: z.record(word, z.enum(eventCategories)),
      source: z.record(word, z.enum(eventSources)),
    }),
    midnight: z.enum(["as-written", "unknown"]),
  })
  .superRefine((reading, context) => {
    const fault = faultOfSaved(reading);
    if (fault !== null) context.addIssue({ code: "custom", message: fault });
  });

export const importProfile = z.strictObject({
  id: z.int(),
  name: z.string(),
  madeBy: z.string(),
  madeAt: z.iso.datetime({ offset: true }),
  changedBy: z.string(),
  changedAt: z.iso.datetime({ offset: true }),
  reading: savedReading,
});
export type ImportProfile = z.infer<typeof importProfile>;

/** GET /api/import-profiles: by name. */
export const importProfilesReply = z.strictObject({ profiles: z.array(importProfile) });

/** POST /api/import-profiles; with `replace` one of the same name takes the new reading. */
export const saveProfileBody = z.strictObject({
  name: importProfileName,
  reading: savedReading,
  replace: z.boolean().default(false),
});

/** PATCH /api/import-profiles/:id */
export const renameProfileBody = z.strictObject({ name: importProfileName });
export const importProfileParams = z.strictObject({ id: z.coerce.number().int().positive() });
export const importProfileReply = z.strictObject({ id: z.int(), name: z.string() });
