import { Button } from "#client/ui/Button.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import type { RecordReply } from "#core/protected-time/wire/outreach.ts";

export interface KeptClearRowProps {
  readonly row: RecordReply["rows"][number];
  /** When and where, as its partner knows it. */
  readonly name: string;
  readonly isBusy: boolean;
  readonly onReport: () => void;
  readonly onTakeBack: () => void;
}

/** One past session: kept clear or why not. */
export function KeptClearRow({ row, name, isBusy, onReport, onTakeBack }: KeptClearRowProps) {
  return (
    <li>
      <Icon name={row.kept ? "check" : "warning"} />
      <span>
        {name}
        {row.kept ? null : <span className="quiet"> {row.reason}</span>}
        {row.readAt === null ? null : <span className="quiet"> Your coordinator has read it.</span>}
      </span>
      {row.kept ? (
        <Button look="quiet" disabled={isBusy} onClick={onReport}>
          Report that police came
        </Button>
      ) : row.takeBackUntil !== null ? (
        <Button look="quiet" disabled={isBusy} onClick={onTakeBack}>
          Take it back
        </Button>
      ) : null}
    </li>
  );
}
