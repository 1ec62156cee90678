import { useEffect, useRef } from "react";
import { notices, openNotices } from "#client/patrols/notices.ts";
import { useStore } from "#client/state/use-store.ts";

/** A late session has taken windows away, or somebody confirmed it: the plan is read again. */
export function useNotices(reload: () => void): void {
  const key = useStore(notices.store, (state) =>
    openNotices(state)
      .map(({ id }) => id)
      .join(),
  );
  const seen = useRef(key);
  useEffect(() => {
    if (seen.current === key) return;
    seen.current = key;
    reload();
  }, [key, reload]);
}
