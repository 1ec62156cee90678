import { leftMark, secureLeftMark } from "#core/accounts/left-mark.ts";

/** Longer than any session lives; the server takes it away once it has ended the session. */
const keptSeconds = 7 * 24 * 3_600;

/** Tells the other tabs of this browser; a tab does not hear its own message. */
let tabs: BroadcastChannel | null = null;

/** Signs out every tab, and marks it in a cookie for the server, even without a signal. */
export function markLeft(): void {
  const isSecure = window.location.protocol === "https:";
  // biome-ignore lint/suspicious/noDocumentCookie: at once, while the page is being left; a promise would come too late.
  document.cookie = `${isSecure ? `${secureLeftMark}=1; secure` : `${leftMark}=1`}; path=/; max-age=${keptSeconds}; samesite=strict`;
  tabs?.postMessage(null);
}

export function isMarkedLeft(): boolean {
  const names = document.cookie.split("; ").map((pair) => pair.split("=", 1)[0]);
  return names.includes(leftMark) || names.includes(secureLeftMark);
}

/** Calls `hear` when another tab is left; a tab that slept checks as it wakes. */
export function watchLeaving(hear: () => void): void {
  tabs = new BroadcastChannel("left");
  tabs.addEventListener("message", hear);
  const look = () => {
    if (isMarkedLeft()) hear();
  };
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) look();
  });
  window.addEventListener("focus", look);
  document.addEventListener("visibilitychange", look);
}
