import { type RefObject, useEffect, useRef } from "react";
import type { Move } from "#client/releases/panel/step.ts";

export interface SlideKeys {
  readonly onMove: (move: Move) => void;
  readonly onFull: () => void;
  readonly onBlank: () => void;
}

/**
 * Keys act on the slides wherever the focus is. Only a control focused by keyboard keeps the keys
 * it needs; one used by pointer does not. On a touch screen a swipe turns them.
 */
export function useSlideKeys(stage: RefObject<HTMLElement | null>, keys: SlideKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => (stage.current ? listen(stage.current, latest) : undefined), [stage]);
}

function listen(element: HTMLElement, latest: RefObject<SlideKeys>): () => void {
  let hand: "pointer" | "keyboard" = "keyboard";
  let cameBy: "pointer" | "keyboard" = "keyboard";
  const onPointerDown = () => {
    hand = "pointer";
    // Also for a control the keyboard had focused.
    cameBy = "pointer";
  };
  const onFocusIn = () => {
    cameBy = hand;
  };
  const onChange = ({ target }: Event) => {
    if (hand === "pointer" && target instanceof HTMLElement && isChoice(target)) target.blur();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    hand = "keyboard";
    const { target } = event;
    if (!(target instanceof HTMLElement) || isElsewhere(event, target)) return;
    const own = cameBy === "keyboard" ? "own" : "left";
    const kind = kindOf(target);
    const act = actOf(event, kind, own);
    if (act === null) return;
    perform(act, latest.current);
    if (kind !== "none" && own === "left") target.blur();
    event.preventDefault();
  };
  let touched: Touch | undefined;
  const onTouchStart = ({ touches }: TouchEvent) => {
    touched = touches.length === 1 ? touches[0] : undefined;
  };
  const onTouchEnd = ({ changedTouches: [left] }: TouchEvent) => {
    if (touched && left) swipe(left.clientX - touched.clientX, left.clientY - touched.clientY);
    touched = undefined;
  };
  const swipe = (right: number, down: number) => {
    const isMagnified = (window.visualViewport?.scale ?? 1) > 1;
    if (isMagnified || Math.abs(right) < Math.max(leastSwipePx, 2 * Math.abs(down))) return;
    latest.current.onMove({ to: right < 0 ? "next" : "before" });
  };
  window.addEventListener("pointerdown", onPointerDown, true);
  window.addEventListener("keydown", onKeyDown, true);
  element.addEventListener("touchstart", onTouchStart, { passive: true });
  element.addEventListener("touchend", onTouchEnd, { passive: true });
  element.addEventListener("focusin", onFocusIn);
  element.addEventListener("change", onChange);
  return () => {
    window.removeEventListener("pointerdown", onPointerDown, true);
    window.removeEventListener("keydown", onKeyDown, true);
    element.removeEventListener("touchstart", onTouchStart);
    element.removeEventListener("touchend", onTouchEnd);
    element.removeEventListener("focusin", onFocusIn);
    element.removeEventListener("change", onChange);
  };
}

const leastSwipePx = 60;

function isChoice(element: HTMLElement): boolean {
  return element.matches("select, input[type=radio]");
}

/** Shortcuts of the browser, letters being written, an open list or dialogue. */
function isElsewhere(event: KeyboardEvent, target: HTMLElement): boolean {
  if (event.altKey || event.ctrlKey || event.metaKey) return true;
  return takesText(target) || isOpen(target) || document.querySelector("dialog[open]") !== null;
}

function takesText(element: HTMLElement): boolean {
  return element.matches("textarea, [contenteditable], input:not([type=radio], [type=checkbox])");
}

/** An open list takes every key; where that cannot be asked it is taken to be closed. */
function isOpen(element: HTMLElement): boolean {
  return CSS.supports("selector(:open)") && element.matches("select:open");
}

type Kind = "none" | "choice" | "press";

function kindOf(element: HTMLElement): Kind {
  if (isChoice(element)) return "choice";
  return element.matches("button, a[href], summary, [role=button]") ? "press" : "none";
}

type Act = { readonly move: Move } | "full" | "blank" | "nothing";

/** Null: not for the slides. */
function actOf(event: KeyboardEvent, kind: Kind, held: "own" | "left"): Act | null {
  const { key } = event;
  if (held === "own" && isNeededBy(kind, key)) return null;
  if (key === " " && event.shiftKey) return { move: { to: "before" } };
  if (/^\d$/.test(key)) return { move: { to: "question", number: key === "0" ? 10 : Number(key) } };
  const act = acts[key.length === 1 ? key.toLowerCase() : key];
  if (act !== undefined) return act;
  // Arrows must not change a list or button row last used by pointer.
  return kind === "choice" && held === "left" && key.startsWith("Arrow") ? "nothing" : null;
}

function isNeededBy(kind: Kind, key: string): boolean {
  if (kind === "press") return key === " ";
  return kind === "choice" && (key.startsWith("Arrow") || ["Home", "End", " "].includes(key));
}

/** Remotes mostly send page keys, B or a full stop. */
const acts: Readonly<Record<string, Act | undefined>> = {
  ArrowRight: { move: { to: "next" } },
  PageDown: { move: { to: "next" } },
  " ": { move: { to: "next" } },
  ArrowLeft: { move: { to: "before" } },
  PageUp: { move: { to: "before" } },
  Home: { move: { to: "first" } },
  End: { move: { to: "last" } },
  q: { move: { to: "questions" } },
  f: "full",
  b: "blank",
  ".": "blank",
};

function perform(act: Act, { onMove, onFull, onBlank }: SlideKeys): void {
  if (act === "full") onFull();
  else if (act === "blank") onBlank();
  else if (act !== "nothing") onMove(act.move);
}
