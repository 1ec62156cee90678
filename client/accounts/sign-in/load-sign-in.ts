/** For whoever is not signed in; most who open the page are. */
export async function loadSignIn() {
  return (await import("#client/accounts/sign-in/SignIn.tsx")).SignIn;
}

/** That of a phone too, fetched while there is a signal: a session may end where there is none. */
export function loadSignInAhead(): void {
  const pin = import("#client/accounts/sign-in/PinSignIn.tsx");
  Promise.all([loadSignIn(), pin]).catch(() => undefined);
}
