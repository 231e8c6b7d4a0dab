/** A file command whose text the runner cannot read, which fails the step. */
export class MalformedFile extends Error {}
