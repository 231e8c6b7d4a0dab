/** A log command that the runner cannot carry out, which fails the step. */
export class CommandFailure extends Error {}
