import { failure, type Result, success } from "#core/result.ts";

export type WrittenView = Readonly<Record<string, string | undefined>>;

export type Migration = (written: WrittenView) => WrittenView;

/**
 * One migration per version but the newest, the first from 1 to 2. A new field needs none: a view
 * without it means the default. A renamed field or value needs one, and so does a changed default:
 * views and links omit defaults, so the migration writes out the old one. tests/golden/saved-views
 * has an example of each version.
 */
const migrations: readonly Migration[] = [
  // Measures renamed to match the screen.
  ({ measure, ...rest }) => ({ ...rest, measure: renamed[measure ?? ""] ?? measure }),
];

const renamed: WrittenView = { hot: "significance", emerging: "pattern", effort: "patrol_time" };

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

/** The first version was not written in links. */
export function versionOfLink({ v = "1" }: WrittenView): number {
  const version = Number(v);
  return Number.isInteger(version) && version >= 1 ? version : 1;
}
