/** A reporter of Vitest: tells whoever started it, over the channel between the two, what came of each file. */
export default class ToRunner {
  onTestRunStart(specifications) {
    const root = `${process.cwd()}/`;
    process.send?.({ files: specifications.map(({ moduleId }) => moduleId.replace(root, "")) });
  }

  onTestModuleEnd(module) {
    const { collectDuration, duration } = module.diagnostic();
    const told = {
      project: module.project.name,
      file: module.relativeModuleId,
      ms: collectDuration + duration,
      passed: [],
      failed: [],
      skipped: [],
      isBroken: module.state() === "failed",
    };
    for (const test of module.children.allTests()) {
      told[test.result().state]?.push(nameOf(test));
    }
    process.send?.(told);
  }

  onTestRunEnd(_modules, errors) {
    process.send?.({ stray: errors.map(({ message }) => message) });
  }
}

/** As `-t` matches it: blocks and test with a blank between. */
function nameOf(test) {
  const names = [test.name];
  for (let at = test.parent; at.type === "suite"; at = at.parent) names.unshift(at.name);
  return names.join(" ");
}
