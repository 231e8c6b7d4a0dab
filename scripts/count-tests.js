// Prints the counts of a finished test run, `N passed, N failed`, from vitest's JSON report. Plain
// JavaScript: it also has to run where the installation failed.
import { existsSync, readFileSync } from 'node:fs';

const file = process.argv[2] ?? 'reports/tests.json';

if (existsSync(file)) {
  /** @type {unknown} */
  const report = JSON.parse(readFileSync(file, 'utf8'));
  console.log(
    `${count(report, 'numPassedTests')} passed, ${count(report, 'numFailedTests')} failed`,
  );
} else {
  console.error('No test was run: a check before the tests failed.');
  process.exitCode = 1;
}

/**
 * @param {unknown} report
 * @param {string} name
 * @returns {number}
 */
function count(report, name) {
  const members = typeof report === 'object' && report !== null ? Object.entries(report) : [];
  /** @type {unknown} */
  const value = members.find(([member]) => member === name)?.[1];
  if (typeof value !== 'number') throw new TypeError(`${file} has no ${name}.`);
  return value;
}
