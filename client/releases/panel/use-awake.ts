import { type RefObject, useEffect, useState } from "react";

/** Long enough to find a button, short enough for a hall. */
const awakeMs = 2500;

/** True for a moment after a pointer has moved or pressed there. */
export function useAwake(element: RefObject<HTMLElement | null>): boolean {
  const [isAwake, setAwake] = useState(false);
  useEffect(() => {
    const target = element.current;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wake = () => {
      clearTimeout(timer);
      setAwake(true);
      timer = setTimeout(() => setAwake(false), awakeMs);
    };
    target?.addEventListener("pointermove", wake);
    target?.addEventListener("pointerdown", wake);
    return () => {
      clearTimeout(timer);
      target?.removeEventListener("pointermove", wake);
      target?.removeEventListener("pointerdown", wake);
    };
  }, [element]);
  return isAwake;
}
