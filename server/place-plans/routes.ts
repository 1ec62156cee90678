import { meetingCalls } from "#core/place-plans/wire/meeting.ts";
import { placePlanCalls } from "#core/place-plans/wire/place-plans.ts";
import { type Route, serve } from "#server/http/route.ts";
import * as actions from "#server/place-plans/actions.ts";
import * as meeting from "#server/place-plans/meeting.ts";
import { namesToWithhold } from "#server/place-plans/partner-names.ts";
import { assessPlan, moveFigure, pinFigure } from "#server/place-plans/pin.ts";
import * as plans from "#server/place-plans/plans.ts";
import { commentOnPlan, passOn, sharedPlans, sharePlan } from "#server/place-plans/sharing.ts";
import { asPartner } from "#server/protected-time/partners.ts";

const writers = ["sergeant", "analyst"] as const;
const deciders = [...writers, "coordinator"] as const;
const readers = [...deciders, "auditor"] as const;
const purpose = "problem_solving";
/** Eight fields of 1,000 characters, doubled for other alphabets, plus cells. */
const bodyLimit = 512 * 1024;

export const placePlanRoutes: readonly Route[] = [
  serve(placePlanCalls.list, {
    summary: "Place plans by review date, as the caller's role may see them",
    audience: readers,
    audit: { verb: "consultation", act: "read place plans", purpose },
    handle: (act) => plans.readPlans(act),
  }),
  serve(placePlanCalls.add, {
    summary: "Add a place plan; text about a person is refused",
    audience: writers,
    audit: { verb: "collection", act: "add a place plan", purpose },
    bodyLimit,
    handle: (act, { body }) => plans.addPlan(act, body),
  }),
  serve(placePlanCalls.change, {
    summary: "Change a place plan, unless someone else has changed it since it was read",
    audience: writers,
    audit: { verb: "alteration", act: "change a place plan", purpose },
    bodyLimit,
    handle: (act, { id, body }) => plans.changeWholePlan(act, id, body),
  }),
  serve(placePlanCalls.history, {
    summary: "Every revision of a place plan: who changed it and when",
    audience: readers,
    audit: { verb: "consultation", act: "read a place plan's history", purpose },
    handle: (act, { id }) => plans.readPlanHistory(act, id),
  }),
  serve(placePlanCalls.pin, {
    summary: "Pin a Hotspots figure to a place plan with its method; counted again, then frozen",
    audience: writers,
    audit: { verb: "collection", act: "pin a figure to a place plan", purpose },
    handle: (act, { id, body }) => pinFigure(act, id, body),
  }),
  serve(placePlanCalls.unpin, {
    summary: "Remove a pinned figure from a place plan",
    audience: writers,
    audit: { verb: "alteration", act: "take a figure off a place plan", purpose },
    handle: (act, of) => moveFigure(act, of, false),
  }),
  serve(placePlanCalls.pinAgain, {
    summary: "Restore a removed figure",
    audience: writers,
    audit: { verb: "alteration", act: "put a figure back on a place plan", purpose },
    handle: (act, of) => moveFigure(act, of, true),
  }),
  serve(placePlanCalls.assess, {
    summary: "Pin an operation's current assessment to a place plan",
    audience: writers,
    audit: { verb: "collection", act: "assess a place plan", purpose: "assessment" },
    handle: (act, { id, body }) => assessPlan(act, id, body),
  }),
  serve(placePlanCalls.share, {
    summary: "Share a plan's place and response with these partners only",
    audience: ["coordinator"],
    audit: { verb: "disclosure", act: "share a place plan", purpose },
    handle: (act, { id, body }) => sharePlan(act, id, body.partners),
  }),
  serve(placePlanCalls.passOn, {
    summary: "Pass a partner's comment on to police, without the name",
    audience: ["coordinator"],
    audit: { verb: "disclosure", act: "pass a partner's comment on", purpose },
    handle: (act, { id, comment }) => passOn(act, id, comment),
  }),
  serve(placePlanCalls.shared, {
    summary: "Place plans shared with the caller's partner, with its own comments",
    audience: ["partner"],
    audit: { verb: "consultation", act: "read shared place plans", purpose },
    handle: async (act) => {
      const all = await namesToWithhold(act);
      return asPartner(act, async (own) => {
        const reply = await sharedPlans({ ...own, all });
        act.addDetail({ plans: reply.plans.length });
        return reply;
      });
    },
  }),
  serve(placePlanCalls.comment, {
    summary: "Comment on a shared plan, to the coordinator",
    audience: ["partner"],
    audit: { verb: "collection", act: "comment on a place plan", purpose },
    handle: async (act, { id, body }) => {
      const all = await namesToWithhold(act);
      return asPartner(act, (own) => {
        act.addDetail({ plan: id });
        return commentOnPlan({ ...own, all }, id, body.words);
      });
    },
  }),
  serve(placePlanCalls.actions, {
    summary: "Place actions by office and due date",
    audience: readers,
    audit: { verb: "consultation", act: "read place actions", purpose },
    handle: (act) => actions.readActions(act),
  }),
  serve(placePlanCalls.addAction, {
    summary: "Add a place action: an office and a day, never a person",
    audience: deciders,
    audit: { verb: "collection", act: "add a place action", purpose },
    handle: (act, { body }) => actions.addAction(act, body),
  }),
  serve(placePlanCalls.changeAction, {
    summary: "Change a place action, or mark it done or dropped",
    audience: deciders,
    audit: { verb: "alteration", act: "change a place action", purpose },
    handle: (act, { id, body }) => actions.changeWholeAction(act, id, body),
  }),
];

export const meetingRoutes: readonly Route[] = [
  serve(meetingCalls.read, {
    summary: "Meeting dates, and packs issued",
    audience: readers,
    audit: { verb: "consultation", act: "read the meeting series", purpose },
    handle: (act) => meeting.readMeeting(act),
  }),
  serve(meetingCalls.putSeries, {
    summary: "Set the day of each month on which partners meet",
    audience: deciders,
    audit: { verb: "alteration", act: "change the meeting series", purpose },
    handle: (act, { body }) => meeting.putSeries(act, body),
  }),
  serve(meetingCalls.issue, {
    summary: "Make and freeze the pack of a meeting; no totals of partners' sessions",
    audience: deciders,
    audit: { verb: "disclosure", act: "issue a meeting pack", purpose },
    handle: (act, { body }) => meeting.issuePack(act, body),
  }),
  serve(meetingCalls.pack, {
    summary: "A meeting pack as it was issued",
    audience: readers,
    audit: { verb: "consultation", act: "read a meeting pack", purpose },
    handle: (act, { id }) => meeting.readPack(act, id),
  }),
];
