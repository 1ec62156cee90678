/** An archive of tiles that cannot be taken, in one sentence for whoever gave it. */
export class ArchiveFault extends Error {
  override readonly name = "ArchiveFault";
}

/** A download that broke off, or was stopped: what came is kept beside, for the same command to go on. */
export class BrokenDownload extends ArchiveFault {}
