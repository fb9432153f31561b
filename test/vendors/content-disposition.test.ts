import { parse } from 'content-disposition'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatContentDisposition } from '../../src/vendors/kit/content-disposition.ts'
import { parseFileName } from '../../src/sandboxes/imeetcentral/disposition.ts'
import { anyText, runs } from '../support/property.ts'

test.each([
  ['résumé draft.txt', `attachment; filename="resume draft.txt"; filename*=UTF-8''r%C3%A9sum%C3%A9%20draft.txt`],
  ['日本.txt', `attachment; filename="__.txt"; filename*=UTF-8''%E6%97%A5%E6%9C%AC.txt`],
  [`a"b'c*(d).txt`, String.raw`attachment; filename="a\"b'c*(d).txt"; filename*=UTF-8''a%22b%27c%2A%28d%29.txt`],
  ['a\r\nX-Evil: 1', `attachment; filename="aX-Evil: 1"; filename*=UTF-8''aX-Evil%3A%201`],
  ['../C:\\x', `attachment; filename=".._C:_x"; filename*=UTF-8''.._C%3A_x`],
  ['\0', `attachment; filename="file"; filename*=UTF-8''file`],
  ['\ufeffa', `attachment; filename="a"; filename*=UTF-8''a`],
])('formats the file name %j', (name, header) => {
  expect(formatContentDisposition('attachment', name)).toBe(header)
})

test('formats a form part with its name and the file name in UTF-8', () => {
  expect(formatContentDisposition('form-data', '日本.txt', { name: 'file' })).toBe(
    `form-data; name="file"; filename="日本.txt"; filename*=UTF-8''%E6%97%A5%E6%9C%AC.txt`,
  )
})

const name = fc.string({
  unit: fc.oneof(fc.constantFrom(...`"\\\\;%=*' \r\n\t/é日😀\u202e\ud800`), fc.string(), anyText),
})
/** Removes the characters from a name that could end the line or name a folder. */
const cleaned = (name: string): string =>
  name
    .toWellFormed()
    .replace(/[\p{Cc}\ufeff]/gu, '')
    .replace(/[/\\]/g, '_') || 'file'

test('formats any name as one ASCII line that can be parsed again', () => {
  fc.assert(
    fc.property(name, (name) => {
      const header = formatContentDisposition('attachment', name)
      expect(header).toMatch(/^[\x20-\x7e]+$/)
      expect(parse(header)).toEqual({ type: 'attachment', parameters: { filename: cleaned(name) } })
      expect(parseFileName(header)).toBe(cleaned(name))
      const exact = /; filename\*=UTF-8''([A-Za-z0-9!#$&+.^_`|~%-]*)$/.exec(header)![1]!
      expect(decodeURIComponent(exact)).toBe(cleaned(name))
      const plain = parse(header, { extended: false }).parameters['filename']
      expect(plain).toMatch(/^[\x20-\x7e]*$/)
      expect(plain).not.toMatch(/[/\\]/)
    }),
    runs(300, 100_000),
  )
})

test('formats any two names in a form as one line that can be parsed again', () => {
  fc.assert(
    fc.property(name, name, (field, name) => {
      const header = formatContentDisposition('form-data', name, { name: field })
      expect(header).not.toMatch(/\p{Cc}/u)
      const { type, parameters } = parse(header)
      expect([type, parameters['filename']]).toEqual(['form-data', cleaned(name)])
      expect(parameters['name']).toBe(field.replace(/\p{Cc}/gu, ''))
    }),
    runs(300, 100_000),
  )
})
