import { fetchJson } from "#client/api/fetch.ts";
import {
  type IssueReportBody,
  issuedReport,
  type OperationReportReply,
  operationReportReply,
} from "#core/displacement/wire/operation-report.ts";

export function loadReport(id: number, signal: AbortSignal): Promise<OperationReportReply> {
  return fetchJson(`/api/operations/${id}/report`, operationReportReply, { signal });
}

/** Notes that a report leaves; on paper it is not held back for it, and the note outlives the page. */
export async function issueReport(id: number, body: IssueReportBody): Promise<void> {
  const options = { method: "POST", body, keepalive: true } as const;
  await fetchJson(`/api/operations/${id}/reports`, issuedReport, options);
}
