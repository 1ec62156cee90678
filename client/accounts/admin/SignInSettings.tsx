import { accountSettings, changeSettings } from "#client/accounts/admin/admin-api.ts";
import { PasswordSwitch } from "#client/accounts/admin/PasswordSwitch.tsx";
import { useShared } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Segmented } from "#client/ui/Segmented.tsx";

/** By what people may sign in; a command on the machine works whatever is chosen. */
export function SignInSettings({ mayWrite }: { readonly mayWrite: boolean }) {
  const resource = useShared(accountSettings);
  const { fault, run } = useSubmit();
  return (
    <section className="admin__settings" aria-labelledby="sign-in-settings">
      <h2 id="sign-in-settings">How people sign in</h2>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <Loaded resource={resource} onRetry={accountSettings.reload}>
        {({ localPasswords, secondFactorForPolice, provider }) => (
          <>
            <p>
              {provider === null
                ? "By password alone: no identity provider is set on this server."
                : localPasswords
                  ? `By password, or through ${provider}.`
                  : `Through ${provider} alone: passwords are switched off.`}
            </p>
            {mayWrite && provider !== null ? (
              <PasswordSwitch
                isOn={localPasswords}
                provider={provider}
                onChange={(isOn) => run(() => changeSettings({ localPasswords: isOn }))}
              />
            ) : null}
            <p>{secondFactorWords(secondFactorForPolice)}</p>
            {mayWrite ? (
              <Segmented
                label="Second factor for sergeants and analysts"
                value={secondFactorForPolice ? "on" : "off"}
                options={[
                  { value: "on", label: "Needed" },
                  { value: "off", label: "Optional" },
                ]}
                onChange={(value) =>
                  run(() => changeSettings({ secondFactorForPolice: value === "on" }))
                }
              />
            ) : null}
          </>
        )}
      </Loaded>
    </section>
  );
}

function secondFactorWords(isAskedOfPolice: boolean): string {
  return isAskedOfPolice
    ? "Administrators, auditors, sergeants and analysts need a second factor. Who has none sets one up before anything else."
    : "Administrators and auditors need a second factor. Sergeants and analysts may set one up.";
}
