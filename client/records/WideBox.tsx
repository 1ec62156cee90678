import { type ReactNode, useEffect, useRef, useState } from "react";

/** A table that is wider than the screen scrolls inside; then the keyboard must reach it. */
export function WideBox({
  label,
  children,
}: {
  /** For readers. */
  readonly label: string;
  readonly children: ReactNode;
}) {
  const box = useRef<HTMLElement>(null);
  const [isWider, setWider] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => setWider(element.scrollWidth > element.clientWidth);
    const observer = new ResizeObserver(measure);
    for (const each of [element, ...element.children]) observer.observe(each);
    measure();
    return () => observer.disconnect();
  });
  return (
    <section
      className="records__scroll"
      ref={box}
      aria-label={label}
      {...(isWider ? { tabIndex: 0 } : {})}
    >
      {children}
    </section>
  );
}
