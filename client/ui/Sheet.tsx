import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useRef,
  useState,
} from "react";
import "#client/ui/sheet.css";

export interface SheetProps {
  readonly label: string;
  readonly children: ReactNode;
  /** Applied on change; the user may then drag it. */
  readonly rest?: SheetHeight;
}

/**
 * A panel at the right; on narrow screens a bottom sheet with three heights, set by dragging or
 * clicking its grip or by arrow keys.
 */
export function Sheet({ label, children, rest = "half" }: SheetProps) {
  const [height, setHeight] = useState<SheetHeight>(rest);
  const grabbedAt = useRef(0);
  useEffect(() => setHeight(rest), [rest]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = keySteps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setHeight(stepHeight(height, step));
  };
  const nextByClick = height === "full" ? "peek" : stepHeight(height, 1);
  const onPointerUp = (event: PointerEvent) => {
    const isClick = Math.abs(event.clientY - grabbedAt.current) < slipPx;
    setHeight(isClick ? nextByClick : nearestHeight(1 - event.clientY / window.innerHeight));
  };
  return (
    <section className={`sheet sheet--${height}`} aria-label={label}>
      <button
        type="button"
        className="sheet__grip no-print"
        aria-label={`${label}: ${height === "full" ? "lower" : "raise"} the sheet`}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          // Only keyboard clicks: the pointer's was handled already.
          if (event.detail === 0) setHeight(nextByClick);
        }}
        onPointerDown={(event) => {
          grabbedAt.current = event.clientY;
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerUp={onPointerUp}
      />
      <div className="sheet__body grow">{children}</div>
    </section>
  );
}

type SheetHeight = (typeof sheetHeights)[number];

/** Clamped to the three heights. */
export function stepHeight(height: SheetHeight, step: number): SheetHeight {
  const index = sheetHeights.indexOf(height) + step;
  return sheetHeights[Math.max(0, Math.min(sheetHeights.length - 1, index))] ?? height;
}

export function nearestHeight(shareOfScreen: number): SheetHeight {
  if (shareOfScreen < 0.25) return "peek";
  return shareOfScreen < 0.68 ? "half" : "full";
}

/** Lowest first. */
const sheetHeights = ["peek", "half", "full"] as const;

/** A hand that clicks moves less than this. */
const slipPx = 6;

const keySteps: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowDown: -1, Escape: -1 };
