// Prints the counts of a finished test run, `N passed, N failed`, from vitest's JSON report. Plain
// JavaScript: it also has to run where the installation failed.
import { existsSync, readFileSync } from 'node:fs';

const file = process.argv[2] ?? 'reports/tests.json';

if (existsSync(file)) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  console.log(`${report.numPassedTests} passed, ${report.numFailedTests} failed`);
} else {
  console.error('No test was run: a check before the tests failed.');
  process.exitCode = 1;
}
