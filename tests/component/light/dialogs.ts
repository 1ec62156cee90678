import type { Window } from "happy-dom";

const known = new WeakSet<Window>();

/** What browsers do with a modal dialog and the document's own does not: focus goes into it, Escape cancels it. */
export function openDialogs(view: Window): void {
  if (known.has(view)) return;
  known.add(view);
  const { prototype } = view.HTMLDialogElement;
  const open: HTMLDialogElement[] = [];
  const { showModal, close } = prototype;
  Object.assign(prototype, {
    showModal(this: HTMLDialogElement) {
      showModal.call(this as never);
      open.push(this);
      firstFocusable(this)?.focus();
    },
    close(this: HTMLDialogElement, value?: string) {
      close.call(this as never, value);
      const at = open.indexOf(this);
      if (at >= 0) open.splice(at, 1);
    },
  });
  view.document.addEventListener("keydown", (event) => {
    const top = open.filter((one) => one.isConnected && one.hasAttribute("open")).at(-1);
    if (!top || (event as unknown as KeyboardEvent).key !== "Escape" || event.defaultPrevented)
      return;
    const isKept = !top.dispatchEvent(new view.Event("cancel", { cancelable: true }) as never);
    if (!isKept) top.close();
  });
}

function firstFocusable(dialog: HTMLDialogElement): HTMLElement | null {
  return dialog.querySelector<HTMLElement>(
    "[autofocus], button:not([disabled]), a[href], input:not([disabled]), select, textarea, [tabindex]",
  );
}
