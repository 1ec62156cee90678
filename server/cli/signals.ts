type Name = "SIGHUP" | "SIGINT" | "SIGTERM";

/**
 * Signals end what runs. Whose terminal was closed is gone too; a service is told by SIGHUP to read its certificate
 * again, once it has said (with what is answered here) that it can.
 */
export function heedSignals(
  of: { readonly on: (name: Name, act: () => void) => unknown },
  { stop, hasTerminal }: { readonly stop: () => void; readonly hasTerminal: () => boolean },
): (act: () => void) => void {
  let onHangUp = stop;
  of.on("SIGHUP", () => (hasTerminal() ? stop() : onHangUp()));
  of.on("SIGINT", stop);
  of.on("SIGTERM", stop);
  return (act) => {
    onHangUp = act;
  };
}
