import "#client/ui/hatch.css";

/** A swatch of the keep-clear hatch; put the class `hatch` on a box to fill it likewise. */
export function Hatch() {
  return <span className="hatch hatch--swatch still" aria-hidden="true" />;
}
