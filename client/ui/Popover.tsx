import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { classNames } from "#client/ui/class-names.ts";
import { Icon, type IconName } from "#client/ui/Icon.tsx";
import "#client/ui/popover.css";

export interface PopoverProps {
  readonly label: ReactNode;
  /** For readers, when the label alone does not say what opens. */
  readonly name: string;
  readonly icon?: IconName;
  readonly align?: "start" | "end";
  readonly children: (close: () => void) => ReactNode;
}

/** Gap to the window's edge. */
const roomPx = 8;

/**
 * A button with a small panel below it, or above where there is more room. Escape, a click
 * elsewhere or tabbing out closes it.
 */
export function Popover({ label, name, icon, align = "start", children }: PopoverProps) {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const panelId = useId();
  const [isAbove, setAbove] = useState(false);
  const [shift, setShift] = useState(0);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  useEffect(() => {
    if (!isOpen) return;
    const onPointer = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      setOpen(false);
      button.current?.focus();
    };
    // The focused element may be gone: a removed row or a disabled button.
    const onKeyOutside = (event: KeyboardEvent) => {
      if (event.target === document.body) onKey(event);
    };
    const element = root.current;
    const onLeave = ({ relatedTarget: next }: FocusEvent) => {
      if (next !== null && !element?.contains(next as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", onPointer);
    document.addEventListener("keydown", onKeyOutside);
    element?.addEventListener("keydown", onKey);
    element?.addEventListener("focusout", onLeave);
    return () => {
      document.removeEventListener("pointerdown", onPointer);
      document.removeEventListener("keydown", onKeyOutside);
      element?.removeEventListener("keydown", onKey);
      element?.removeEventListener("focusout", onLeave);
    };
  }, [isOpen]);
  return (
    <div className="popover" ref={root}>
      <button
        ref={button}
        type="button"
        className="button button--quiet"
        aria-expanded={isOpen}
        aria-controls={isOpen ? panelId : undefined}
        aria-label={name}
        title={name}
        onClick={() => setOpen(!isOpen)}
      >
        {icon ? <Icon name={icon} /> : null}
        <span className={icon ? "popover__label" : undefined}>{label}</span>
        <Icon name="down" />
      </button>
      {isOpen ? (
        <div
          id={panelId}
          ref={(panel) => {
            if (!panel) return;
            setAbove(hasMoreRoomAbove(panel, button.current));
            setShift(shiftIntoView(panel, button.current, align));
          }}
          style={{ translate: `${shift}px 0` }}
          className={classNames(
            "popover__panel stack gap-3 pad-3 framed raised",
            `popover__panel--${align}`,
            isAbove && "popover__panel--above",
          )}
        >
          {children(close)}
        </div>
      ) : null}
    </div>
  );
}

function shiftIntoView(panel: HTMLElement, button: HTMLElement | null, align: "start" | "end") {
  if (!button) return 0;
  const { left, right } = button.getBoundingClientRect();
  const own = align === "start" ? left : right - panel.offsetWidth;
  const last = document.documentElement.clientWidth - panel.offsetWidth - roomPx;
  return Math.max(roomPx, Math.min(own, last)) - own;
}

function hasMoreRoomAbove(panel: HTMLElement, button: HTMLElement | null): boolean {
  if (!button) return false;
  const { top, bottom } = button.getBoundingClientRect();
  const below = window.innerHeight - bottom;
  return panel.offsetHeight > below && top > below;
}
