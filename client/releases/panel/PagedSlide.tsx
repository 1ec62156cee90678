import {
  type ReactNode,
  type Ref,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { Button } from "#client/ui/Button.tsx";

export interface Pager {
  /** Shows the part before or after this one; false where there is none. */
  readonly step: (by: 1 | -1) => boolean;
}

/**
 * A slide is as high as its place: what does not fit is laid out in parts of whole lines, one a press. Only a map or
 * chart that is higher than its place scrolls.
 */
export function PagedSlide({
  className,
  isFull,
  pager,
  children,
}: {
  readonly className: string;
  /** Without buttons: keys and remote control turn its parts. */
  readonly isFull: boolean;
  readonly pager: Ref<Pager>;
  readonly children: ReactNode;
}) {
  const slide = useRef<HTMLDivElement>(null);
  const [parts, setParts] = useState(1);
  const [asked, setPart] = useState(0);
  const part = Math.min(asked, parts - 1);
  // After every render and every change of size: what is inside differs from slide to slide.
  useLayoutEffect(() => {
    const box = slide.current;
    const frame = box?.parentElement;
    if (!box || !frame) return;
    const lay = () => setParts(layOut(box, frame.clientHeight));
    lay();
    const observer = new ResizeObserver(lay);
    observer.observe(frame);
    return () => observer.disconnect();
  });
  useLayoutEffect(() => {
    const box = slide.current;
    if (box?.dataset["paged"]) box.scrollLeft = part * stepOf(box);
  });
  const step = (by: 1 | -1) => {
    const next = part + by;
    if (next < 0 || next >= parts) return false;
    setPart(next);
    return true;
  };
  useImperativeHandle(pager, () => ({ step }));
  return (
    <div className="panel__frame">
      {/* What scrolls must be reached by keyboard. */}
      <div className={className} ref={slide} tabIndex={parts === 0 ? 0 : -1}>
        {children}
      </div>
      {parts > 1 ? (
        <div className="panel__more">
          <span>
            Part {part + 1} of {parts}
          </span>
          {isFull ? null : (
            <>
              <Button disabled={part === 0} onClick={() => step(-1)}>
                Part before
              </Button>
              <Button disabled={part === parts - 1} onClick={() => step(1)}>
                Next part
              </Button>
            </>
          )}
        </div>
      ) : null}
    </div>
  );
}

/** In how many parts it is shown in a place of this height, in pixels; none: it scrolls. */
function layOut(box: HTMLElement, height: number): number {
  delete box.dataset["paged"];
  delete box.dataset["scrolls"];
  if (box.scrollHeight <= height + 1) return 1;
  box.dataset["paged"] = "yes";
  // A drawing cannot be cut.
  const drawings = [...box.querySelectorAll<HTMLElement>(".panel__map, .panel__months")];
  if (drawings.some((drawing) => drawing.offsetHeight > box.clientHeight + 1)) {
    delete box.dataset["paged"];
    box.dataset["scrolls"] = "yes";
    return 0;
  }
  return Math.max(1, Math.ceil((box.scrollWidth - 1) / stepOf(box)));
}

/** From part to part, in pixels. */
function stepOf(box: HTMLElement): number {
  return box.clientWidth + (Number.parseFloat(getComputedStyle(box).columnGap) || 0);
}
