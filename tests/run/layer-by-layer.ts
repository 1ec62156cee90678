import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Random ones first, which take longest; component tests last: the document of a page stays in their process, and a server's tests would take it for a browser. */
const order = ["property", "unit", "api", "database", "browser", "component"];

/** The files of a layer together, those that took longest first. */
export class LayerByLayer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const layerOf = ({ moduleId }: TestSpecification) =>
      order.findIndex((folder) => moduleId.includes(`/tests/${folder}/`));
    return sorted.sort((one, other) => layerOf(one) - layerOf(other));
  }
}
