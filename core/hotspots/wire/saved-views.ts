import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { instant } from "#core/contract/fields.ts";
import { shownName } from "#core/text/shown-name.ts";

/**
 * Filters of the Hotspots screen by their names in its address. A saved view holds only these: the
 * server refuses any other name, so that no data can be stored there.
 */
export const viewFilters = [
  "from",
  "to",
  "last",
  "area",
  "reported",
  "discovered",
  "types",
  "days",
  "hours",
  "by",
  "res",
  "measure",
  "baseline",
  "compare",
  "draw",
  "clear",
  "places",
  "at",
] as const;
export type ViewFilter = (typeof viewFilters)[number];
export type ViewFilters = Readonly<Partial<Record<ViewFilter, string>>>;

/** Long enough for an area that was drawn by hand. */
const filterValue = z
  .string()
  .min(1)
  .max(4_000)
  .regex(/^[^\p{Cc}]*$/u, "no control characters");

export const mostSavedViews = 50;

export const savedViewName = shownName(60);

const filters = z.partialRecord(z.enum(viewFilters), filterValue);
const version = z.int().min(1).max(1_000);

export const savedView = z.strictObject({
  id: z.int(),
  name: z.string(),
  isOwn: z.boolean(),
  isShared: z.boolean(),
  person: z.string(),
  version,
  /** As saved; may hold names that only a later version knows. */
  filters: z.record(z.string(), z.string()),
  changedAt: instant,
});
export type SavedView = z.infer<typeof savedView>;

/** `replace`: overwrites the caller's view of the same name. */
export const saveViewBody = z.strictObject({
  name: savedViewName,
  isShared: z.boolean(),
  version,
  filters,
  replace: z.boolean().default(false),
});
export type SaveViewBody = z.input<typeof saveViewBody>;

export const changeViewBody = z
  .strictObject({ name: savedViewName.optional(), isShared: z.boolean().optional() })
  .refine(
    ({ name, isShared }) => name !== undefined || isShared !== undefined,
    "Nothing to change.",
  );

const reply = z.strictObject({ id: z.int() });

export const savedViewCalls = {
  /** Own first, each by name. */
  list: call("GET /api/saved-views", { reply: z.strictObject({ views: z.array(savedView) }) }),
  save: call("POST /api/saved-views", { body: saveViewBody, reply }),
  change: call("PATCH /api/saved-views/:id", { body: changeViewBody, reply }),
  remove: call("DELETE /api/saved-views/:id", { reply }),
};
