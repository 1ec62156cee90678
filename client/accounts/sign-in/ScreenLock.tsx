import { useEffect, useRef, useState } from "react";
import { signOut, unlock } from "#client/accounts/session.ts";
import { uncover } from "#client/accounts/sign-in/lock-store.ts";
import { ProviderLink } from "#client/accounts/sign-in/ProviderLink.tsx";
import { useSubmit } from "#client/api/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { CredentialField } from "#client/ui/CredentialField.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Form } from "#client/ui/Form.tsx";
import { PinField } from "#client/ui/PinField.tsx";
import { WaitingNote } from "#client/ui/WaitingNote.tsx";
import type { SessionReply } from "#core/accounts/wire/session.ts";

/** Covers the page and any open dialog, which keep their state. */
export function ScreenLock({ who }: { readonly who: SessionReply }) {
  const cover = useRef<HTMLDialogElement>(null);
  const [password, setPassword] = useState("");
  const { fault, isPending, run } = useSubmit();
  const { passwords, provider } = who.signInBy;
  // A PIN set up on this phone by someone else does not unlock this.
  const pinOpens = who.proveBy === "pin";
  useEffect(() => {
    const before = document.activeElement;
    cover.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={cover}
      className="screen-lock pad-4 surface ink"
      aria-labelledby="screen-lock-title"
      onCancel={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key === "Escape") event.preventDefault();
      }}
      onClose={() => cover.current?.showModal()}
    >
      <Form
        className="screen-lock__form stack gap-3"
        onSend={() => {
          run(async () => {
            await unlock(pinOpens ? { pin: password } : { password });
            uncover();
          });
        }}
      >
        <h1 id="screen-lock-title">Screen locked</h1>
        <p>
          <strong>{who.shownName ?? who.person}</strong> is signed in. Your view is kept.
        </p>
        <WaitingNote />
        {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
        {pinOpens ? (
          <PinField label="PIN" kind="current-password" value={password} onChange={setPassword} />
        ) : null}
        {passwords && !pinOpens ? (
          <>
            <input
              className="screen-lock__name absolute no-pointer"
              type="text"
              autoComplete="username"
              value={who.person ?? ""}
              readOnly
              tabIndex={-1}
              aria-hidden="true"
            />
            <CredentialField
              label="Password"
              kind="current-password"
              value={password}
              onChange={setPassword}
            />
          </>
        ) : null}
        <div className="row wrap gap-2">
          {passwords || pinOpens ? (
            <Button look="filled" type="submit" disabled={isPending}>
              Unlock
            </Button>
          ) : null}
          {provider === null ? null : (
            <ProviderLink name={provider} look={passwords || pinOpens ? "plain" : "filled"} />
          )}
          <Button look="quiet" onClick={signOut}>
            Sign out
          </Button>
        </div>
      </Form>
    </dialog>
  );
}
