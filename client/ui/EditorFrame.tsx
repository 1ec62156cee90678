import type { ReactNode } from "react";
import { Button } from "#client/ui/Button.tsx";
import { ConflictNote } from "#client/ui/ConflictNote.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import type { Editor } from "#client/ui/use-editor.ts";
import "#client/ui/editor.css";

interface EditorFrameProps {
  readonly label: string;
  readonly title: string;
  readonly editor: Omit<Editor<object>, "draft" | "read" | "change" | "field">;
  readonly isNew: boolean;
  readonly conflict: ReactNode;
  readonly back: string;
  readonly onBack: () => void;
  readonly onDiscard?: () => void;
  readonly map: ReactNode;
  readonly children: ReactNode;
  readonly note?: ReactNode;
}

/** What is typed survives a conflict or a refusal. */
export function EditorFrame(props: EditorFrameProps) {
  const { editor, label, title, isNew, children } = props;
  const discard = () => {
    props.onDiscard?.();
    editor.discard();
  };
  return (
    <div className="editor start grid">
      <form
        className="editor__form stack gap-4 pad-4"
        onSubmit={editor.save}
        aria-label={label}
        noValidate
      >
        <h2>{title}</h2>
        {editor.isChanged ? (
          <ConflictNote onKeepMine={editor.keepMine} onTakeTheirs={discard}>
            {props.conflict}
          </ConflictNote>
        ) : null}
        {children}
        {editor.fault && !editor.isChanged ? (
          <ErrorNote title={editor.fault.title} detail={editor.fault.detail} />
        ) : null}
        {Object.keys(editor.faults).length > 0 ? (
          <p className="field__error" role="alert">
            Not saved. Correct the marked fields above.
          </p>
        ) : null}
        {editor.isChanged ? (
          <p className="field__error">
            Not saved. Someone else saved first: choose at the top of this form.
          </p>
        ) : null}
        {props.note}
        <footer className="editor__acts row wrap gap-2">
          <Button onClick={props.onBack}>{props.back}</Button>
          {editor.isTouched ? <Button onClick={discard}>Discard changes</Button> : null}
          <Button look="filled" type="submit" disabled={editor.isPending}>
            {isNew ? "Add" : "Save"}
          </Button>
        </footer>
      </form>
      {props.map}
    </div>
  );
}
