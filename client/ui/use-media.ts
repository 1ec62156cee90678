import { useMemo, useSyncExternalStore } from "react";

/** A phone; a desk computer at 400 % zoom is as narrow, and everything must still be there. */
const phone = "(max-width: 599px) and (pointer: coarse)";

export function useIsPhone(): boolean {
  return useMedia(phone);
}

/** Follows a media query. */
export function useMedia(query: string): boolean {
  const list = useMemo(() => window.matchMedia(query), [query]);
  return useSyncExternalStore(
    (onChange) => {
      list.addEventListener("change", onChange);
      return () => list.removeEventListener("change", onChange);
    },
    () => list.matches,
  );
}
