/** Stops the start with its one-line message. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}
