import type { Component, Licence } from "#deploy/release/components.ts";

/** The licences of shipped packages. Read a licence before adding it. */
export const allowedLicences: ReadonlySet<string> = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "ISC",
  "MIT",
  "Unlicense",
  "Zlib",
]);

/** Allowed for what is shipped as it came: fonts, the database with its extension, and web-push. */
export const allowedFor: Readonly<Record<string, string>> = {
  "@fontsource-variable/inter": "OFL-1.1",
  "@fontsource/noto-sans": "OFL-1.1",
  "web-push": "MPL-2.0",
  postgresql: "PostgreSQL",
  postgis: "GPL-2.0-or-later",
};

/** Packages whose manifest names no licence; read in the file LICENSE that they bring. */
export const readByHand: Readonly<Record<string, string>> = { "suncalc@2.0.2": "BSD-2-Clause" };

/** The licence in SPDX's words, such as `MIT` or `(MIT OR Apache-2.0)`; null where a package names none. */
export function licenceOf({ licenses = [] }: Pick<Component, "licenses">): string | null {
  const names = licenses.map(inWords).filter((name) => name !== null);
  return names.length === 0 ? null : names.join(" AND ");
}

function inWords(licence: Licence): string | null {
  if ("expression" in licence) return licence.expression;
  return licence.license.id ?? licence.license.name ?? null;
}

/** Whether a component may be shipped: of alternatives one is enough, of what holds together all must be allowed. */
export function isAllowed(component: Pick<Component, "name" | "licenses">): boolean {
  const licence = licenceOf(component);
  if (licence === null) return false;
  if (allowedFor[component.name] === licence) return true;
  return licence
    .replace(/^\((.+)\)$/, "$1")
    .split(" OR ")
    .some((choice) => choice.split(" AND ").every((one) => allowedLicences.has(one)));
}

/** The list as a page: name, version, licence and part of each component, in the order given. */
export function licenceList(components: readonly Component[]): string {
  const rows = components.map(
    (one) =>
      `| ${one.name} | ${one.version} | ${licenceOf(one) ?? "not named"} | ${partsOf(one)} |`,
  );
  return `# Licences of what Boxster carries
Boxster itself is under the MIT licence. Each package of the server has its licence beside it, in \`node_modules\`; the
licences of what is built into the page are in LICENSES-PAGE.txt. PostGIS is the work of others, passed on unchanged in the
form in which its package has it; its source is at <https://postgis.net>.

| name | version | licence | part |
|---|---|---|---|
${rows.join("\n")}
`;
}

function partsOf({ properties = [] }: Component): string {
  return properties.find(({ name }) => name === "boxster:part")?.value ?? "";
}
