import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "#client/ui/Button.tsx";

/** Shows more of what does not fit; false where the end is in sight. */
export function scrollOn(stage: HTMLElement | null): boolean {
  const content = stage?.querySelector(".panel__more")?.parentElement?.firstElementChild;
  if (!content) return false;
  const { scrollTop, clientHeight, scrollHeight } = content;
  if (scrollTop + clientHeight >= scrollHeight - 1) return false;
  content.scrollBy({ top: clientHeight * 0.8 });
  return true;
}

/** What does not fit scrolls inside, and a button below says that there is more. */
export function ScrollBox({
  className,
  children,
}: {
  readonly className: string;
  readonly children: ReactNode;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<"fits" | "more" | "end">("fits");
  // After every render and every change of size: what is inside differs from slide to slide.
  useEffect(() => {
    const measure = () => {
      const [box, content] = [frame.current, inner.current];
      if (!box || !content) return;
      const isEnd = content.scrollTop + content.clientHeight >= content.scrollHeight - 1;
      const fits = content.scrollHeight <= box.clientHeight + 1;
      setState(fits ? "fits" : isEnd ? "end" : "more");
    };
    measure();
    const observer = new ResizeObserver(measure);
    for (const element of [frame.current, inner.current]) if (element) observer.observe(element);
    inner.current?.addEventListener("scroll", measure);
    const content = inner.current;
    return () => {
      observer.disconnect();
      content?.removeEventListener("scroll", measure);
    };
  });
  const scroll = () => {
    const content = inner.current;
    if (state === "end") content?.scrollTo({ top: 0 });
    else content?.scrollBy({ top: content.clientHeight * 0.8 });
  };
  return (
    <div className="panel__frame" ref={frame}>
      {/* What scrolls must be reached by keyboard. */}
      <div className={className} ref={inner} tabIndex={state === "fits" ? -1 : 0}>
        {children}
      </div>
      {state === "fits" ? null : (
        <div className="panel__more no-print">
          <Button onClick={scroll}>{state === "end" ? "Back to the top ↑" : "More below ↓"}</Button>
        </div>
      )}
    </div>
  );
}
