import { AuthenticatorApp } from "#client/accounts/second-factor/AuthenticatorApp.tsx";
import { PasskeyList } from "#client/accounts/second-factor/PasskeyList.tsx";
import { RecoveryCodes } from "#client/accounts/second-factor/RecoveryCodes.tsx";
import { ownFactors } from "#client/accounts/second-factor/second-factor-api.ts";
import { useShared } from "#client/api/use-resource.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import "#client/accounts/own-account.css";
import "#client/accounts/second-factor/second-factor.css";

/** By what else than the password one's own account is proven. */
export function SecondFactor() {
  const shown = useShared(ownFactors);
  return (
    <Loaded resource={shown} onRetry={ownFactors.reload}>
      {({ passkeys, app, codesLeft }) => (
        <>
          <PasskeyList passkeys={passkeys} />
          <AuthenticatorApp app={app} />
          {passkeys.length > 0 || app !== null ? <RecoveryCodes codesLeft={codesLeft} /> : null}
        </>
      )}
    </Loaded>
  );
}
