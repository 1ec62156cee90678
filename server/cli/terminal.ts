/** Where a command's words go; tests put their own here. */
export interface Terminal {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  readonly readInput: () => Promise<string>;
  /** Asks for a line that is not shown; null where nobody can be asked. */
  readonly askHidden: (question: string) => Promise<string | null>;
  readonly signal: AbortSignal;
  /** What SIGHUP does from here on, instead of stopping. */
  readonly onHangUp?: (act: () => void) => void;
}
