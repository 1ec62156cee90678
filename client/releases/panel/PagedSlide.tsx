import {
  type ReactNode,
  type Ref,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
} from "react";
import { Button } from "#client/ui/Button.tsx";
import { fewestRowsOfPart, mostRowsOfPart, partsOf } from "#core/releases/presentation/parts.ts";
import type { Block } from "#core/releases/presentation/slide.ts";

export interface Pager {
  /** Shows the part before or after this one; false where there is none. */
  readonly step: (by: 1 | -1) => boolean;
}

interface PagedSlideProps {
  readonly className: string;
  /** Without buttons: keys and remote control turn its parts. */
  readonly isFull: boolean;
  readonly pager: Ref<Pager>;
  readonly blocks: readonly Block[];
  readonly children: (blocks: readonly Block[]) => ReactNode;
}

/**
 * A slide is as high as its place: what does not fit is laid out in parts of whole lines, one a press. Rows are cut
 * into parts first, as many a part as have room; only a map or chart that is higher than its place scrolls.
 */
export function PagedSlide({ className, isFull, pager, blocks, children }: PagedSlideProps) {
  const slide = useRef<HTMLDivElement>(null);
  const [mostRows, setMostRows] = useState(mostRowsOfPart);
  const [parts, setParts] = useState(1);
  const [asked, setPart] = useState(0);
  const [, layOutAgain] = useReducer((times: number) => times + 1, 0);
  const part = Math.min(asked, Math.max(0, parts - 1));
  const pieces = useMemo(() => partsOf(blocks, mostRows), [blocks, mostRows]);
  // After every render and every change of size: what is inside differs from slide to slide.
  useLayoutEffect(() => {
    const box = slide.current;
    const frame = box?.parentElement;
    if (!box || !frame) return;
    const sizeOf = () => `${frame.clientWidth} ${frame.clientHeight}`;
    const size = sizeOf();
    if (getComputedStyle(box).flexGrow === "0") {
      // The page scrolls as a whole, with every row in it.
      setMostRows(Number.POSITIVE_INFINITY);
      setParts(layOut(box, Number.POSITIVE_INFINITY, 1));
    } else {
      const found = layOut(box, frame.clientHeight, pieces.length);
      // Laying out put it back to its first part.
      box.scrollLeft = part * stepOf(box);
      setParts(found);
      if (found > pieces.length && pieces.length > 1 && mostRows > fewestRowsOfPart) {
        setMostRows(Math.min(mostRows, mostRowsOfPart) - 1);
      }
    }
    const observer = new ResizeObserver(() => {
      if (sizeOf() === size) return;
      setMostRows(mostRowsOfPart);
      layOutAgain();
    });
    observer.observe(frame);
    return () => observer.disconnect();
  });
  const step = (by: 1 | -1) => {
    const next = part + by;
    if (next < 0 || next >= parts) return false;
    setPart(next);
    return true;
  };
  useImperativeHandle(pager, () => ({ step }));
  // The focus, or a search in the page, may bring another part into sight: the count goes with what is seen.
  const follow = () => {
    const box = slide.current;
    if (box?.dataset["paged"]) setPart(Math.round(box.scrollLeft / stepOf(box)));
  };
  return (
    <div className="panel__frame">
      {/* What scrolls must be reached by keyboard. */}
      <div className={className} ref={slide} tabIndex={parts === 0 ? 0 : -1} onScroll={follow}>
        {pieces.length === 1
          ? children(blocks)
          : pieces.map((piece, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name but their number.
              <div key={at} className="panel__part">
                {children(piece)}
              </div>
            ))}
      </div>
      {parts > 1 ? (
        <div className="panel__more">
          <span role="status">
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

/** In how many parts it is shown in a place of this height, in pixels, at least the pieces it is cut into; none: it scrolls. */
function layOut(box: HTMLElement, height: number, pieces: number): number {
  delete box.dataset["paged"];
  delete box.dataset["scrolls"];
  if (pieces === 1 && box.scrollHeight <= height + 1) return 1;
  box.dataset["paged"] = "yes";
  // A drawing cannot be cut.
  const drawings = [...box.querySelectorAll<HTMLElement>(".panel__map, .panel__months")];
  if (drawings.some((drawing) => drawing.offsetHeight > box.clientHeight + 1)) {
    delete box.dataset["paged"];
    box.dataset["scrolls"] = "yes";
    return 0;
  }
  return Math.max(pieces, Math.ceil((box.scrollWidth - 1) / Math.max(1, stepOf(box))));
}

/** From part to part, in pixels. */
function stepOf(box: HTMLElement): number {
  return box.clientWidth + (Number.parseFloat(getComputedStyle(box).columnGap) || 0);
}
