import { Button } from "#client/ui/Button.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import "#client/ui/error-note.css";

export interface ErrorNoteProps {
  readonly title: string;
  readonly detail: string;
  readonly onRetry?: (() => void) | undefined;
  readonly retry?: string;
}

export function ErrorNote({ title, detail, onRetry, retry = "Retry" }: ErrorNoteProps) {
  return (
    <div className="error-note rounded fault row wrap start gap-3 pad-3" role="alert">
      <Icon name="warning" />
      <div className="error-note__text ink">
        <h3>{title}</h3>
        <p>{detail}</p>
      </div>
      {onRetry ? <Button onClick={onRetry}>{retry}</Button> : null}
    </div>
  );
}
