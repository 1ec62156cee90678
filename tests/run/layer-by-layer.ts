import { BaseSequencer, type TestSpecification } from "vitest/node";

const order = ["component", "api", "database", "browser"];

/** The files of a layer together, those that took longest first. */
export class LayerByLayer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const layerOf = ({ moduleId }: TestSpecification) =>
      order.findIndex((folder) => moduleId.includes(`/tests/${folder}/`));
    return sorted.sort((one, other) => layerOf(one) - layerOf(other));
  }
}
