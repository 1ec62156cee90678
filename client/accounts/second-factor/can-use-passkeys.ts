/** Apart from what uses them: the sign-in page asks this first, and loads the rest when it is wanted. */
export function canUsePasskeys(): boolean {
  return (
    typeof PublicKeyCredential !== "undefined" &&
    "parseRequestOptionsFromJSON" in PublicKeyCredential &&
    "parseCreationOptionsFromJSON" in PublicKeyCredential
  );
}
