import {
  type RefObject,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";

export function useIsPhone(): boolean {
  return useMedia(phone);
}

/** A phone on its side too: what is used on foot has to stay what it is when the phone turns. */
export function useIsHandheld(): boolean {
  const isUpright = useIsPhone();
  const isTurned = useMedia(turnedPhone);
  return isUpright || isTurned;
}

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

/** The width of an element in whole pixels, as it is laid out. */
export function useWidth<Kind extends HTMLElement>(
  first: number,
): [RefObject<Kind | null>, number] {
  const element = useRef<Kind>(null);
  const [width, setWidth] = useState(first);
  useLayoutEffect(() => {
    const watched = element.current;
    if (!watched) return;
    const observer = new ResizeObserver(() => setWidth(Math.floor(watched.clientWidth)));
    observer.observe(watched);
    setWidth(Math.floor(watched.clientWidth));
    return () => observer.disconnect();
  }, []);
  return [element, width];
}

/** Excludes a desktop at 400 % zoom, which is as narrow but must show everything. */
const phone = "(max-width: 599px) and (pointer: coarse)";
const turnedPhone = "(max-width: 999px) and (max-height: 499px) and (pointer: coarse)";
