import { fetchJson } from "#client/api/fetch.ts";
import { keptReply } from "#client/live/kept.ts";
import {
  type IssueReportBody,
  issuedReport,
  type OperationReportReply,
  operationReportReply,
} from "#core/displacement/wire/operation-report.ts";
import * as wire from "#core/displacement/wire/operations.ts";

/** Every operation, those to come too; read again when somebody changes one. */
export const operations = keptReply("/api/operations", wire.operationsReply, "operations");

/** The operation as it was read, which a change has to name. */
export interface ReadOperation {
  readonly id: number;
  readonly revision: number;
}

/** Keeps a new operation, or what one is to be from now on. */
export async function keepOperation(
  read: ReadOperation | null,
  body: wire.OperationBody,
): Promise<wire.OperationKept> {
  try {
    return read
      ? await fetchJson(`/api/operations/${read.id}`, wire.operationKept, {
          method: "PUT",
          body: { ...body, revision: read.revision },
        })
      : await fetchJson("/api/operations", wire.operationKept, { method: "POST", body });
  } finally {
    // Where it is refused, somebody else may have been first.
    operations.reload();
  }
}

export async function endOperation(
  read: ReadOperation,
  endsOn: string,
): Promise<wire.OperationKept> {
  const kept = await fetchJson(`/api/operations/${read.id}/end`, wire.operationKept, {
    method: "POST",
    body: { endsOn, revision: read.revision },
  });
  operations.reload();
  return kept;
}

export async function deleteOperation({ id, revision }: ReadOperation): Promise<void> {
  await fetchJson(`/api/operations/${id}?revision=${revision}`, wire.operationRemoved, {
    method: "DELETE",
  });
  operations.reload();
}

export function loadHistory(id: number, signal: AbortSignal): Promise<wire.OperationHistoryReply> {
  return fetchJson(`/api/operations/${id}/history`, wire.operationHistoryReply, { signal });
}

export function loadReport(id: number, signal: AbortSignal): Promise<OperationReportReply> {
  return fetchJson(`/api/operations/${id}/report`, operationReportReply, { signal });
}

/** Notes that a report leaves; on paper it is not held back for it, and the note outlives the page. */
export async function issueReport(id: number, body: IssueReportBody): Promise<void> {
  const options = { method: "POST", body, keepalive: true } as const;
  await fetchJson(`/api/operations/${id}/reports`, issuedReport, options);
}
