import { accountSettings, setLocalPasswords } from "#client/admin/admin-api.ts";
import { useShared } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/app/use-submit.ts";
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
              <Segmented
                label="Passwords"
                value={localPasswords ? "on" : "off"}
                options={[
                  { value: "on", label: "On" },
                  { value: "off", label: "Off" },
                ]}
                onChange={(value) => run(() => setLocalPasswords(value === "on"))}
              />
            ) : null}
          </>
        )}
      </Loaded>
    </section>
  );
}
