import { z } from "zod";
import { areaWays } from "#core/displacement/operation-area.ts";
import { eventResolution, type H3Cell, isCell, resolutionOf } from "#core/geo/cell.ts";
import { isPublicName } from "#core/places/gazetteer/names.ts";
import { londonDate } from "#core/text/london-date.ts";

/** More than the command and all around it has. */
const mostCells = 20_000;
const mostPhasesSent = 40;

const cell = z.custom<H3Cell>(
  (value) => typeof value === "string" && isCell(value) && resolutionOf(value) === eventResolution,
  `an H3 cell at resolution ${eventResolution}`,
);

const areaName = z
  .string()
  .min(1)
  .max(120)
  .refine(isPublicName, "the name of an area or a street")
  .nullable();

/** How an area was said, and its cells; those beyond the command are cut off and counted. */
const areaBody = z.strictObject({
  by: z.enum(areaWays),
  name: areaName,
  cells: z.array(cell).max(mostCells),
});

const phase = z.strictObject({
  name: z.string().max(200),
  startsOn: londonDate,
  /** Null: as long as the operation. */
  endsOn: londonDate.nullable(),
});

const operationFields = {
  name: z.string().max(200),
  startsOn: londonDate,
  /** Null while it goes on. */
  endsOn: londonDate.nullable(),
  treated: areaBody,
  /** Null: the rest of the command. */
  control: areaBody.nullable(),
  phases: z.array(phase).max(mostPhasesSent),
};

/** POST /api/operations */
export const operationBody = z.strictObject(operationFields);
export type OperationBody = z.infer<typeof operationBody>;

const revision = z.int().min(1);

/** PUT /api/operations/:id : the whole operation as it is to be, and the revision that was read. */
export const changeOperationBody = z.strictObject({ ...operationFields, revision });
/** POST /api/operations/:id/end */
export const endOperationBody = z.strictObject({ endsOn: londonDate, revision });
export const operationParams = z.strictObject({ id: z.coerce.number().int().positive() });

/** The title of the refusal where somebody else was first, by which the page knows it. */
export const changedMeanwhileTitle = "Someone else saved first";

/** What was kept, and what to know of it. */
export const operationKept = z.strictObject({
  id: z.int(),
  name: z.string(),
  revision,
  notes: z.array(z.string()).readonly(),
});
export type OperationKept = z.infer<typeof operationKept>;

export const operationRemoved = z.strictObject({ id: z.int() });

const cells = z.array(z.string()).readonly();
const areaSaid = z.strictObject({ by: z.enum(areaWays), name: z.string().nullable() });

export const operationReply = z.strictObject({
  id: z.int(),
  name: z.string(),
  startsOn: londonDate,
  endsOn: londonDate.nullable(),
  /** Treated cells at resolution 10. */
  cells,
  /** Cells chosen by hand to compare with; null: the rest of the command. */
  control: cells.nullable(),
  phases: z.array(phase).readonly(),
  revision,
  /** How the two areas were said. */
  treatedArea: areaSaid,
  controlArea: areaSaid.nullable(),
  changedAt: z.iso.datetime({ offset: true }),
  changedBy: z.string(),
  /** By as-at: what has not started cannot be assessed. */
  hasStarted: z.boolean(),
});
export type OperationReply = z.infer<typeof operationReply>;

/** GET /api/operations : every operation, those to come too, latest start first. */
export const operationsReply = z.strictObject({
  operations: z.array(operationReply),
  /** Names that current releases tell of: any other waits for the next release, which a second person approves. */
  released: z.array(z.string()),
});
export type OperationsReply = z.infer<typeof operationsReply>;

/** GET /api/operations/:id/history : newest first. */
export const operationHistoryReply = z.strictObject({
  revisions: z.array(
    z.strictObject({
      revision,
      act: z.enum(["added", "changed", "ended"]),
      at: z.iso.datetime({ offset: true }),
      by: z.string(),
      /** Each a short clause: "last day: goes on, now 31 Oct 2021". */
      changes: z.array(z.string()).readonly(),
      /** Reports of this revision that were printed or taken away. */
      reports: z.int(),
    }),
  ),
});
export type OperationHistoryReply = z.infer<typeof operationHistoryReply>;
