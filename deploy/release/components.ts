import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A package as `npm sbom` writes it, in the shape of CycloneDX. */
export interface Component {
  readonly "bom-ref": string;
  readonly type: string;
  readonly name: string;
  readonly version: string;
  /** `optional`: for other systems too, such as a Node for each. */
  readonly scope?: string;
  readonly purl: string;
  readonly cpe?: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  readonly licenses?: readonly Licence[];
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
}

export type Licence =
  | { readonly license: { readonly id?: string; readonly name?: string } }
  | { readonly expression: string };

export interface Dependency {
  readonly ref: string;
  readonly dependsOn: readonly string[];
}

/** Every package of the lock file and what each asks for. */
export interface Locked {
  readonly components: readonly Component[];
  readonly dependencies: readonly Dependency[];
}

/** `server`: installed in production. `page`: built into the page, whole or in part. */
export type Part = "server" | "page";

/** Reads the lock file through npm; nothing is installed and no registry is asked. */
export function readLocked(root: string): Locked {
  // All of them, also where NODE_ENV is `production`, which has npm leave some out.
  const all = ["dev", "optional", "peer"].map((kind) => `--include=${kind}`);
  const args = ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only", ...all];
  try {
    const text = execFileSync("npm", args, {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 2 ** 27,
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
    return JSON.parse(text) as Locked;
  } catch (cause) {
    const { stderr = "" } = cause as { readonly stderr?: string };
    const why = stderr.trim() || "npm could not be started";
    throw new Error(`"npm ${args.join(" ")}", which takes npm 10.1 or later, failed: ${why}`, {
      cause,
    });
  }
}

/**
 * The shipped packages, by reference, each with its part; what the server runs counts as the server's, though
 * the page holds it too. `npm sbom --omit dev` is not asked: it leaves out every package that something for development
 * also needs, zod and h3-js among them, which `npm ci --omit=dev` installs.
 */
export function shippedParts(
  { dependencies }: Locked,
  roots: Readonly<Record<Part, ReadonlySet<string>>>,
): ReadonlyMap<string, Part> {
  const asks = new Map(dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const own = dependencies[0]?.dependsOn ?? [];
  const parts = new Map<string, Part>();
  const follow = (ref: string, part: Part) => {
    if (parts.has(ref)) return;
    parts.set(ref, part);
    for (const next of asks.get(ref) ?? []) follow(next, part);
  };
  for (const part of ["server", "page"] as const) {
    for (const ref of own) if (roots[part].has(nameOf(ref))) follow(ref, part);
  }
  return parts;
}

/** `@turf/area` of `@turf/area@7.4.0`. */
function nameOf(ref: string): string {
  return ref.slice(0, ref.lastIndexOf("@"));
}

/** What the two parts begin with: the packages of production, and those that the source of the page imports. */
export function rootsOf(root: string): Readonly<Record<Part, ReadonlySet<string>>> {
  const { dependencies = {}, optionalDependencies = {} } = readManifest(root);
  return {
    server: new Set([...Object.keys(dependencies), ...Object.keys(optionalDependencies)]),
    page: packagesImportedIn(join(root, "client")),
  };
}

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly description: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

/** The packages that the source in a folder imports, styles and files of theirs included; none of Node's own. */
export function packagesImportedIn(folder: string): ReadonlySet<string> {
  const statements =
    /^(?:@?import|export)\s(?:[^"';]*?\sfrom\s+)?"([^"]+)"|\bimport\(\s*"([^"]+)"/gm;
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:tsx?|mjs|css)$/.test(name))
    .flatMap((name) => [...readFileSync(join(folder, name), "utf8").matchAll(statements)])
    .map(([, fixed, late]) => fixed ?? late ?? "")
    .filter((name) => /^[@a-z]/.test(name) && !name.startsWith("node:"));
  return new Set(names.map((name) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name));
}
