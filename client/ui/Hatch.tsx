import { classNames } from "#client/ui/class-names.ts";
import "#client/ui/hatch.css";

/** A swatch of the keep-clear hatch, or of what is kept clear in part of the area; put the class `hatch` on a box to fill it likewise. */
export function Hatch({ isPart = false }: { readonly isPart?: boolean }) {
  return (
    <span
      className={classNames("hatch hatch--swatch", isPart && "hatch--part")}
      aria-hidden="true"
    />
  );
}
