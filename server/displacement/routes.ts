import { alertCalls } from "#core/displacement/wire/alerts.ts";
import { displacementCalls } from "#core/displacement/wire/displacement.ts";
import { operationCalls } from "#core/displacement/wire/operations.ts";
import { stopRuleCalls } from "#core/displacement/wire/stop-rule.ts";
import { assess } from "#server/displacement/assess.ts";
import * as operations from "#server/displacement/operations/operations.ts";
import { issueReport, readReport } from "#server/displacement/operations/report.ts";
import * as stopRule from "#server/displacement/operations/stop-rule.ts";
import { decide } from "#server/displacement/watch/decide.ts";
import { readAlerts } from "#server/displacement/watch/read-alerts.ts";
import { type Route, serve } from "#server/http/route.ts";

const audience = ["sergeant", "analyst"] as const;
const purpose = "assessment";
/** An area of the whole command is some 8,000 cells. */
const bodyLimit = 1024 * 1024;

export const operationRoutes: readonly Route[] = [
  serve(operationCalls.list, {
    summary: "All operations with cells and phases, including future ones",
    audience,
    audit: { verb: "consultation", act: "list operations", purpose },
    handle: (act) => operations.listOperations(act),
  }),
  serve(operationCalls.add, {
    summary: "Add an operation: treated cells, days, phases, comparison area",
    audience,
    audit: { verb: "collection", act: "add an operation", purpose },
    bodyLimit,
    handle: (act, { body }) => operations.addOperation(act, body),
  }),
  serve(operationCalls.change, {
    summary: "Change an operation, unless someone else has changed it since it was read",
    audience,
    audit: { verb: "alteration", act: "change an operation", purpose },
    bodyLimit,
    handle: (act, { id, body: { revision, ...body } }) =>
      operations.changeWholeOperation(act, { id, revision }, body),
  }),
  serve(operationCalls.end, {
    summary: "Give an operation its last day",
    audience,
    audit: { verb: "alteration", act: "end an operation", purpose },
    handle: (act, { id, body: { revision, endsOn } }) =>
      operations.endOperation(act, { id, revision }, endsOn),
  }),
  serve(operationCalls.remove, {
    summary: "Delete an operation that has no report and no decided alerts",
    audience,
    audit: { verb: "erasure", act: "delete an operation", purpose },
    handle: (act, { id, query }) => operations.removeOperation(act, { id, ...query }),
  }),
  serve(operationCalls.history, {
    summary: "Every revision of an operation: who changed what, and when",
    audience,
    audit: { verb: "consultation", act: "read an operation's history", purpose },
    handle: (act, { id }) => operations.readHistory(act, id),
  }),
  serve(operationCalls.report, {
    summary: "The assessment report of an operation",
    audience,
    audit: { verb: "consultation", act: "read an assessment report", purpose },
    handle: (act, { id }) => readReport(act, id),
  }),
  serve(operationCalls.issue, {
    summary: "Log that an assessment report is being printed or downloaded; called before it is",
    audience,
    audit: { verb: "disclosure", act: "download an assessment report", purpose },
    handle: (act, { id, body }) => issueReport(act, id, body),
  }),
  serve(stopRuleCalls.read, {
    summary: "What is done once reports rise at a boundary, and what was done",
    audience,
    audit: { verb: "consultation", act: "read a stop rule", purpose },
    handle: (act, { id }) => stopRule.readStopRule(act, id),
  }),
  serve(stopRuleCalls.ask, {
    summary: "Write the stop rule of an operation; it waits for a second person",
    audience,
    audit: { verb: "collection", act: "write a stop rule", purpose },
    handle: (act, { id, body }) => stopRule.askStopRule(act, id, body),
  }),
  serve(stopRuleCalls.confirm, {
    summary: "Confirm a stop rule that somebody else wrote",
    audience,
    audit: { verb: "alteration", act: "confirm a stop rule", purpose },
    handle: (act, { id, body: { rule } }) => stopRule.confirmStopRule(act, id, rule),
  }),
  serve(stopRuleCalls.answer, {
    summary: "Record once what was done about a rise at a boundary",
    audience,
    audit: { verb: "collection", act: "answer a stop rule", purpose },
    handle: (act, { id, body }) => stopRule.answerStopRule(act, id, body),
  }),
  serve(stopRuleCalls.confirmAnswer, {
    summary: "Confirm what somebody else recorded about a rise; new patrols wait until then",
    audience,
    audit: { verb: "alteration", act: "confirm an answer to a stop rule", purpose },
    handle: (act, { id, body: { answer } }) => stopRule.confirmStopAnswer(act, id, answer),
  }),
];

export const displacementRoutes: readonly Route[] = [
  serve(displacementCalls.assess, {
    summary: "Before and after for one operation: overall, in its rings, and along each boundary",
    audience,
    audit: { verb: "consultation", act: "assess displacement", purpose },
    handle: async (act, { query }) => {
      const { reply, zones } = await assess(act, query);
      return { ...reply, zones };
    },
  }),
];

export const alertRoutes: readonly Route[] = [
  serve(alertCalls.list, {
    summary: "Alerts around running operations, newest first, and when each was last checked",
    audience,
    audit: { verb: "consultation", act: "read alerts", purpose },
    handle: (act) => readAlerts(act),
  }),
  serve(alertCalls.acknowledge, {
    summary: "Acknowledge an alert, with the action taken",
    audience,
    audit: { verb: "alteration", act: "acknowledge an alert", purpose },
    handle: (act, { id, body }) => decide(act, id, "acknowledged", body),
  }),
  serve(alertCalls.handOver, {
    summary: "Hand an alert over to a neighbour, by role; their outreach service first",
    audience,
    audit: { verb: "disclosure", act: "hand an alert over", purpose: "safeguarding" },
    handle: (act, { id, body: { words, ...handed } }) =>
      decide(act, id, "handed_over", { words, handed }),
  }),
  serve(alertCalls.close, {
    summary: "Close an alert, with its outcome",
    audience,
    audit: { verb: "alteration", act: "close an alert", purpose },
    handle: (act, { id, body }) => decide(act, id, "closed", body),
  }),
];
