import type { Body } from "#core/contract/call.ts";
import { dataComplaintCalls } from "#core/outcomes/wire/data-complaints.ts";
import { guaranteeCalls, monthlyFiguresCalls } from "#core/outcomes/wire/monthly-figures.ts";
import { outcomeCalls } from "#core/outcomes/wire/outcomes.ts";
import { tallyCalls } from "#core/outcomes/wire/tallies.ts";
import type { Act } from "#server/acts/services.ts";
import { type Route, serve } from "#server/http/route.ts";
import { addComplaint, changeComplaint, readComplaints } from "#server/outcomes/data-complaints.ts";
import { readBases, recordBasis } from "#server/outcomes/lawful-bases.ts";
import {
  readGuarantee,
  readMonthlyFigures,
  refuseOpenMonth,
} from "#server/outcomes/monthly-figures.ts";
import { readOutcomes, refuseWrongPeriod } from "#server/outcomes/outcomes.ts";
import { enterOwnContacts, readOwnContacts } from "#server/outcomes/own-contacts.ts";
import { correctTally, enterTallies, readTallies } from "#server/outcomes/tallies.ts";

const police = ["sergeant", "analyst"] as const;
const readers = [...police, "auditor"] as const;
const purpose = "assessment";

// Only rounded figures leave: the page makes files and paper from the `shared` form.

export const outcomeRoutes: readonly Route[] = [
  serve(outcomeCalls.read, {
    summary:
      "Snapshot, charts, funnel and trends of a period; rounded by the 10-5 rule on request, and always for a presenter",
    audience: [...readers, "presenter"],
    audit: { verb: "consultation", act: "read outcomes", purpose },
    handle: (act, { query }) => readOutcomes(act, query),
  }),
  serve(outcomeCalls.export, {
    summary: "Log that outcomes are being printed or downloaded; called before they are",
    audience: [...readers, "presenter"],
    audit: { verb: "disclosure", act: "download outcomes", purpose },
    handle: async (act, { body: { from, to } }) => {
      refuseWrongPeriod({ from, to }, act.asAt.date());
      act.addDetail({ from, to });
      await act.writeLine();
      return { ok: true as const };
    },
  }),
];

export const monthlyFiguresRoutes: readonly Route[] = [
  serve(monthlyFiguresCalls.read, {
    summary:
      "Patrol hours, visits, hotspots, stops, arrests and outcomes of a month that is over; rounded by the 10-5 rule on request",
    audience: police,
    audit: { verb: "consultation", act: "read the monthly figures", purpose },
    handle: (act, { query }) => readMonthlyFigures(act, query),
  }),
  serve(monthlyFiguresCalls.export, {
    summary: "Log that the monthly figures are being printed or downloaded; called before they are",
    audience: police,
    audit: { verb: "disclosure", act: "download the monthly figures", purpose },
    handle: (act, { body }) => noteMonth(act, body),
  }),
  serve(guaranteeCalls.read, {
    summary:
      "Peak hours, priorities, abstraction and answers within 72 hours of a month that is over; rounded by the 10-5 rule on request",
    audience: police,
    audit: { verb: "consultation", act: "read the guarantee", purpose },
    handle: (act, { query }) => readGuarantee(act, query),
  }),
  serve(guaranteeCalls.export, {
    summary: "Log that the guarantee is being printed or downloaded; called before it is",
    audience: police,
    audit: { verb: "disclosure", act: "download the guarantee", purpose },
    handle: (act, { body }) => noteMonth(act, body),
  }),
];

async function noteMonth(act: Act, { month, form }: Body<typeof guaranteeCalls.export>) {
  refuseOpenMonth(month, act.asAt.date());
  act.addDetail({ month, form });
  await act.writeLine();
  return { ok: true as const };
}

export const tallyRoutes: readonly Route[] = [
  serve(tallyCalls.list, {
    summary: "Manual totals, exact, each with its period and every earlier value",
    audience: readers,
    audit: { verb: "consultation", act: "read tallies", purpose },
    handle: (act) => readTallies(act),
  }),
  serve(tallyCalls.enter, {
    summary: "Enter manual totals for exact periods, all or none",
    audience: ["analyst"],
    audit: { verb: "collection", act: "type tallies", purpose },
    bodyLimit: 256 * 1024,
    handle: (act, { body }) => enterTallies(act, body.totals),
  }),
  serve(tallyCalls.correct, {
    summary: "Correct or withdraw a manual total, with a reason; the earlier value is kept",
    audience: ["analyst"],
    audit: { verb: "alteration", act: "correct a tally", purpose },
    handle: (act, { id, body }) => correctTally(act, id, body),
  }),
  serve(tallyCalls.bases, {
    summary: "Lawful bases for entering sensitive breakdowns; no figures",
    audience: ["admin", "auditor", "analyst"],
    audit: { verb: "consultation", act: "read lawful bases", purpose: "administration" },
    handle: (act) => readBases(act),
  }),
  serve(tallyCalls.recordBasis, {
    summary: "Record, or end, the lawful basis of a sensitive breakdown",
    audience: ["admin"],
    audit: { verb: "alteration", act: "record a lawful basis", purpose: "administration" },
    handle: (act, { body }) => recordBasis(act, body),
  }),
  serve(tallyCalls.own, {
    summary:
      "A partner's own outreach contacts by period; only the partner reads them, and they are never added up",
    audience: ["partner"],
    audit: { verb: "consultation", act: "read own contacts", purpose: "safeguarding" },
    handle: (act) => readOwnContacts(act),
  }),
  serve(tallyCalls.enterOwn, {
    summary: "Enter a partner's own outreach contacts for an exact period; the latest entry counts",
    audience: ["partner"],
    audit: { verb: "collection", act: "type own contacts", purpose: "safeguarding" },
    handle: (act, { body }) => enterOwnContacts(act, body),
  }),
];

const keepers = ["presenter", "admin"] as const;

export const dataComplaintRoutes: readonly Route[] = [
  serve(dataComplaintCalls.list, {
    summary: "Complaints about the use of personal data: dates and outcomes, the overdue first",
    audience: [...keepers, "auditor"],
    audit: { verb: "consultation", act: "read data complaints", purpose: "administration" },
    handle: (act) => readComplaints(act),
  }),
  serve(dataComplaintCalls.add, {
    summary: "Enter a complaint about the use of personal data, by the date of its receipt",
    audience: keepers,
    audit: { verb: "collection", act: "add a data complaint", purpose: "administration" },
    handle: (act, { body }) => addComplaint(act, body),
  }),
  serve(dataComplaintCalls.change, {
    summary: "Acknowledge, close or correct a data complaint; the earlier dates are kept",
    audience: keepers,
    audit: { verb: "alteration", act: "change a data complaint", purpose: "administration" },
    handle: (act, { id, body }) => changeComplaint(act, id, body),
  }),
  serve(dataComplaintCalls.export, {
    summary: "Log that the list of data complaints is being downloaded; called before it is",
    audience: [...keepers, "auditor"],
    audit: { verb: "disclosure", act: "download data complaints", purpose: "administration" },
    handle: async (act) => {
      await act.writeLine();
      return { ok: true as const };
    },
  }),
];
