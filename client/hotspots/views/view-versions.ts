import { failure, type Result, success } from "#core/result.ts";

/** Names and values as an address writes them. */
export type WrittenView = Readonly<Record<string, string | undefined>>;

/** Leads the words of one version to those of the next. */
export type Migration = (written: WrittenView) => WrittenView;

/**
 * One for each version but the newest, the first of them leading from 1 to 2. A field that is added
 * needs none: a view that does not name it means the usual. One is needed when a name or a value is
 * called something else, and when the usual itself changes: views and links leave the usual out, so
 * the migration writes down what they meant. tests/golden/saved-views has an example of each version.
 */
const migrations: readonly Migration[] = [
  // Measures by the names that they have on screen.
  ({ measure, ...rest }) => ({ ...rest, measure: renamed[measure ?? ""] ?? measure }),
];

const renamed: WrittenView = { hot: "significance", emerging: "pattern", effort: "patrol_time" };

/** The version that is written now. */
export const viewVersion = migrations.length + 1;

/** A view of any version in the words of the newest; one from a newer page than this is refused. */
export function broughtUp(
  written: WrittenView,
  version: number,
  known: readonly Migration[] = migrations,
): Result<WrittenView> {
  if (version > known.length + 1) {
    return failure("It was saved by a newer version of this page. Reload the page, then open it.");
  }
  return success(known.slice(version - 1).reduce((words, migrate) => migrate(words), written));
}

/** The version of a link; the first one went without saying it. */
export function versionOfLink({ v = "1" }: WrittenView): number {
  const version = Number(v);
  return Number.isInteger(version) && version >= 1 ? version : 1;
}
