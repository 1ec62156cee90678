import { type AuditFilters, filterQuery } from "#client/accounts/audit/filters.ts";
import { fetchJson, fetchLines } from "#client/api/fetch.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createResource } from "#client/api/resource.ts";
import {
  type AuditPage,
  type AuditVerdict,
  auditHeadReply,
  auditPage,
  auditPersonsReply,
  verifyLine,
} from "#core/accounts/wire/audit.ts";

export type PageLoader = (before: string | null, signal: AbortSignal) => Promise<AuditPage>;

/** The chain as an auditor filters it. */
export function loadAudit(filters: AuditFilters): PageLoader {
  return (before, signal) => {
    const query = filterQuery(filters, before);
    return fetchJson(`/api/audit${query}`, auditPage, { signal });
  };
}

/** The acts of whoever is signed in. */
export const loadOwnActs: PageLoader = (before, signal) =>
  fetchJson(`/api/audit/own${before === null ? "" : `?before=${before}`}`, auditPage, { signal });

/** Whose acts can be asked for. */
export const auditPersons = createResource(async (signal): Promise<readonly string[]> => {
  return (await fetchJson("/api/audit/persons", auditPersonsReply, { signal })).persons;
});
forgetOnSignOut(auditPersons.reset);

export function loadHead(signal: AbortSignal) {
  return fetchJson("/api/audit/head", auditHeadReply, { signal });
}

/** Works the chain out anew, on the server; the last line is the verdict. */
export async function verifyChain(
  hash: string | null,
  onProgress: (progress: { readonly rows: number; readonly of: number }) => void,
  signal: AbortSignal,
): Promise<AuditVerdict> {
  const verdicts: AuditVerdict[] = [];
  const path = `/api/audit/verify${hash === null ? "" : `?head=${hash}`}`;
  await fetchLines(
    path,
    verifyLine,
    (line) => {
      if ("progress" in line) onProgress(line.progress);
      else if ("verdict" in line) verdicts.push(line.verdict);
      else throw new Error(`${line.problem.title}. ${line.problem.detail}`);
    },
    { signal },
  );
  const [verdict] = verdicts;
  if (verdict === undefined) throw new Error("The verification ended without a verdict.");
  return verdict;
}
