import { createHash, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { ByteBudget } from '../../src/core/byte-budget.ts'
import { certificate } from '../support/certificates.ts'
import { openRow, type RowOptions } from './row.ts'

const KiB = 1024
const tls = certificate()

/** Sends the chunks without memory to keep them. Returns what the vendor received. */
async function send(chunks: readonly Uint8Array[], options: RowOptions = {}): Promise<string | undefined> {
  const row = await openRow(options)
  async function* stream() {
    yield* chunks
  }
  const call = row.call().fork({ budget: new ByteBudget(64 * KiB) })
  await row.write(call, { json: undefined, stream: stream() })
  const received = row.server.ledger.requests.at(-1)?.bodySha256
  await row.close()
  return received
}

const digest = (chunks: readonly Uint8Array[]): string => {
  const hash = createHash('sha256')
  for (const chunk of chunks) hash.update(chunk)
  return hash.digest('hex')
}

/** Creates a chunk with its own memory, as the HTTP parser of Node does. */
const createChunk = (bytes: number): Buffer => {
  const chunk = Buffer.allocUnsafeSlow(bytes)
  randomBytes(bytes).copy(chunk)
  return chunk
}

test.each([
  ['', {}],
  [' over TLS', { tls, ca: tls.cert }],
])('sends a large stream unchanged while it frees sent chunks%s', async (_, options) => {
  // More than sockets buffer, so that some chunks wait. The sizes are above and below the buffer of one socket.
  const sizes = Array.from({ length: 100 }, (_, index) => [64, 200, 20, 1, 63][index % 5]! * KiB)
  const chunks = sizes.map(createChunk)
  const sent = digest(chunks)
  expect(await send(chunks, options)).toBe(sent)
  const freed = chunks.filter(({ byteLength }) => byteLength === 0)
  expect(freed.length).toBeGreaterThan(40)
})

test('does not free memory that a chunk shares or that is small', async () => {
  const shared = createChunk(256 * KiB)
  const views = [0, 64, 128, 192].map((start) => shared.subarray(start * KiB, (start + 64) * KiB))
  const small = createChunk(KiB)
  const sent = digest([...views, small, ...views, small])
  expect(await send([...views, small, ...views, small])).toBe(sent)
  expect(shared.byteLength).toBe(256 * KiB)
  expect(small.byteLength).toBe(KiB)
})
