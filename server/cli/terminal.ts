/** Where a command's words go; tests put their own here. */
export interface Terminal {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  readonly readInput: () => Promise<string>;
  readonly signal: AbortSignal;
}
