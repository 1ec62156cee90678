import type { ReactNode } from "react";
import { Button } from "#client/ui/Button.tsx";
import { ConflictNote } from "#client/ui/ConflictNote.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import type { Editor } from "#client/ui/use-editor.ts";
import "#client/ui/editor.css";

interface EditorFrameProps {
  /** What is edited, such as "Operation". */
  readonly label: string;
  readonly title: string;
  readonly editor: Omit<Editor<object>, "draft" | "read" | "change" | "field">;
  readonly isNew: boolean;
  /** What is stored now and by whom, where somebody else saved meanwhile. */
  readonly conflict: ReactNode;
  readonly back: string;
  readonly onBack: () => void;
  readonly onDiscard?: () => void;
  /** Beside the form. */
  readonly map: ReactNode;
  readonly children: ReactNode;
  /** Above the buttons. */
  readonly note?: ReactNode;
}

/** A form beside its map: a conflict and a refusal say what to do, and what is typed stays. */
export function EditorFrame(props: EditorFrameProps) {
  const { editor, label, title, isNew, children } = props;
  const discard = () => {
    props.onDiscard?.();
    editor.discard();
  };
  return (
    <div className="editor">
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
