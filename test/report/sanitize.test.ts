import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiKey } from '../../src/monocloud/api-key.ts';
import { createSanitizer, type Sanitizer } from '../../src/report/sanitize.ts';
import { anyText } from '../any-text.ts';
import { base64Forms } from '../runner/base64-forms.ts';
import { parseLogCommand } from '../runner/log-command.ts';

function sanitizerOf(key: string): Sanitizer {
  const result = ApiKey.check(key);
  if (result instanceof ApiKey) return createSanitizer(result);
  throw new Error(`The key is unusable: ${result}.`);
}

const KEY = 'a-key-of-a-test';
const { redact, toLine, toHtml } = sanitizerOf(KEY);

/** Text that would mean something to a runner or a browser, were it left as it is. */
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '::',
        ':',
        '##[',
        '##',
        '#',
        '[',
        ']',
        'error',
        'add-mask',
        'set-output name=x',
        '\n',
        '\r',
        '\u0085',
        '\u2028',
        '\u200B',
        '\u202E',
        '\u00AD',
        '\uFEFF',
        '\u{E0001}',
        '\u3164',
        '\u001B[31m',
        '\uD800',
        '%0A',
        '<script>',
        '"',
        "'",
        '&',
        '\u00A0',
      ),
      anyText.map((text) => text.slice(0, 5)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

const aKey = fc.stringMatching(/^[a-z0-9][!-~]{14,24}[A-Z0-9]$/u);

function isPlain(line: string): boolean {
  return !/[\r\n]/u.test(line) && parseLogCommand(line) === undefined;
}

describe('text from outside', () => {
  it('never becomes a command', () => {
    fc.assert(
      fc.property(nasty, nasty, (before, text) => {
        const line = toLine(before + text);
        return isPlain(line) && isPlain(`User ${line}: said ${line}`);
      }),
      { numRuns: 2000 },
    );
  });

  it('has no characters that are not seen, or turn text around', () => {
    fc.assert(
      fc.property(nasty, fc.integer({ min: 1, max: 40 }), (text, maxLength) => {
        const line = toLine(text, maxLength);
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/u);
        expect(line.isWellFormed()).toBe(true);
        expect(line.length).toBeLessThanOrEqual(maxLength);
      }),
    );
  });

  it('has no markup in the summary', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const html = toHtml(text);
        expect(html).not.toMatch(/[<>"'\n]/u);
        expect(html.replaceAll(/&(?:amp|lt|gt|quot|#39);/gu, '')).not.toContain('&');
      }),
    );
  });

  it('does not change a second time', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(toLine(toLine(text))).toBe(toLine(text));
      }),
    );
  });

  it('is left alone where there is nothing to sanitize', () => {
    const text = 'Zoë Müller <zoe@example.test> said: "it’s 5 % & more" 佐藤 😀 #1 [x]';
    expect(toLine(text)).toBe(text);
    expect(createSanitizer(undefined).redact(text)).toBe(text);
    expect(createSanitizer(undefined).toLine(`${KEY} ${text}`)).toBe(`${KEY} ${text}`);
  });
});

describe('one plain line', () => {
  it.each([
    ['a\tb\r\n\n\u2028c', 'a b c'],
    ['a\u00A0b  c', 'a\u00A0b  c'],
    [' \n a \t', 'a'],
    ['::error::x', ': :error: :x'],
    [':::', ': : :'],
    ['a##[error]b', 'a## [error]b'],
    ['#\u200B#[error]b', '## [error]b'],
    [':\u200B:error::x', ': :error: :x'],
    ['a\u200Bb\u202Ec\u0000d', 'abcd'],
  ])('%j becomes %j', (text, line) => {
    expect(toLine(text)).toBe(line);
  });

  it('is cut where it is too long, and not in the middle of a character', () => {
    expect(toLine('abcde', 5)).toBe('abcde');
    expect(toLine('abcdef', 5)).toBe('abcd…');
    expect(toLine('abc😀f', 5)).toBe('abc\uFFFD…');
    expect(toHtml('abc&&&', 5)).toBe('abc&amp;…');
  });

  it('has entities in HTML', () => {
    expect(toHtml(`<a href="b">'c' & d</a>`)).toBe(
      '&lt;a href=&quot;b&quot;&gt;&#39;c&#39; &amp; d&lt;/a&gt;',
    );
  });
});

/** A key with every character that an encoding changes. */
const ODD = `a<b>c&d"e'f\\g%h/i+j\`k`;

function unicodeEscaped(text: string, pattern: RegExp): string {
  return text.replaceAll(pattern, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).padStart(4, '0');
    return `\\u${code}`;
  });
}

function inUpperCase(text: string, pattern: RegExp): string {
  return text.replaceAll(pattern, (escape) => escape.slice(0, 2) + escape.slice(2).toUpperCase());
}

/** The ways in which an API could send back a key, as libraries write them. */
function echoesOf(key: string): readonly (readonly [string, string])[] {
  const json = JSON.stringify(key).slice(1, -1);
  const entities = (table: Readonly<Record<string, string>>): string =>
    key.replaceAll(/[&<>"'`/+]/gu, (character) => table[character] ?? character);
  const dotnet = unicodeEscaped(key.replaceAll('\\', '\\\\'), /["'<>&+`]/gu);
  const url = encodeURIComponent(key);
  const basic = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
  const bytes = Buffer.from(key);
  return [
    ['as it is', key],
    ['in JSON', json],
    ['in JSON of PHP', json.replaceAll('/', '\\/')],
    ['in JSON of Go', unicodeEscaped(json, /[<>&]/gu)],
    ['in JSON of .NET', inUpperCase(dotnet, /\\u[\da-f]{4}/gu)],
    ['in JSON inside JSON', JSON.stringify(json).slice(1, -1)],
    [
      'in JSON of .NET inside JSON',
      JSON.stringify(inUpperCase(dotnet, /\\u[\da-f]{4}/gu)).slice(1, -1),
    ],
    ['in a URL', encodeURI(key)],
    ['in a query', url],
    ['in a query, in lower case', url.replaceAll(/%[\dA-F]{2}/gu, (one) => one.toLowerCase())],
    [
      'in a query of .NET',
      url.replaceAll(/[!'()*]/gu, (one) => `%${Buffer.from(one).toString('hex').toUpperCase()}`),
    ],
    ['in a query inside a query', encodeURIComponent(url)],
    ['in HTML of Go', entities({ ...basic, '"': '&#34;', "'": '&#39;' })],
    ['in HTML of PHP', entities({ ...basic, '"': '&quot;', "'": '&#039;' })],
    ['in HTML of .NET Framework', entities({ ...basic, '"': '&quot;', "'": '&#39;' })],
    ['in HTML of Python', entities({ ...basic, '"': '&quot;', "'": '&#x27;' })],
    [
      'in HTML of .NET',
      entities({ ...basic, '"': '&quot;', "'": '&#x27;', '`': '&#x60;', '+': '&#x2B;' }),
    ],
    [
      'in HTML of Mustache',
      entities({ ...basic, '"': '&quot;', "'": '&#x27;', '`': '&#x60;', '/': '&#x2F;' }),
    ],
    ['in XML', entities({ ...basic, '"': '&quot;', "'": '&apos;' })],
    ['in HTML text', entities(basic)],
    ['in hexadecimal', bytes.toString('hex')],
    ['in hexadecimal, in upper case', bytes.toString('hex').toUpperCase()],
  ];
}

describe('the key', () => {
  it.each(echoesOf(ODD))('is redacted %s', (_, echo) => {
    expect(sanitizerOf(ODD).redact(`(${echo})`)).toBe('(***)');
  });

  it('does not survive in any of these forms', () => {
    fc.assert(
      fc.property(aKey, nasty, fc.integer({ min: 1, max: 80 }), (key, around, maxLength) => {
        const sanitizer = sanitizerOf(key);
        for (const [, echo] of echoesOf(key)) {
          const text = `${around} ${echo} ${around}`;
          for (const safe of [
            sanitizer.redact(text),
            sanitizer.toLine(text),
            sanitizer.toHtml(text),
            sanitizer.toLine(text, maxLength),
          ]) {
            expect(safe.includes(echo) || safe.includes(key)).toBe(false);
          }
        }
      }),
    );
  });

  it.each([
    [`said ${KEY} twice: ${KEY}`, 'said *** twice: ***'],
    [`C:\\runner and ${KEY}`, 'C:\\runner and ***'],
    [`50%25 and ${KEY}`, '50%25 and ***'],
    [`{"a":"${KEY}\\"b\\u0026"}`, '{"a":"***\\"b\\u0026"}'],
    [KEY.slice(0, -1), KEY.slice(0, -1)],
    [KEY.toUpperCase(), KEY.toUpperCase()],
  ])('is replaced, and nothing else: %s', (text, redacted) => {
    expect(redact(text)).toBe(redacted);
  });

  it.each(['k', 'ke', 'key', 'key1', 'key12'])('is redacted also where it is short: %s', (key) => {
    expect(sanitizerOf(key).redact(`(${key})`)).toBe('(***)');
  });

  it('is redacted in base64 from eight characters on', () => {
    const encoded = Buffer.from('abcdef').toString('base64');
    expect(encoded).toHaveLength(8);
    expect(sanitizerOf('abcdef').redact(`(${encoded})`)).toBe('(***)');
    const shorter = Buffer.from('abcde').toString('base64');
    expect(sanitizerOf('abcde').redact(`(${shorter})`)).toBe(`(${shorter})`);
  });

  it('does not survive in base64, wherever it stands', () => {
    const bytes = fc.uint8Array({ maxLength: 7 });
    fc.assert(
      fc.property(aKey, bytes, bytes, (key, before, after) => {
        const sanitizer = sanitizerOf(key);
        const whole = Buffer.concat([before, Buffer.from(key), after]);
        const forms = base64Forms(key).map(({ text }) => text);
        for (const encoded of [whole.toString('base64'), whole.toString('base64url')]) {
          for (const safe of [
            sanitizer.redact(encoded),
            sanitizer.toLine(encoded),
            sanitizer.toHtml(encoded),
          ]) {
            expect(forms.filter((form) => safe.includes(form))).toEqual([]);
          }
        }
      }),
    );
  });

  // Quadratic time would be minutes.
  it('is looked for in linear time', { timeout: 10_000 }, () => {
    for (const part of ['\\', '\\u0026', '&', '&amp;', '&#0', '0', '%', 'a', KEY.slice(0, -1)]) {
      const text = part.repeat(1_048_576 / part.length);
      expect(redact(text)).toBe(text);
      expect(redact(`${text}(${KEY}`)).toBe(`${text}(***`);
    }
  });

  it('does not survive in parts that a character in between held apart', () => {
    expect(toLine('a-key\u200B-of-\u0000a-test')).toBe('***');
  });

  it('does not survive in part where a text is cut off', () => {
    expect(toLine(`x ${KEY} y`, 6)).toBe('x ***…');
    expect(toHtml(`x ${KEY} y`, 4)).toBe('x *…');
  });

  it('leaves JSON behind that is JSON', () => {
    fc.assert(
      fc.property(aKey, fc.constantFrom('', '"', '\\', '\n', 'C:\\', '/'), (key, before) => {
        const json = JSON.stringify({ detail: `${before}${key}${before}` });
        const redacted: unknown = JSON.parse(sanitizerOf(key).redact(json));
        expect(redacted).toEqual({ detail: `${before}***${before}` });
      }),
    );
  });

  it('leaves JSON behind that is JSON where the key begins with a quote', () => {
    const json = JSON.stringify({ detail: '\\"quoted' });
    const redacted: unknown = JSON.parse(sanitizerOf('"quoted').redact(json));
    expect(JSON.stringify(redacted)).not.toContain('quoted');
  });
});
