import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { contentDisposition } from '../../src/vendors/content-disposition.ts'
import { fileName } from '../../src/vendors/imeetcentral/sandbox/disposition.ts'

test.each([
  ['résumé draft.txt', `attachment; filename="resume draft.txt"; filename*=UTF-8''r%C3%A9sum%C3%A9%20draft.txt`],
  ['日本.txt', `attachment; filename="__.txt"; filename*=UTF-8''%E6%97%A5%E6%9C%AC.txt`],
  [`a"b'c*(d).txt`, String.raw`attachment; filename="a\"b'c*(d).txt"; filename*=UTF-8''a%22b%27c%2A%28d%29.txt`],
  ['a\r\nX-Evil: 1', `attachment; filename="aX-Evil: 1"; filename*=UTF-8''aX-Evil%3A%201`],
  ['../C:\\x', `attachment; filename=".._C:_x"; filename*=UTF-8''.._C%3A_x`],
  ['\0', `attachment; filename="file"; filename*=UTF-8''file`],
])('%j', (name, header) => {
  expect(contentDisposition('attachment', name)).toBe(header)
})

test('a part of a form has its name, and the file name as UTF-8', () => {
  expect(contentDisposition('form-data', '日本.txt', { name: 'file' })).toBe(
    `form-data; name="file"; filename="日本.txt"; filename*=UTF-8''%E6%97%A5%E6%9C%AC.txt`,
  )
})

test('any name makes one line of ASCII, from which it is read again', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.oneof(fc.constantFrom(...`"\\;%=' \r\n/é日`), fc.string()) }), (name) => {
      const header = contentDisposition('attachment', name)
      const clean = name
        .toWellFormed()
        .replace(/\p{Cc}/gu, '')
        .replace(/[/\\]/g, '_')
      expect(header).toMatch(/^[\x20-\x7e]+$/)
      expect(fileName(header)).toBe(clean || 'file')
    }),
  )
})
