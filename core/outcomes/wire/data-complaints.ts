import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date, id, instant, revision } from "#core/contract/fields.ts";
import {
  type ComplaintOutcome,
  complaintOutcomes,
  complaintStates,
} from "#core/outcomes/data-complaints.ts";

const outcomes = Object.keys(complaintOutcomes) as [ComplaintOutcome, ...ComplaintOutcome[]];

/** Dates and a closed list alone: nobody's name, no words. */
export const complaintDates = z.strictObject({
  receivedOn: date,
  acknowledgedOn: date.nullable(),
  outcome: z.enum(outcomes).nullable(),
  toldOn: date.nullable(),
});

export const complaintChange = complaintDates.extend({
  revision,
  changedAt: instant,
  changedBy: z.string(),
});

const dataComplaint = complaintDates.extend({
  id,
  revision,
  reference: z.string(),
  acknowledgeBy: date,
  state: z.enum(complaintStates),
  /** Oldest first, the present state last. */
  changes: z.array(complaintChange),
});
export type DataComplaint = z.infer<typeof dataComplaint>;

/** GET /api/data-complaints : the overdue first, the closed last. Changes answer the new list. */
export const dataComplaintsReply = z.strictObject({
  asAt: date,
  complaints: z.array(dataComplaint),
});
export type DataComplaintsReply = z.infer<typeof dataComplaintsReply>;

const reply = dataComplaintsReply;

export const dataComplaintCalls = {
  list: call("GET /api/data-complaints", { reply }),
  add: call("POST /api/data-complaints", {
    body: complaintDates.pick({ receivedOn: true }),
    reply,
  }),
  change: call("PUT /api/data-complaints/:id", {
    body: complaintDates.extend({ revision }),
    reply,
  }),
  export: call("POST /api/data-complaints/exports", {
    body: z.strictObject({}),
    reply: z.strictObject({ ok: z.literal(true) }),
  }),
};
