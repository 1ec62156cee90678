import { type RefObject, useLayoutEffect, useRef, useState } from "react";

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
