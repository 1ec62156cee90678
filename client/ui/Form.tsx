import type { ComponentProps } from "react";
import type { ApiError } from "#client/api/api-error.ts";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";

interface FormProps extends Omit<ComponentProps<"form">, "onSubmit"> {
  readonly onSend: () => void;
  /** Why it was refused, above its fields. */
  readonly fault?: ApiError | null;
}

/** A form that the page sends by itself. */
export function Form({ onSend, fault, children, ...rest }: FormProps) {
  return (
    <form
      {...rest}
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      {children}
    </form>
  );
}
