import { accountCalls } from "#core/accounts/wire/accounts.ts";
import { calendarCalls } from "#core/protected-time/wire/calendar.ts";
import { coordinatorCalls } from "#core/protected-time/wire/coordinator.ts";
import { outreachCalls } from "#core/protected-time/wire/outreach.ts";
import { policeCalls } from "#core/protected-time/wire/police.ts";
import { type Route, serve } from "#server/http/route.ts";
import { importFromDevice } from "#server/protected-time/calendar-file/apply-import.ts";
import { confirmOwnCalendar, readOwnCalendar } from "#server/protected-time/calendars.ts";
import * as coordinator from "#server/protected-time/coordinator.ts";
import { readFootprintViews } from "#server/protected-time/footprint-views.ts";
import { askToLeave, stayAfterAll } from "#server/protected-time/leaving.ts";
import * as sessions from "#server/protected-time/own-sessions.ts";
import { addPartner } from "#server/protected-time/partners.ts";
import { readRecord, reportOwn, takeBackOwn } from "#server/protected-time/past-visits.ts";
import * as places from "#server/protected-time/places.ts";
import { askWhetherClear, readKeepClear } from "#server/protected-time/police-ask.ts";
import * as attended from "#server/protected-time/police-attended.ts";

const purpose = "safeguarding";
const partner = ["partner"] as const;

export const coordinatorRoutes: readonly Route[] = [
  serve(coordinatorCalls.read, {
    summary:
      "Which partners have confirmed, reports that police came, objections; nothing of a session",
    audience: ["coordinator", "auditor"],
    audit: { verb: "consultation", act: "read what partners have said", purpose },
    handle: (act) => coordinator.readCoordination(act),
  }),
  serve(coordinatorCalls.remind, {
    summary: "Ask a partner to confirm its calendar: it reads so on its own page",
    audience: ["coordinator"],
    audit: { verb: "alteration", act: "remind a partner of its calendar", purpose },
    handle: (act, { code }) => coordinator.remindPartner(act, code),
  }),
  serve(coordinatorCalls.noteCame, {
    summary: "Note that a report that police came was read; the partner sees it",
    audience: ["coordinator"],
    audit: { verb: "alteration", act: "note a report that police came", purpose },
    handle: (act, { id }) => coordinator.noteCame(act, id),
  }),
  serve(coordinatorCalls.answer, {
    summary: "Answer an objection; its partner reads the answer",
    audience: ["coordinator"],
    audit: { verb: "alteration", act: "answer an objection", purpose },
    handle: (act, { id, body }) => coordinator.answerObjection(act, id, body.answer),
  }),
  serve(coordinatorCalls.objections, {
    summary: "Own objections and the coordinator's answers",
    audience: partner,
    audit: { verb: "consultation", act: "read own objections", purpose },
    handle: (act) => coordinator.readOwnObjections(act),
  }),
  serve(coordinatorCalls.object, {
    summary: "Object to the coordinator, in own words; police are not shown it",
    audience: partner,
    audit: { verb: "collection", act: "raise an objection", purpose },
    handle: (act, { body }) => coordinator.raiseObjection(act, body),
  }),
];

export const keepClearRoutes: readonly Route[] = [
  serve(policeCalls.keepClear, {
    summary: "Protected time as one shape, from today to 14 days ahead",
    audience: ["sergeant", "warden"],
    audit: { verb: "consultation", act: "read keep-clear times", purpose },
    handle: (act, { query }) => readKeepClear(act, query),
  }),
];

export const outreachRoutes: readonly Route[] = [
  serve(outreachCalls.places, {
    summary: "Own saved places: lattice cells, footprint and label",
    audience: partner,
    audit: { verb: "consultation", act: "read own places", purpose },
    handle: (act) => places.listOwnPlaces(act),
  }),
  serve(outreachCalls.addPlace, {
    summary: "Save a place by the lattice cells that it lies in; the venue is not sent",
    audience: partner,
    audit: { verb: "collection", act: "save a place", purpose },
    handle: (act, { body }) => places.addPlace(act, body),
  }),
  serve(outreachCalls.renamePlace, {
    summary: "Change a place's label; all else of it stays",
    audience: partner,
    audit: { verb: "alteration", act: "rename a place", purpose },
    handle: (act, { id, body }) => places.renamePlace(act, id, body.label),
  }),
  serve(outreachCalls.removePlace, {
    summary: "Remove a place that no session closes any more, with its past sessions",
    audience: partner,
    audit: { verb: "erasure", act: "remove a place", purpose },
    handle: (act, { id }) => places.removeOwnPlace(act, id),
  }),
  serve(outreachCalls.sessions, {
    summary: "Own sessions that go on, soonest first, with the times that police see",
    audience: partner,
    audit: { verb: "consultation", act: "read own sessions", purpose },
    handle: (act) => sessions.listSessions(act),
  }),
  serve(outreachCalls.told, {
    summary: "When police were told of own late sessions and when they confirmed",
    audience: partner,
    audit: {
      none: "it tells when police were told of own sessions, not what they are, and pages ask while they wait",
    },
    handle: (act) => sessions.listTold(act),
  }),
  serve(outreachCalls.addSession, {
    summary: "Save a single or repeating session; patrols in its way are withdrawn",
    audience: partner,
    audit: { verb: "collection", act: "save a session", purpose },
    handle: (act, { body }) => sessions.addSession(act, body),
  }),
  serve(outreachCalls.moveSession, {
    summary: "End a session and save its new form in one step",
    audience: partner,
    audit: { verb: "alteration", act: "move a session", purpose },
    handle: (act, { id, body }) => sessions.moveOwnSession(act, id, body),
  }),
  serve(outreachCalls.moveDate, {
    summary: "One date of a repeating session takes place at another time or place instead",
    audience: partner,
    audit: { verb: "alteration", act: "move a date of a session", purpose },
    handle: (act, { id, body }) => sessions.moveOwnDate(act, id, body),
  }),
  serve(outreachCalls.cancel, {
    summary: "Cancel one date or all to come; inside 24 hours police and wardens still stay away",
    audience: partner,
    audit: { verb: "alteration", act: "cancel a session", purpose },
    handle: (act, { id, body }) => sessions.cancelOwn(act, id, body.date),
  }),
  serve(outreachCalls.restore, {
    summary: "A cancelled date more than 24 hours ahead takes place after all",
    audience: partner,
    audit: { verb: "alteration", act: "restore a date of a session", purpose },
    handle: (act, { id, body }) => sessions.restoreOwn(act, id, body.date),
  }),
  serve(outreachCalls.answerSecond, {
    summary: "A second person of the same partner says whether a large or long closure is right",
    audience: partner,
    audit: { verb: "alteration", act: "answer as the second person", purpose },
    handle: (act, { id, body }) => sessions.answerSecond(act, id, body.isRight),
  }),
  serve(outreachCalls.outNow, {
    summary: "Out now for some hours at a saved place",
    audience: partner,
    audit: { verb: "collection", act: "tell police to stay away now", purpose },
    handle: (act, { body }) => sessions.goOutNow(act, body),
  }),
  serve(calendarCalls.importCalendar, {
    summary: "Close what the partner's own device read of a calendar file: times and places only",
    audience: partner,
    audit: { verb: "collection", act: "import own calendar", purpose },
    // Enough for some hundred entries with their exceptions.
    bodyLimit: 2_000_000,
    handle: (act, { body }) => importFromDevice(act, body),
  }),
  serve(outreachCalls.occurrences, {
    summary: "Own sessions of some days, cancelled ones too",
    audience: partner,
    audit: { verb: "consultation", act: "read own sessions by date", purpose },
    handle: (act, { query }) => sessions.listOccurrences(act, query),
  }),
  serve(calendarCalls.policeCame, {
    summary: "Report that police came to a session: it was not kept clear",
    audience: partner,
    audit: { verb: "collection", act: "report that police came", purpose },
    handle: (act, { id, body }) => reportOwn(act, id, body.date),
  }),
  serve(calendarCalls.takeBackPoliceCame, {
    summary: "Undo, within the hour, a report that police came",
    audience: partner,
    audit: { verb: "erasure", act: "undo a report that police came", purpose },
    handle: (act, { id, body }) => takeBackOwn(act, id, body.date),
  }),
  serve(calendarCalls.record, {
    summary: "Own past sessions and whether each was kept clear",
    audience: partner,
    audit: { verb: "consultation", act: "read own record", purpose },
    handle: (act) => readRecord(act),
  }),
  serve(calendarCalls.calendar, {
    summary: "When the own calendar was last confirmed",
    audience: partner,
    audit: { verb: "consultation", act: "read own calendar", purpose },
    handle: (act) => readOwnCalendar(act),
  }),
  serve(calendarCalls.confirm, {
    summary: "Confirm that the own calendar is complete as of now",
    audience: partner,
    audit: { verb: "alteration", act: "confirm own calendar", purpose },
    handle: (act, { body }) => confirmOwnCalendar(act, body.pausedUntil),
  }),
  serve(calendarCalls.views, {
    summary: "Who was shown the own footprints or planned around them: by day and role how often",
    audience: partner,
    audit: { verb: "consultation", act: "read who looked at own times", purpose: "oversight" },
    handle: (act) => readFootprintViews(act),
  }),
  serve(calendarCalls.leave, {
    summary:
      "Ask that everything of the own partner is erased a day from now; asks for PIN, password or a sign-in from now",
    audience: partner,
    limit: "sign-in",
    audit: {
      none: "the sign-in check writes its own line, and the leaving one in its transaction",
    },
    handle: (context, { body }) => askToLeave(context, body),
  }),
  serve(calendarCalls.stay, {
    summary: "Cancel that everything of the own partner is to be erased",
    audience: partner,
    audit: { verb: "alteration", act: "cancel leaving", purpose },
    handle: (act) => stayAfterAll(act),
  }),
];

export const partnerRoutes: readonly Route[] = [
  serve(accountCalls.addPartner, {
    summary: "Add an outreach partner, for accounts of the role partner",
    audience: ["admin"],
    audit: { verb: "alteration", act: "add an outreach partner", purpose: "administration" },
    handle: ({ db, actor, asAt, addDetail }, { body }) =>
      db.transaction(actor, async (tx) => {
        const { id, code, name } = await addPartner(tx, { ...body, now: asAt.now() });
        addDetail({ partner: id });
        return { code, name };
      }),
  }),
];

export const policeRoutes: readonly Route[] = [
  serve(policeCalls.ask, {
    summary: "Check a place and time: yes or no for all of it, from what police are shown",
    audience: ["sergeant", "warden"],
    limit: "probe",
    // Neither where nor when: a series of such lines would reveal closed time. Only a no counts as
    // refused, for the limit.
    audit: { verb: "consultation", act: "ask whether a place is free", purpose },
    handle: (act, { body }) => askWhetherClear(act, body),
  }),
  serve(policeCalls.logAttended, {
    summary: "Log that police attended an emergency: never blocked, and answered alike everywhere",
    audience: ["sergeant"],
    audit: { verb: "collection", act: "log an emergency attended", purpose },
    handle: (act, { body }) => attended.logAttended(act, body),
  }),
  serve(policeCalls.takeBackAttended, {
    summary: "Undo, within the hour, a line about an emergency",
    audience: ["sergeant"],
    audit: { verb: "erasure", act: "undo an emergency attended", purpose },
    handle: (act, { id }) => attended.takeBackAttended(act, id),
  }),
  serve(policeCalls.attended, {
    summary: "Emergencies that police logged in the last 14 days",
    audience: ["sergeant"],
    audit: { verb: "consultation", act: "read emergencies attended", purpose },
    handle: (act) => attended.readAttended(act),
  }),
  serve(policeCalls.ownAttended, {
    summary: "Emergencies that police attended at own sessions",
    audience: partner,
    audit: { verb: "consultation", act: "read emergencies at own sessions", purpose },
    handle: (act) => attended.readOwnAttended(act),
  }),
];
