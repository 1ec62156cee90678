import { PropertySymbol, Window } from "happy-dom";
import { LightWorker } from "#tests/component/light/file-worker.ts";
import { allowFullScreen } from "#tests/component/light/full-screen.ts";
import { LightRequest } from "#tests/component/light/xml-http-request.ts";

/**
 * A page's document without a browser: no layout, no styles, no drawing. What React and the page's own code ask of a
 * window is put beside what Node has; the server of the same process goes on as it was.
 */
export function openWindow(url: string): Window {
  const window = new Window({ url, width: 1280, height: 800 });
  for (const name of Object.getOwnPropertyNames(window)) {
    if (name in globalThis && !replaced.has(name)) continue;
    put(name, window[name as keyof Window]);
  }
  put("window", window);
  put("EventSource", Silent);
  put("Worker", LightWorker);
  put("XMLHttpRequest", LightRequest);
  put("ResizeObserver", Unmoved);
  Object.assign(window, kept);
  // No letters are drawn, so none are waited for.
  Object.assign(window.document, { fonts: { ready: Promise.resolve() } });
  seen(window);
  findAllAtOnce(window);
  hushHistory(window);
  allowFullScreen(window);
  return window;
}

/** Node has these as well, of other classes than a document's nodes speak to. */
const replaced = new Set(["Event", "CustomEvent", "navigator", "location", "history"]);

/** Of Node also where the page asks its window for them: what they make goes to the server and into files. */
const kept = { Blob, File, FormData, URL, URLSearchParams, AbortController, AbortSignal };

function put(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

/** What the page writes into its address itself is told to nobody in a browser; this document tells it. */
function hushHistory(window: Window): void {
  const hushed = new Set<string>();
  window.addEventListener("hashchange", (event) => {
    if ("newURL" in event && hushed.delete(String(event.newURL))) event.stopImmediatePropagation();
  });
  const { history, location } = window;
  for (const how of ["pushState", "replaceState"] as const) {
    const write = history[how].bind(history);
    history[how] = (...to) => {
      const { hash } = location;
      write(...to);
      if (location.hash !== hash) hushed.add(location.href);
    };
  }
}

/** Without layout, what is not hidden by its own words is in view. */
function seen(window: Window): void {
  const { prototype } = window.Element;
  const box = { x: 0, y: 0, left: 0, top: 0, right: 100, bottom: 20, width: 100, height: 20 };
  const none = { x: 0, y: 0, left: 0, top: 0, right: 0, bottom: 0, width: 0, height: 0 };
  Object.assign(prototype, {
    checkVisibility(this: Element): boolean {
      return isShown(this);
    },
    getBoundingClientRect(this: Element) {
      return isShown(this) ? box : none;
    },
    scrollIntoView: () => undefined,
    scrollTo: () => undefined,
    setPointerCapture: () => undefined,
    releasePointerCapture: () => undefined,
  });
  Object.assign(window.Range.prototype, { getBoundingClientRect: () => box });
  const { prototype: elements } = window.HTMLElement;
  for (const [name, value] of Object.entries({ clientWidth: 640, clientHeight: 480 })) {
    Object.defineProperty(elements, name, { get: () => value, configurable: true });
  }
  const getComputedStyle = (element: Element) => (hides(element) ? hidden : shown);
  Object.assign(window, { getComputedStyle, scrollTo: () => undefined });
  put("getComputedStyle", getComputedStyle);
}

/** Each look asks for every element there is; the document's own answer is matched and kept element by element. */
function findAllAtOnce({ Document, DocumentFragment, Element }: Window): void {
  for (const { prototype } of [Document, DocumentFragment, Element]) {
    const { querySelectorAll } = prototype;
    Object.assign(prototype, {
      querySelectorAll(this: Holder, selector: string) {
        return selector === "*" ? within(this, []) : querySelectorAll.call(this as never, selector);
      },
    });
  }
}

interface Holder {
  readonly [PropertySymbol.elementArray]: readonly Holder[];
}

function within(holder: Holder, found: Holder[]): Holder[] {
  for (const one of holder[PropertySymbol.elementArray]) {
    found.push(one);
    within(one, found);
  }
  return found;
}

const style = (display: string) => ({
  display,
  visibility: "visible",
  content: "none",
  pointerEvents: "auto",
  getPropertyValue: () => "",
});
const shown = style("block");
const hidden = style("none");

function isShown(element: Element): boolean {
  for (let at: Element | null = element; at; at = at.parentElement) if (hides(at)) return false;
  return true;
}

const unseen = new Set(["SCRIPT", "STYLE", "TEMPLATE", "HEAD", "NOSCRIPT", "TITLE"]);

/** The one thing that is asked of styles: what is for paper alone, and what is not. */
function isOnPaper({ ownerDocument }: Element): boolean {
  const view = ownerDocument.defaultView as unknown as Window;
  return view.happyDOM.settings.device.mediaType === "print";
}

/** Whether an element hides itself and what is in it. */
function hides(element: Element): boolean {
  const { tagName, parentElement } = element;
  if (unseen.has(tagName) || element.hasAttribute("hidden")) return true;
  if (element.classList.contains(isOnPaper(element) ? "no-print" : "print-only")) return true;
  if (tagName === "DIALOG") return !element.hasAttribute("open");
  if (element.getAttribute("style")?.includes("display: none")) return true;
  const isFolded = parentElement?.tagName === "DETAILS" && !parentElement.hasAttribute("open");
  return isFolded && !(tagName === "SUMMARY" && parentElement.firstElementChild === element);
}

/** A line that never comes up: the page asks by itself, as it does where none does. */
class Silent {
  static readonly CLOSED = 2;
  readonly readyState = 0;
  addEventListener(): void {}
  close(): void {}
}

/** Nothing has a size here, so none changes. */
class Unmoved {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
