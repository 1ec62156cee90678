import { session } from "#client/accounts/session.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { demoWords } from "#core/demo-words.ts";
import "#client/accounts/demo-mark.css";

/** On every screen, picture, print and export of the demonstration. */
export function DemoMark() {
  const who = useShared(session);
  const hasImports = hasValue(who) && who.value.demoHasImports;
  return (
    <span className="demo-mark stale still small nowrap strong rounded">
      {demoWords(hasImports)}
    </span>
  );
}
