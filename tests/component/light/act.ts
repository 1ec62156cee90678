import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { userEvent } from "@testing-library/user-event";

/** As in a browser, a key or press comes when the page has done what it is at. */
const turn = () => new Promise((resolve) => setTimeout(resolve, 4));

const user = () => userEvent.setup({ delay: null, document, pointerEventsCheck: 0 });

export async function click(element: Element): Promise<void> {
  await turn();
  await user().click(element);
}

export async function doubleClick(element: Element): Promise<void> {
  await user().dblClick(element);
}

export async function hover(element: Element): Promise<void> {
  await user().hover(element);
}

/** The whole of what it held is replaced at once, as from the clipboard. */
export async function fill(element: Element, value: string): Promise<void> {
  await turn();
  (element as HTMLElement).focus();
  if (!("value" in element)) throw new Error(`<${element.tagName.toLowerCase()}> takes no text`);
  // React keeps a setter of its own on the element and hears of changes by the one beneath.
  const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), "value") ?? {};
  set?.call(element, value);
  dispatch(element, "input");
  dispatch(element, "change");
}

export async function type(element: Element, text: string): Promise<void> {
  await turn();
  (element as HTMLElement).focus();
  // Key by key, each with what the page makes of it.
  await userEvent.setup({ delay: 0, document }).keyboard(text.replace(/[{[]/g, "$&$&"));
}

/** "Enter", "Shift+ArrowLeft", "Space", "a". */
export async function press(element: Element | null, keys: string): Promise<void> {
  await turn();
  (element as HTMLElement | null)?.focus();
  const parts = keys.length === 1 ? [keys] : keys.split("+");
  const last = parts.at(-1) ?? "";
  const key = last === "Space" ? " " : last;
  const held = parts.slice(0, -1);
  const down = held.map((one) => `{${one}>}`).join("");
  const up = held.map((one) => `{/${one}}`).join("");
  await user().keyboard(`${down}${key.length === 1 && key !== "{" ? key : `{${key}}`}${up}`);
  // Folds and unfolds in every browser, without a word to the page.
  if (element?.tagName === "SUMMARY" && /^(?:Enter| )$/.test(key)) await click(element);
}

export function optionOf(
  select: HTMLSelectElement,
  wanted: string | { readonly label?: string; readonly index?: number },
): HTMLOptionElement | undefined {
  return [...select.options].find((option, index) =>
    typeof wanted === "string"
      ? option.value === wanted || option.label === wanted || option.text === wanted
      : option.text === wanted.label || index === wanted.index,
  );
}

export async function choose(select: HTMLSelectElement, option: HTMLOptionElement): Promise<void> {
  await turn();
  select.focus();
  const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(select), "value") ?? {};
  set?.call(select, option.value);
  dispatch(select, "input");
  dispatch(select, "change");
}

interface NamedFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}
export type ChosenFiles = string | NamedFile | readonly (string | NamedFile)[];

export async function upload(input: HTMLInputElement, chosen: ChosenFiles): Promise<void> {
  const all = Array.isArray(chosen) ? chosen : [chosen];
  const files = await Promise.all(all.map(fileOf));
  Object.defineProperty(input, "files", { value: files, configurable: true });
  dispatch(input, "input");
  dispatch(input, "change");
}

async function fileOf(chosen: string | NamedFile): Promise<File> {
  if (typeof chosen === "string") return new File([await readFile(chosen)], basename(chosen));
  return new File([new Uint8Array(chosen.buffer)], chosen.name, { type: chosen.mimeType });
}

export function dispatch(element: Element, type: string, more: object = {}): void {
  const view = element.ownerDocument.defaultView as unknown as Record<string, typeof Event>;
  const kind = /^pointer/.test(type)
    ? "PointerEvent"
    : /^(mouse|click)/.test(type)
      ? "MouseEvent"
      : "Event";
  const Made = view[kind] ?? Event;
  element.dispatchEvent(
    new Made(type, { bubbles: true, cancelable: true, composed: true, ...more }),
  );
}

export function isDisabled(element: Element): boolean {
  const own = element.closest("button, input, select, textarea, option, fieldset");
  if (own?.hasAttribute("disabled") || element.getAttribute("aria-disabled") === "true")
    return true;
  return element.closest("fieldset[disabled]") !== null;
}

/** A person could press it: nothing lies over it and it is not at rest. */
export function canBeUsed(element: Element): boolean {
  const open = [...element.ownerDocument.querySelectorAll("dialog[open]")].at(-1);
  if (open && !open.contains(element)) return false;
  return !isDisabled(element) && element.closest("[inert]") === null;
}
