import { type RefObject, useEffect } from "react";

/** After a form was refused: its first faulty field is in view and has the focus. */
export function useFaultInView(
  form: RefObject<HTMLFormElement | null>,
  faults: Readonly<Record<string, string | undefined>>,
): void {
  useEffect(() => {
    if (Object.keys(faults).length === 0) return;
    const wrong = form.current?.querySelector<HTMLElement>("[aria-invalid=true], [data-wrong]");
    wrong?.focus({ preventScroll: true });
    wrong?.scrollIntoView({ block: "center" });
  }, [form, faults]);
}
