/**
 * What checking a text gives: the value as a type of its own, or a sentence fragment that completes
 * "Input `x` …", such as "is empty".
 */
export type Checked<T> = { readonly value: T } | { readonly wrong: string };
