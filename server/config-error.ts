/** A setting that cannot be used; the start stops with its one line. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}
