import { accountSettings, setLocalPasswords } from "#client/admin/admin-api.ts";
import { PasswordSwitch } from "#client/admin/PasswordSwitch.tsx";
import { useShared } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/app/use-submit.ts";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";

/** By what people may sign in; a command on the machine works whatever is chosen. */
export function SignInSettings({ mayWrite }: { readonly mayWrite: boolean }) {
  const resource = useShared(accountSettings);
  const { fault, run } = useSubmit();
  return (
    <section className="admin__settings" aria-labelledby="sign-in-settings">
      <h2 id="sign-in-settings">How people sign in</h2>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <Loaded resource={resource} onRetry={accountSettings.reload}>
        {({ localPasswords, provider }) => (
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
                onChange={(isOn) => run(() => setLocalPasswords(isOn))}
              />
            ) : null}
          </>
        )}
      </Loaded>
    </section>
  );
}
