import { useEffect, useRef, useState } from "react";
import type { PageLoader } from "#client/accounts/audit/audit-api.ts";
import { errorFromFailure } from "#client/api/api-error.ts";
import { hasValue, type Resource } from "#client/api/resource.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { showToast } from "#client/ui/toast-store.ts";
import type { AuditPage, AuditRow } from "#core/accounts/wire/audit.ts";

export interface Acts {
  readonly first: Resource<AuditPage>;
  readonly rows: readonly AuditRow[];
  readonly hasOlder: boolean;
  readonly isLoadingOlder: boolean;
  readonly loadOlder: () => void;
  readonly reload: () => void;
}

interface Older {
  readonly of: AuditPage | null;
  readonly pages: readonly AuditPage[];
}

/** Acts page by page, newest first; what was loaded stays where it is as older ones come below. */
export function useActs(key: string, load: PageLoader): Acts {
  const { resource: first, reload } = useFetched(key, (signal) => load(null, signal));
  const page = hasValue(first) ? first.value : null;
  const [older, setOlder] = useState<Older>({ of: null, pages: [] });
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
