import { keepView } from "#client/state/return-view.ts";
import { classNames } from "#client/ui/class-names.ts";

/** Leaves for the identity provider's own page, and comes back signed in. */
export function ProviderLink({
  name,
  look,
}: {
  readonly name: string;
  readonly look: "filled" | "plain";
}) {
  return (
    <a
      className={classNames("button", `button--${look}`)}
      href="/api/session/provider"
      onClick={keepView}
    >
      Sign in with {name}
    </a>
  );
}
