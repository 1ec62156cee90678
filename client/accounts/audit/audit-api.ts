import { useEffect, useRef, useState } from "react";
import { type AuditFilters, filterQuery } from "#client/accounts/audit/filters.ts";
import { errorFromFailure } from "#client/api/api-error.ts";
import { ask } from "#client/api/ask.ts";
import { fetchJson, fetchLines } from "#client/api/fetch.ts";
import { hasValue } from "#client/api/resource.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { keptCall } from "#client/live/kept.ts";
import { showToast } from "#client/ui/toast-store.ts";
import {
  type AuditPage,
  type AuditVerdict,
  auditCalls,
  auditPage,
  verifyLine,
} from "#core/accounts/wire/audit.ts";

export type PageLoader = (before: string | null, signal: AbortSignal) => Promise<AuditPage>;

export function loadAudit(filters: AuditFilters): PageLoader {
  return (before, signal) => {
    const query = filterQuery(filters, before);
    return fetchJson(`/api/audit${query}`, auditPage, { signal });
  };
}

export const loadOwnActs: PageLoader = (before, signal) =>
  ask(auditCalls.own, { query: before === null ? {} : { before } }, { signal });

export const auditPersons = keptCall(auditCalls.persons);

/** Works the chain out again, on the server; the last line is the verdict. */
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
  if (verdict === undefined) throw new Error("The check ended without a result.");
  return verdict;
}

/** Newest first; loaded pages stay when older ones come below. */
export function useActs(key: string, load: PageLoader) {
  const { resource: first, reload } = useFetched(key, (signal) => load(null, signal));
  const page = hasValue(first) ? first.value : null;
  const [older, setOlder] = useState({ of: page, pages: [] as readonly AuditPage[] });
  const [isLoadingOlder, setLoading] = useState(false);
  const running = useRef<AbortController | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question ends what is on its way.
  useEffect(() => () => running.current?.abort(), [key]);
  const pages = older.of === page ? older.pages : [];
  const next = (pages.at(-1) ?? page)?.next ?? null;

  const loadOlder = async () => {
    if (next === null || isLoadingOlder) return;
    const mine = new AbortController();
    running.current = mine;
    setLoading(true);
    try {
      const more = await load(next, mine.signal);
      if (!mine.signal.aborted) setOlder({ of: page, pages: [...pages, more] });
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause, "read");
      if (!mine.signal.aborted) showToast(`${title}. ${detail}`);
    }
    setLoading(false);
  };
  return {
    first,
    rows: page === null ? [] : [page, ...pages].flatMap((one) => one.rows),
    hasOlder: next !== null,
    isLoadingOlder,
    loadOlder: () => void loadOlder(),
    reload,
  };
}
