import { useEffect, useRef } from "react";

/** Null stops it. */
export function useInterval(call: () => void, milliseconds: number | null): void {
  const latest = useRef(call);
  latest.current = call;
  useEffect(() => {
    if (milliseconds === null) return;
    const timer = setInterval(() => latest.current(), milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds]);
}
