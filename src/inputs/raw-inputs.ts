/** The environment of the process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The defaults in action.yml, which a test compares with these. */
export const DEFAULTS = {
  'on-not-found': 'fail',
  'dry-run': 'false',
  'max-users': '100',
  concurrency: '4',
  retries: '3',
  timeout: '30',
  'max-retry-wait': '120',
} as const;

export type DefaultedInput = keyof typeof DEFAULTS;

/** The inputs without a default. */
export type PlainInput =
  'domain' | 'api-key' | 'user-id' | 'user-id-file' | 'report-file' | 'profiles-file';

/** Gives the text of an input, without surrounding white space; '' where nothing was given. */
export type RawInputs = (name: PlainInput | DefaultedInput) => string;

/**
 * The runner sets a variable for every declared input; only without a runner can one be missing.
 * One that is set to nothing stays nothing, also where there is a default: the runner does the
 * same, and `dry-run: ''` must not turn into a removal.
 */
export function rawInputs(env: Environment): RawInputs {
  return (name) => {
    const given = env[`INPUT_${name.toUpperCase()}`];
    return (given ?? (isDefaulted(name) ? DEFAULTS[name] : '')).trim();
  };
}

function isDefaulted(name: string): name is DefaultedInput {
  return Object.hasOwn(DEFAULTS, name);
}
