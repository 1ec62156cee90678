import { untold } from "#client/api/untold.ts";
import { newerPage } from "#client/state/newer-page.ts";
import { undoHistory } from "#client/state/undo.ts";

/** A phone may have the page open for days. */
const lookEveryMs = 3_600_000;

/** The registration that is followed; another one after signing out, which clears what was kept. */
let followed: ServiceWorkerRegistration | null = null;

/**
 * Keeps the shell of the page on this device (worker.ts), and sees to it that no page stays behind what the server
 * has: a newer version takes over at once where nobody is at work on the page, and is offered where somebody is.
 * May be called again and again.
 */
export async function keepShell(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const kept = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  if (followed === null) followPage();
  if (followed === kept) return;
  followed = kept;
  kept.addEventListener("updatefound", () => {
    kept.installing?.addEventListener("statechange", meetNewer);
  });
  meetNewer();
}

function followPage(): void {
  for (const sign of ["pointerdown", "keydown", "input"]) {
    window.addEventListener(sign, noteUse, { capture: true, passive: true });
  }
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      if (document.querySelector("form, dialog[open], textarea") === null) isUsed = false;
      return;
    }
    meetNewer();
    look();
  });
  setInterval(look, lookEveryMs);
}

function look(): void {
  followed?.update().catch(() => undefined);
}

/** A version that is ready while another one holds the pages of this browser. */
function meetNewer(): void {
  const waiting = followed?.waiting;
  if (waiting) void meet(waiting);
}

async function meet(waiting: ServiceWorker): Promise<void> {
  const takeOver = () => waiting.postMessage("take over");
  const version = await versionOf(waiting);
  // The server sent this page already as the newer version has it.
  if (version === document.documentElement.dataset["version"]) {
    takeOver();
    return;
  }
  const load = () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => window.location.reload(), {
      once: true,
    });
    takeOver();
  };
  if (mayLeave()) load();
  else newerPage.set(() => load);
}

function versionOf(worker: ServiceWorker): Promise<unknown> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage("which", [port2]);
  });
}

/** Whether somebody touched the page since it was last out of sight with nothing half done on it. */
let isUsed = false;

function noteUse(): void {
  isUsed = true;
}

/** Nothing would be lost, and nothing moves under a hand. */
function mayLeave(): boolean {
  return !isUsed && untold.get().length === 0 && undoHistory.steps.get().length === 0;
}
