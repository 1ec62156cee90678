/** Fetched while there is a signal: a session may end where there is none. */
export async function loadPinSignIn() {
  return { default: (await import("#client/accounts/sign-in/PinSignIn.tsx")).PinSignIn };
}
