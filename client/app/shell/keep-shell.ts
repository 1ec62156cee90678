import { unsubscribe } from "#client/accounts/push/phone-push.ts";
import { removeOnLeaving } from "#client/api/private-data.ts";
import { untold } from "#client/api/untold.ts";
import { newerPage } from "#client/state/newer-page.ts";
import { undoHistory } from "#client/state/undo.ts";

const lookEveryMs = 3_600_000;

// Whoever signs out, and without a signal too.
removeOnLeaving(() => void unsubscribe().catch(() => undefined));

/** Replaced after signing out, which clears what was kept. */
let followed: ServiceWorkerRegistration | null = null;

/**
 * Keeps the page's shell on this device (worker.ts) and up to date: a newer version takes over at
 * once if the page is idle, else it is offered. Safe to call repeatedly.
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

/** A version is waiting while another one controls the pages of this browser. */
function meetNewer(): void {
  const waiting = followed?.waiting;
  if (waiting) void meet(waiting);
}

async function meet(waiting: ServiceWorker): Promise<void> {
  const takeOver = () => waiting.postMessage("take over");
  const version = await versionOf(waiting);
  // The server already sent this page in the newer version.
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

/** Whether the page was touched since it was last hidden with nothing unsaved. */
let isUsed = false;

function noteUse(): void {
  isUsed = true;
}

function mayLeave(): boolean {
  return !isUsed && untold.get().length === 0 && undoHistory.steps.get().length === 0;
}
