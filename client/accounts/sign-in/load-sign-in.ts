/** Loaded separately: most people who open the page are signed in. */
export async function loadSignIn() {
  return (await import("#client/accounts/sign-in/SignIn.tsx")).SignIn;
}

/** Includes the PIN page: a session may end while the phone is offline. */
export function loadSignInAhead(): void {
  const pin = import("#client/accounts/sign-in/PinSignIn.tsx");
  Promise.all([loadSignIn(), pin]).catch(() => undefined);
}
