import { ApiError } from "#client/api/api-error.ts";

/** Why this browser cannot be notified, in words; null where it can. */
export function whyNotNotified(): string | null {
  const isAble = "serviceWorker" in navigator && "PushManager" in window;
  if (!isAble || typeof Notification === "undefined")
    return "This browser cannot notify you. On an iPhone, first add Boxster to the Home Screen.";
  return Notification.permission === "denied"
    ? "Notifications are blocked. Allow them for Boxster in the browser’s settings."
    : null;
}

async function ownPush() {
  const worker = await navigator.serviceWorker.getRegistration();
  return { worker, known: (await worker?.pushManager.getSubscription()) ?? null };
}

export const isSubscribed = async () => (await ownPush()).known !== null;

/** A new address by which its push service reaches this browser. */
export async function subscribe(publicKey: string): Promise<string> {
  const { worker, known } = await ownPush();
  try {
    if (!worker) throw new Error("No service worker");
    // It may be of another key.
    await known?.unsubscribe();
    const made = await worker.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: publicKey,
    });
    return made.endpoint;
  } catch (cause) {
    const detail = "The browser’s push service did not answer. Reload the page and try again.";
    throw new ApiError({ status: 0, title: "Not switched on", detail }, { cause });
  }
}

/** Also without a signal, and where nothing was switched on. */
export async function unsubscribe(): Promise<void> {
  await (await ownPush()).known?.unsubscribe();
}
