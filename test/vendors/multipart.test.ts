import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createFormDataBody } from '../../src/vendors/kit/multipart.ts'

const bytes = (chunks: Uint8Array[]) => Readable.from(chunks.map((chunk) => Buffer.from(chunk)))

it('produces a form that other implementations can parse', async () => {
  const name = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
    .map((text) => text.replace(/[\p{Cc}"\\/]/gu, '_'))
  const chunks = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(name, chunks, async (name, chunks) => {
      const file = { field: 'file', name, contentType: 'image/png', bytes: bytes(chunks) }
      const { headers, stream } = createFormDataBody({ to: 'someone' }, file)
      const form = await new Response(await buffer(stream), { headers }).formData()
      expect(form.get('to')).toBe('someone')
      const read = form.get('file') as File
      expect(Buffer.from(await read.arrayBuffer())).toEqual(Buffer.concat(chunks))
      expect(read.type).toBe('image/png')
    }),
    { numRuns: 50 },
  )
})

it('streams bytes', async () => {
  let taken = 0
  const source = Readable.from(
    (async function* () {
      for (; taken < 100; taken++) yield Buffer.alloc(100_000)
    })(),
    { highWaterMark: 1 },
  )
  const { stream } = createFormDataBody({}, { field: 'file', name: 'x', contentType: 'a/b', bytes: source })
  const parts = stream[Symbol.asyncIterator]()
  await parts.next()
  await parts.next()
  expect(taken).toBeLessThan(10)
  await parts.return?.()
})

it('formats a header as one line', async () => {
  const file = { field: 'file', name: 'a\r\nX: 1', contentType: 'a/b\r\nX: 2', bytes: bytes([]) }
  const text = String(await buffer(createFormDataBody({}, file).stream))
  expect(text).not.toMatch(/^X:/m)
})
