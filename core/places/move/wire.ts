import { z } from "zod";
import { date } from "#core/contract/fields.ts";

const count = z.int().min(0);

/** What else speaks of ground or names that go. Counted; nothing of protected time is read for it. */
export const moveReferences = z.strictObject({
  /** Approved or suggested patrols to come, with a stop on ground that leaves the command. */
  patrols: count,
  /** Operations with treated cells there, and those that still run. */
  operations: count,
  runningOperations: count,
  /** Alerts not closed yet at an edge that goes. */
  alerts: count,
  /** Open plans of places with a cell there. */
  placePlans: count,
  /** Patrol partners whose units may stand in an area that goes. */
  patrolPartners: count,
  /** Agreements with neighbours that go, and accounts of their liaison. */
  agreements: count,
  liaisons: count,
  releases: count,
});
export type MoveReferences = z.infer<typeof moveReferences>;

const names = z.array(z.string());
const changes = z.strictObject({ gone: names, come: names });
const tally = z.strictObject({ stay: count, moved: count, leave: count, come: count });

/** What another set of boundaries makes of cells and records. */
export const groundChange = z.strictObject({
  before: z.string(),
  after: z.string(),
  parts: changes.extend({
    renamed: z.array(z.strictObject({ from: z.string(), to: z.string() })),
    /** Of the same code, over other cells; by their name after. */
    redrawn: names,
  }),
  neighbours: changes,
  /** What public figures are given for, below the parts. */
  publicAreas: changes,
  /** From part to part, most cells first; null is outside the command. What stays is in none. */
  flows: z.array(
    z.strictObject({
      from: z.string().nullable(),
      to: z.string().nullable(),
      cells: count,
      events: count,
    }),
  ),
  /** In the same part, in another, out of the command, into it. */
  cells: tally,
  events: tally,
});
export type GroundChange = z.infer<typeof groundChange>;
export type NameChanges = z.infer<typeof changes>;
export type Flow = GroundChange["flows"][number];

export const moveReport = z.strictObject({
  dryRun: z.boolean(),
  /** The first day of the new boundaries. */
  movedOn: date,
  /** Why it cannot be done; empty where it can, and always empty where it was done. */
  faults: names,
  change: groundChange,
  references: moveReferences,
});
export type MoveReport = z.infer<typeof moveReport>;
