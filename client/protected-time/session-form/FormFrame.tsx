import { type ReactNode, useEffect, useRef } from "react";
import { Refusal, say } from "#client/protected-time/words/diary.tsx";
import { Button } from "#client/ui/Button.tsx";
import { scrollToTop } from "#client/ui/scroll-to-top.ts";

interface FormHeadProps {
  readonly onBack: () => void;
  /** Changes with each step, so that it starts at its top. */
  readonly step?: string;
  readonly children: ReactNode;
}

export function FormHead({ onBack, step, children }: FormHeadProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (step === undefined) return;
    scrollToTop();
    heading.current?.focus({ preventScroll: true });
  }, [step]);
  return (
    <header className="session-form__head row middle gap-2">
      <Button look="quiet" icon="back" onClick={onBack}>
        {say("back")}
      </Button>
      <h2 ref={heading} tabIndex={step === undefined ? undefined : -1}>
        {children}
      </h2>
    </header>
  );
}

export function FormFootFrame(props: {
  readonly refusal: string | null;
  readonly children: ReactNode;
}) {
  return (
    <div className="session-form__next big-buttons pad-3-4 on-paper line-above stack gap-2">
      {props.refusal ? <Refusal text={props.refusal} /> : null}
      {props.children}
    </div>
  );
}
