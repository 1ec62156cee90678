import { type RefObject, useEffect, useRef } from "react";

export interface SlideKeys {
  readonly onStep: (by: 1 | -1) => void;
  readonly onFull: () => void;
}

const steps: Readonly<Record<string, 1 | -1 | undefined>> = {
  ArrowRight: 1,
  PageDown: 1,
  ArrowLeft: -1,
  PageUp: -1,
};

/**
 * F, Page Up, Page Down and the arrows act on the slides wherever the focus is. Only a control that
 * was reached by the keyboard keeps the arrows; one that was chosen from by pointer lets go.
 */
export function useSlideKeys(stage: RefObject<HTMLElement | null>, keys: SlideKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => (stage.current ? listen(stage.current, latest) : undefined), [stage]);
}

/** Answers how to stop. */
function listen(element: HTMLElement, latest: RefObject<SlideKeys>): () => void {
  let hand: "pointer" | "keyboard" = "keyboard";
  let cameBy: "pointer" | "keyboard" = "keyboard";
  const onPointerDown = () => {
    hand = "pointer";
    // Pressed again on a control that the keyboard had reached.
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
    const choice = isChoice(target) ? own : "none";
    const act = actOf(event.key, choice);
    if (act === null) return;
    if (act === "full") latest.current.onFull();
    else if (act !== "nothing") latest.current.onStep(act);
    if (choice === "left") target.blur();
    event.preventDefault();
  };
  window.addEventListener("pointerdown", onPointerDown, true);
  window.addEventListener("keydown", onKeyDown, true);
  element.addEventListener("focusin", onFocusIn);
  element.addEventListener("change", onChange);
  return () => {
    window.removeEventListener("pointerdown", onPointerDown, true);
    window.removeEventListener("keydown", onKeyDown, true);
    element.removeEventListener("focusin", onFocusIn);
    element.removeEventListener("change", onChange);
  };
}

/**
 * What a key does; null: it is not for the slides. `left` is a list or row of buttons that was last
 * used by pointer: it must not change under the arrows.
 */
function actOf(key: string, choice: "none" | "own" | "left"): "full" | "nothing" | 1 | -1 | null {
  if (key.startsWith("Arrow") && choice === "own") return null;
  if (key.toLowerCase() === "f") return "full";
  const isUpOrDown = key === "ArrowUp" || key === "ArrowDown";
  return steps[key] ?? (isUpOrDown && choice === "left" ? "nothing" : null);
}

/** Shortcuts of the browser, letters being written, an open list or dialogue. */
function isElsewhere(event: KeyboardEvent, target: HTMLElement): boolean {
  if (event.altKey || event.ctrlKey || event.metaKey) return true;
  return takesText(target) || isOpen(target) || document.querySelector("dialog[open]") !== null;
}

function isChoice(element: HTMLElement): boolean {
  return element.matches("select, input[type=radio]");
}

function takesText(element: HTMLElement): boolean {
  return element.matches("textarea, [contenteditable], input:not([type=radio], [type=checkbox])");
}

/** An open list takes every key; where that cannot be asked it is taken to be closed. */
function isOpen(element: HTMLElement): boolean {
  return CSS.supports("selector(:open)") && element.matches("select:open");
}
