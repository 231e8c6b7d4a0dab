import * as fc from 'fast-check';

/**
 * Any text at all, lone surrogates included. The `binary` strings of fast-check do the same, but take
 * more than a second to make ready.
 */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string(),
  fc
    .array(fc.oneof(fc.integer({ min: 0, max: 0xff }), fc.integer({ min: 0, max: 0x10_ff_ff })))
    .map((points) => String.fromCodePoint(...points)),
);
