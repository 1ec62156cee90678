import type { Window } from "happy-dom";

/** What is shown full is told to the page, as browsers do; how it looks then is theirs to say. */
export function allowFullScreen(view: Window): void {
  let full: object | null = null;
  const show = async (element: object | null) => {
    full = element;
    view.document.dispatchEvent(new view.Event("fullscreenchange"));
  };
  const { prototype } = view.HTMLElement;
  Object.assign(prototype, {
    requestFullscreen(this: object) {
      return show(this);
    },
  });
  Object.assign(view.document, { exitFullscreen: () => show(null) });
  Object.defineProperty(view.document, "fullscreenElement", {
    get: () => (full && (full as Element).isConnected ? full : null),
    configurable: true,
  });
}
