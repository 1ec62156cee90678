import { type ReactNode, Suspense, useEffect, useState } from "react";
import { DemoMark } from "#client/accounts/DemoMark.tsx";
import { prove } from "#client/accounts/prove.ts";
import { canUsePasskeys } from "#client/accounts/second-factor/can-use-passkeys.ts";
import { enter } from "#client/accounts/session.ts";
import { ProviderLink } from "#client/accounts/sign-in/ProviderLink.tsx";
import { useSubmit } from "#client/api/use-submit.ts";
import { namePage } from "#client/state/page-name.ts";
import { signInOutcome } from "#client/state/return-view.ts";
import { Button } from "#client/ui/Button.tsx";
import { CredentialField } from "#client/ui/CredentialField.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Form } from "#client/ui/Form.tsx";
import { lazily } from "#client/ui/lazily.ts";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { WaitingNote } from "#client/ui/WaitingNote.tsx";
import type { SessionReply } from "#core/accounts/wire/session.ts";
import { sessionCalls } from "#core/accounts/wire/sign-in.ts";
import "#client/accounts/sign-in/sign-in.css";

const PinSignIn = lazily(
  async () => (await import("#client/accounts/sign-in/PinSignIn.tsx")).PinSignIn,
);
const EndedPhone = lazily(
  async () => (await import("#client/accounts/sign-in/PinSignIn.tsx")).EndedPhone,
);
const RoleChoice = lazily(
  async () => (await import("#client/accounts/sign-in/RoleChoice.tsx")).RoleChoice,
);
const SetUpForm = lazily(
  async () => (await import("#client/accounts/sign-in/SetUpForm.tsx")).SetUpForm,
);

const SecondStep = lazily(
  async () => (await import("#client/accounts/second-factor/SecondStep.tsx")).SecondStep,
);
const PasskeySignIn = lazily(
  async () => (await import("#client/accounts/second-factor/PasskeySignIn.tsx")).PasskeySignIn,
);

export function SignIn({ who }: { readonly who: SessionReply }) {
  const [isByAccount, setByAccount] = useState(signInOutcome !== null);
  const [isOtherWay, setOtherWay] = useState(false);
  const { pin, endedPhone } = who.signInBy;
  const isPhone = (pin || endedPhone) && !isOtherWay && signInOutcome === null;
  useEffect(() => namePage(isPhone ? null : "Boxster"), [isPhone]);
  if (isPhone) {
    const Opening = pin ? PinSignIn : EndedPhone;
    return (
      <Suspense>
        <Opening onOtherWay={() => setOtherWay(true)} />
      </Suspense>
    );
  }
  // Beside the heading, so it stays in view above a long list.
  const instead = who.demo ? (
    <Button onClick={() => setByAccount(!isByAccount)}>
      {isByAccount ? "Choose a demo role instead" : "Sign in with an account instead"}
    </Button>
  ) : null;
  return (
    <main className="sign-in stack reading gap-4">
      <header className="stack start gap-1">
        <h1>Boxster</h1>
        <p className="quiet">Hotspots, keep-clear time and patrols around {who.command.patch}.</p>
        {who.demo ? <DemoMark /> : null}
        <WaitingNote />
      </header>
      {who.secondStep ? (
        <section className="sign-in__account stack gap-3" aria-labelledby="second-step">
          <h2 id="second-step">One more step</h2>
          <Suspense fallback={<Skeleton lines={3} />}>
            <SecondStep step={who.secondStep} />
          </Suspense>
        </section>
      ) : who.demo && !isByAccount ? (
        <Suspense fallback={<Skeleton lines={8} />}>
          <RoleChoice hasImports={who.demoHasImports} instead={instead} />
        </Suspense>
      ) : (
        <ByAccount signInBy={who.signInBy} instead={instead} />
      )}
      <p className="small">
        <a href="/accessibility.html">Accessibility</a>
      </p>
    </main>
  );
}

interface ByAccountProps extends Pick<SessionReply, "signInBy"> {
  readonly instead: ReactNode;
}

function ByAccount({ signInBy, instead }: ByAccountProps) {
  const [isFirstTime, setFirstTime] = useState(false);
  const { passwords, provider } = signInBy;
  return (
    <section className="sign-in__account stack gap-3" aria-label="Sign in with an account">
      <div className="sign-in__ask row wrap middle between gap-2-3">
        <h2>{isFirstTime ? "Your first password" : "Sign in"}</h2>
        {instead}
      </div>
      {provider === null ? null : <ProviderLink name={provider} look="filled" />}
      {signInOutcome === null ? null : <ErrorNote {...outcomeWords[signInOutcome]} />}
      {passwords && isFirstTime ? (
        <Suspense>
          <SetUpForm onBack={() => setFirstTime(false)} />
        </Suspense>
      ) : null}
      {passwords && !isFirstTime ? <PasswordForm onFirstTime={() => setFirstTime(true)} /> : null}
      {passwords && !isFirstTime && signInBy.passkeys && canUsePasskeys() ? (
        <Suspense>
          <PasskeySignIn />
        </Suspense>
      ) : null}
      <p className="quiet small">
        No account, or trouble signing in? Ask your team’s administrator. On a shared computer, sign
        out when you leave.
      </p>
    </section>
  );
}

/** The same words whatever failed at the identity provider. */
const outcomeWords = {
  refused: {
    title: "Not signed in",
    detail: "Your sign-in does not match an active account here. Ask the administrator.",
  },
  unreachable: {
    title: "The sign-in page is not responding",
    detail: "Try again in a minute. If the problem continues, tell the administrator.",
  },
};

function PasswordForm({ onFirstTime }: { readonly onFirstTime: () => void }) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const { fault, isPending, run } = useSubmit();
  return (
    <Form
      className="sign-in__form stack gap-3"
      aria-label="Sign in"
      onSend={() => {
        run(() => enter(prove(sessionCalls.signIn, { body: { name, password } })));
      }}
      fault={fault}
    >
      <CredentialField label="Name" kind="username" value={name} onChange={setName} />
      <CredentialField
        label="Password"
        kind="current-password"
        value={password}
        onChange={setPassword}
      />
      <div className="row wrap gap-2">
        <Button look="filled" type="submit" disabled={isPending}>
          {isPending ? "Signing in..." : "Sign in"}
        </Button>
        <Button look="quiet" onClick={onFirstTime}>
          I have a one-time secret
        </Button>
      </div>
    </Form>
  );
}
