import { leftMark, secureLeftMark } from "#core/accounts/left-mark.ts";

/** Longer than any session lives; the server takes it away once it has ended the session. */
const keptSeconds = 7 * 24 * 3_600;

/** By which the tabs of this browser tell each other; none hears itself. */
let tabs: BroadcastChannel | null = null;

/** From now on this browser is nobody's, for every tab of it and for the server, whatever it has heard. */
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

/** Calls `hear` as another tab is left; and where this one slept meanwhile, as it is looked at again. */
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
