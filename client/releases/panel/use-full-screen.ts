import { type RefObject, useCallback, useEffect, useState } from "react";
import { showToast } from "#client/ui/toast-store.ts";

/** Full screen of one element; Escape leaves it, as everywhere. */
export function useFullScreen(element: RefObject<HTMLElement | null>): {
  readonly isFull: boolean;
  readonly toggle: () => void;
} {
  const [isFull, setFull] = useState(false);
  useEffect(() => {
    const follow = () => setFull(document.fullscreenElement === element.current);
    document.addEventListener("fullscreenchange", follow);
    return () => document.removeEventListener("fullscreenchange", follow);
  }, [element]);
  const toggle = useCallback(() => {
    const change = document.fullscreenElement
      ? document.exitFullscreen()
      : element.current?.requestFullscreen();
    change?.catch(() => showToast("This browser does not allow full screen here."));
  }, [element]);
  return { isFull, toggle };
}
