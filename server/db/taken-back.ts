/** Thrown inside a transaction that is to keep nothing; with what it found. */
export class TakenBack extends Error {
  override readonly name = "TakenBack";
  readonly found: unknown;
  constructor(found: unknown) {
    super("Nothing is saved");
    this.found = found;
  }
}

/** A transaction that was taken back answers as one that was kept. */
export async function orTakenBack<Made>(transaction: Promise<Made>): Promise<Made> {
  try {
    return await transaction;
  } catch (error) {
    if (error instanceof TakenBack) return error.found as Made;
    throw error;
  }
}
