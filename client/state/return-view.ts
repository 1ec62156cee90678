const key = "boxster-view";

/** Before this tab leaves for the identity provider: where to go on afterwards. */
export function keepView(): void {
  sessionStorage.setItem(key, window.location.hash);
}

type SignInOutcome = "refused" | "unreachable" | null;

/** Back in this tab: the view as it was, and how it went; the address is cleaned of the outcome. */
function returnToView(): SignInOutcome {
  const view = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  const outcome = new URLSearchParams(window.location.search).get("sign-in");
  const isBack = outcome !== null || (view !== null && window.location.hash === "");
  if (isBack) {
    window.history.replaceState(null, "", `/${view ?? window.location.hash}`);
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  }
  return outcome === "refused" || outcome === "unreachable" ? outcome : null;
}

/** How a sign-in went that this page came back from; null where it came from none. */
export const signInOutcome = typeof window === "undefined" ? null : returnToView();
