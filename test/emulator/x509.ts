// The certificate library finds its parts through a container that asks `Reflect` for decorator
// metadata, and refuses to load where that cannot be asked. Nothing used here carries any, so the
// answer "none" spares a polyfill. It has to be in place before the library is loaded.
for (const name of ['getMetadata', 'getOwnMetadata']) {
  if (!(name in Reflect)) Object.defineProperty(Reflect, name, { value: () => undefined });
}

/** The certificate library. */
export const x509 = await import('@peculiar/x509');
