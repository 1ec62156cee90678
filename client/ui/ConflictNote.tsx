import type { ReactNode } from "react";
import { Button } from "#client/ui/Button.tsx";
import "#client/ui/editor.css";

interface ConflictNoteProps {
  readonly children: ReactNode;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
}

/** Somebody else saved first; what was typed is kept. */
export function ConflictNote({ children, onKeepMine, onTakeTheirs }: ConflictNoteProps) {
  return (
    <section className="stale rounded stack gap-2 pad-3" role="alert">
      <h3>Someone else saved first</h3>
      <p>{children}</p>
      <p>Your changes are still below.</p>
      <div className="editor__acts row wrap gap-2">
        <Button onClick={onTakeTheirs}>Discard mine, show theirs</Button>
        <Button onClick={onKeepMine}>Overwrite with mine</Button>
      </div>
    </section>
  );
}
