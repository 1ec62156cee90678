const key = "boxster-view";

export function keepView(): void {
  sessionStorage.setItem(key, window.location.hash);
}

type SignInOutcome = "refused" | "unreachable" | null;

/** Restores the view and removes the outcome from the address. */
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

/** Null unless returning from the identity provider. */
export const signInOutcome = typeof window === "undefined" ? null : returnToView();
