import type { Window } from "happy-dom";
import { type ChosenFiles, upload } from "#tests/component/light/act.ts";

export interface Chooser {
  readonly setFiles: (files: ChosenFiles) => Promise<void>;
}

/** A field for files that the page presses itself: the machine's own list would open. */
export function catchChoosers(view: Window, tell: (chooser: Chooser) => void): () => void {
  const { prototype } = view.HTMLInputElement;
  const before = prototype.click;
  prototype.click = function click(this: InstanceType<typeof view.HTMLInputElement>) {
    if (this.type !== "file") return before.call(this);
    tell({ setFiles: (files) => upload(this as unknown as HTMLInputElement, files) });
  };
  return () => {
    prototype.click = before;
  };
}
