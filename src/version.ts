/** The version in package.json, which a test compares with this one. */
export const VERSION = '1.0.0';
