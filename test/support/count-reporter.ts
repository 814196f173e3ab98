import type { Reporter, TestModule } from 'vitest/node';

/** Ends the output of a run with one line for programs: how many tests passed and how many failed. */
export class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    const count = (state: string) => states.filter((each) => each === state).length;
    // An error outside of every test fails the run as well, and so does a file that cannot be loaded.
    const other = unhandledErrors.length + modules.filter((module) => module.errors().length > 0).length;
    console.log(`${count('passed')} passed, ${count('failed') + other} failed`);
  }
}
