import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiKey } from '../../src/monocloud/api-key.ts';
import { createCleaner, type Cleaner } from '../../src/report/cleaner.ts';
import { base64Forms } from '../runner/base64-forms.ts';
import { parseLogCommand } from '../runner/log-command.ts';

function cleanerFor(key: string): Cleaner {
  const result = ApiKey.check(key);
  if ('wrong' in result) throw new Error(`the key ${result.wrong}`);
  return createCleaner(result.value);
}

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
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

const key = fc.stringMatching(/^[a-z0-9][!-~]{14,24}[A-Z0-9]$/u);

const escapedForJson = (text: string, hex: (digits: string) => string): string =>
  Array.from(
    text,
    (character) => `\\u${hex((character.codePointAt(0) ?? 0).toString(16).padStart(4, '0'))}`,
  ).join('');
const percent = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

/** One character of a key as a text could have it. */
function spellingsOf(character: string): readonly [string, ...string[]] {
  const hex = percent(character).slice(1);
  return [
    character,
    `%${hex}`,
    `\\u00${hex}`,
    `\\\\u00${hex.toUpperCase()}`,
    `&#${Number.parseInt(hex, 16)};`,
    `&amp;#x0${hex};`,
    `\\u0026#x${hex.toUpperCase()};`,
  ];
}

/** The ways in which an API could send back the key. */
function formsOf(text: string): readonly string[] {
  const plus = text.replaceAll(/[^\w]/gu, (character) =>
    escapedForJson(character, (digits) => digits.toUpperCase()),
  );
  return [
    text,
    plus,
    JSON.stringify(text).slice(1, -1),
    JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/'),
    escapedForJson(text, (digits) => digits),
    escapedForJson(text, (digits) => digits.toUpperCase()),
    encodeURIComponent(text),
    percent(text),
    percent(text).toUpperCase(),
  ];
}

describe('text from outside', () => {
  it('never becomes a command', () => {
    fc.assert(
      fc.property(nasty, nasty, (before, text) => {
        const line = cleanerFor('a-key-of-a-test').clean(before + text);
        for (const one of [line, `User ${line}: said ${line}`]) {
          expect(one.split(/\r\n|\n|\r/u)).toHaveLength(1);
          expect(parseLogCommand(one)).toBeUndefined();
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('has no characters that are not seen, or turn text around', () => {
    fc.assert(
      fc.property(nasty, fc.integer({ min: 1, max: 40 }), (text, longest) => {
        const line = cleanerFor('a-key-of-a-test').clean(text, longest);
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/u);
        expect(line.isWellFormed()).toBe(true);
        expect(line.length).toBeLessThanOrEqual(longest);
      }),
    );
  });

  it('has no markup in the summary', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const html = cleanerFor('a-key-of-a-test').toHtml(text);
        expect(html).not.toMatch(/[<>"']/u);
        expect(html.replaceAll(/&(?:amp|lt|gt|quot|#39);/gu, '')).not.toContain('&');
        expect(html).not.toContain('\n');
      }),
    );
  });

  it('is clean after the first time', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const { clean } = cleanerFor('a-key-of-a-test');
        expect(clean(clean(text))).toBe(clean(text));
      }),
    );
  });

  it('is left alone where there is nothing to clean', () => {
    const text = 'Zoë Müller <zoe@example.test> said: "it’s 5 % & more" 佐藤 😀 #1 [x]';
    expect(cleanerFor('a-key-of-a-test').clean(text)).toBe(text);
    expect(createCleaner(undefined).redact(text)).toBe(text);
  });
});

describe('one plain line', () => {
  const { clean, toHtml } = cleanerFor('a-key-of-a-test');

  it.each([
    ['a\tb\r\n\n\u2028c', 'a b c'],
    ['a\u00A0b  c', 'a\u00A0b  c'],
    [' \n a \t', 'a'],
    ['::error::x', ': :error: :x'],
    [':::', ': : :'],
    ['a##[error]b', 'a## [error]b'],
    ['a\u200Bb\u202Ec\u0000d', 'abcd'],
  ])('%j becomes %j', (text, line) => {
    expect(clean(text)).toBe(line);
  });

  it('is cut where it is too long, and not in the middle of a character', () => {
    expect(clean('abcde', 5)).toBe('abcde');
    expect(clean('abcdef', 5)).toBe('abcd…');
    expect(clean('abc😀f', 5)).toBe('abc\uFFFD…');
    expect(toHtml('abc&&&', 5)).toBe('abc&amp;…');
  });

  it('in HTML has entities', () => {
    expect(toHtml(`<a href="b">'c' & d</a>`)).toBe(
      '&lt;a href=&quot;b&quot;&gt;&#39;c&#39; &amp; d&lt;/a&gt;',
    );
  });
});

describe('the key', () => {
  it('does not survive in any form', () => {
    fc.assert(
      fc.property(key, nasty, fc.integer({ min: 1, max: 80 }), (secret, around, longest) => {
        const { redact, clean, toHtml } = cleanerFor(secret);
        for (const form of formsOf(secret)) {
          const text = `${around} ${form} ${around}`;
          for (const safe of [redact(text), clean(text), toHtml(text), clean(text, longest)]) {
            expect(safe).not.toContain(form);
            expect(safe).not.toContain(secret);
          }
        }
      }),
    );
  });

  it('does not survive where each character is spelt in a way of its own', () => {
    const spelt = key.chain((secret) =>
      fc.tuple(
        fc.constant(secret),
        fc.tuple(...Array.from(secret, (character) => fc.constantFrom(...spellingsOf(character)))),
      ),
    );
    fc.assert(
      fc.property(spelt, nasty, ([secret, spellings], around) => {
        const text = `${around}${spellings.join('')}${around}`;
        expect(cleanerFor(secret).redact(text)).not.toContain(spellings.slice(2).join(''));
      }),
    );
  });

  // Quadratic time would be minutes.
  it('is looked for in linear time', { timeout: 10_000 }, () => {
    const { redact } = cleanerFor('a-key-of-a-test');
    for (const part of ['\\', '\\u0026', '&', '&amp;', '&#0', '0', '%', 'a', 'a-key-of-a-tes']) {
      const text = part.repeat(262_144 / part.length);
      expect(redact(text)).toBe(text);
      expect(redact(`${text}%61-key-of-a-test`)).toBe(`${text}***`);
    }
  });

  it('does not survive in base64, wherever it stands', () => {
    const bytes = fc.uint8Array({ maxLength: 7 });
    fc.assert(
      fc.property(key, bytes, bytes, (secret, before, after) => {
        const { redact, clean, toHtml } = cleanerFor(secret);
        const whole = Buffer.concat([before, Buffer.from(secret), after]);
        for (const encoded of [whole.toString('base64'), whole.toString('base64url')]) {
          for (const safe of [redact(encoded), clean(encoded), toHtml(encoded)]) {
            for (const { text } of base64Forms(secret)) expect(safe).not.toContain(text);
          }
        }
      }),
    );
  });

  it('does not survive in base64 that JSON has escaped', () => {
    fc.assert(
      fc.property(key, (secret) => {
        const { redact } = cleanerFor(secret);
        const encoded = Buffer.from(secret).toString('base64').replaceAll('=', '');
        for (const [plain, escaped] of [
          ['+', '\\u002B'],
          ['/', '\\/'],
        ] as const) {
          const json = `{"detail":"${encoded.replaceAll(plain, escaped)}"}`;
          const redacted: unknown = JSON.parse(redact(json));
          expect(redacted).not.toEqual({ detail: encoded });
        }
      }),
      { examples: [['key???>>>???>>>key0']] },
    );
  });

  it('does not survive in parts that a character in between held apart', () => {
    const { clean } = cleanerFor('a-key-of-a-test');
    expect(clean('a-key\u200B-of-\u0000a-test')).toBe('***');
  });

  it('leaves JSON behind that is JSON', () => {
    fc.assert(
      fc.property(key, fc.constantFrom('', '"', '\\', '\n', 'C:\\', '/'), (secret, before) => {
        const { redact } = cleanerFor(secret);
        const json = JSON.stringify({ detail: `${before}${secret}${before}` });
        expect(JSON.parse(redact(json))).toEqual({ detail: `${before}***${before}` });
      }),
    );
  });
});
