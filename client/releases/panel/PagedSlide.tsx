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
  /** False at either end. */
  readonly step: (by: 1 | -1) => boolean;
}

interface PagedSlideProps {
  readonly className: string;
  /** Where it is not that of the stage. */
  readonly lang: string | undefined;
  /** Without buttons: keys and remote control turn its parts. */
  readonly isFull: boolean;
  readonly pager: Ref<Pager>;
  readonly blocks: readonly Block[];
  readonly children: (blocks: readonly Block[]) => ReactNode;
}

/**
 * A slide is as high as its frame; the rest goes into parts of whole lines, one per press. Rows are
 * split to fit first; only a map or chart higher than the frame scrolls.
 */
export function PagedSlide({ className, lang, isFull, pager, blocks, children }: PagedSlideProps) {
  const slide = useRef<HTMLDivElement>(null);
  const [mostRows, setMostRows] = useState(mostRowsOfPart);
  const [parts, setParts] = useState(1);
  const [asked, setPart] = useState(0);
  const [, layOutAgain] = useReducer((times: number) => times + 1, 0);
  const last = useRef<{ size: string; blocks: readonly Block[]; parts: number }>(null);
  const part = Math.min(asked, Math.max(0, parts - 1));
  const pieces = useMemo(() => partsOf(blocks, mostRows), [blocks, mostRows]);
  // After every render and resize: content differs between slides.
  useLayoutEffect(() => {
    const box = slide.current;
    const frame = box?.parentElement;
    if (!box || !frame) return;
    const sizeOf = () => `${frame.clientWidth} ${frame.clientHeight}`;
    const size = sizeOf();
    if (getComputedStyle(box).flexGrow === "0") {
      // The whole page scrolls, with all rows in it.
      setMostRows(Number.POSITIVE_INFINITY);
      setParts(layOut(box, Number.POSITIVE_INFINITY, 1));
    } else {
      const isSame = last.current?.size === size && last.current.blocks === blocks;
      const before = isSame ? last.current?.parts : undefined;
      const found = layOut(box, frame.clientHeight, pieces.length, before);
      last.current = { size, blocks, parts: found };
      // Layout reset the scroll to the first part.
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
  // Focus or a page search may scroll to another part: the count follows.
  const follow = () => {
    const box = slide.current;
    if (box?.dataset["paged"]) setPart(Math.round(box.scrollLeft / stepOf(box)));
  };
  return (
    <div className="panel__frame gives stack">
      {/* What scrolls must be reached by keyboard. */}
      <div
        className={className}
        lang={lang}
        ref={slide}
        tabIndex={parts === 0 ? 0 : -1}
        onScroll={follow}
      >
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
        <div className="panel__more tabular row still middle gap-2">
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

/**
 * Number of parts at this height in pixels, at least `pieces`; 0: it scrolls. The row of parts takes
 * height itself: what fits only with it, or only without it, scrolls, or it would come and go for ever.
 */
function layOut(box: HTMLElement, height: number, pieces: number, before = 1): number {
  delete box.dataset["paged"];
  delete box.dataset["scrolls"];
  if (before === 1 && pieces === 1 && box.scrollHeight <= height + 1) return 1;
  box.dataset["paged"] = "yes";
  // Drawings cannot be split.
  const drawings = [...box.querySelectorAll<HTMLElement>(".panel__map, .panel__months")];
  const isCut = drawings.some((drawing) => drawing.offsetHeight > box.clientHeight + 1);
  const parts = Math.max(pieces, Math.ceil((box.scrollWidth - 1) / Math.max(1, stepOf(box))));
  if (!isCut && before !== 0 && (before === 1 || parts > 1)) return parts;
  delete box.dataset["paged"];
  box.dataset["scrolls"] = "yes";
  return 0;
}

/** In pixels. */
function stepOf(box: HTMLElement): number {
  return box.clientWidth + (Number.parseFloat(getComputedStyle(box).columnGap) || 0);
}
