/** One rule of docs/safeguards.md, broken in one place on purpose. */
export interface BrokenRule {
  readonly safeguard: number;
  readonly what: string;
  readonly file: string;
  /** Stands in the file once. */
  readonly find: string;
  readonly put: string;
  /** What it is tested by runs on a server alone: `TEST_DATABASE_URL`. */
  readonly onServer?: true;
}
