/**
 * The characters of base64 that a value leaves whatever stands around it: those made of its bits
 * alone. They are in the padded and the unpadded form, and in the base64 of `user:value`.
 * @param offset how many bytes stand before the value, modulo three.
 */
function base64Core(value: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]);
  const first = Math.ceil((offset * 8) / 6);
  const end = Math.floor((bytes.length * 8) / 6);
  return bytes.toString('base64').slice(first, end);
}

/** What a text holds that holds a value in base64, at each of the three alignments, URL-safe or not. */
export function base64Forms(value: string): { readonly name: string; readonly text: string }[] {
  return [0, 1, 2].flatMap((offset) => {
    const core = base64Core(value, offset);
    const urlSafe = core.replaceAll('+', '-').replaceAll('/', '_');
    return [
      { name: `base64 at byte ${offset}`, text: core },
      { name: `URL-safe base64 at byte ${offset}`, text: urlSafe },
    ];
  });
}
