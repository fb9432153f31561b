import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hashFile } from '../../../src/sandboxes/generated-file.ts'
import { start, type TrueConfSandbox } from '../../../src/sandboxes/trueconf/index.ts'

const now = Date.UTC(2026, 10, 20, 12)
let clock = now
let sandbox: TrueConfSandbox
let id: string

beforeEach(async () => {
  clock = now
  sandbox = await start({ now: () => clock, users: 5, conferences: 0 })
  id = sandbox.others.create('Room')
})
afterEach(() => sandbox.close())

const send = (path: string, init?: RequestInit) =>
  fetch(`${sandbox.url}/api/v3.8${path}?access_token=${encodeURIComponent(sandbox.secretKey)}`, init)

async function record(seconds: number) {
  await send(`/conferences/${id}/run`, { method: 'POST' })
  await send(`/conferences/${id}/start-record`, { method: 'POST' })
  clock += seconds * 1000
  await send(`/conferences/${id}/stop`, { method: 'POST' })
  return sandbox.data.conferences.get(id)!.records.at(-1)!
}

const download = (headers: Record<string, string> = {}, method = 'GET') =>
  send(`/conferences/${id}/records/record-1.mkv/download`, { method, headers })
const sha256 = (bytes: ArrayBuffer): string => createHash('sha256').update(new Uint8Array(bytes)).digest('hex')

describe('recordings of the TrueConf sandbox', () => {
  test('have a size that the length of the recording determines, and the same bytes in every download', async () => {
    const file = await record(200)
    expect(file.size).toBe(200 * 16_384)
    const [first, second] = [await download(), await download()]
    expect(first.headers.get('content-length')).toBe(String(file.size))
    const hash = sha256(await first.arrayBuffer())
    expect(hash).toBe(hashFile(file))
    expect(sha256(await second.arrayBuffer())).toBe(hash)
  })

  test.each([
    ['bytes=0-9', 0, 10],
    ['bytes=65530-65545', 65_530, 65_546],
    ['bytes=3000000-', 3_000_000, 3_276_800],
    ['bytes=-100', 3_276_700, 3_276_800],
    ['bytes=3276799-9999999', 3_276_799, 3_276_800],
  ])('returns the part %s', async (range, first, end) => {
    await record(200)
    const all = Buffer.from(await (await download()).arrayBuffer())
    const part = await download({ range })
    expect(part.status).toBe(206)
    expect(part.headers.get('content-range')).toBe(`bytes ${first}-${end - 1}/${all.length}`)
    expect(part.headers.get('content-length')).toBe(String(end - first))
    expect(Buffer.from(await part.arrayBuffer()).equals(all.subarray(first, end))).toBe(true)
  })

  test('rejects a part after the end with 416, and returns the whole file for several parts', async () => {
    const { size } = await record(1)
    const after = await download({ range: `bytes=${size}-` })
    expect(after.status).toBe(416)
    expect(after.headers.get('content-range')).toBe(`bytes */${size}`)
    for (const range of ['bytes=0-1,3-4', 'bytes=5-1', 'items=0-1']) {
      const whole = await download({ range })
      expect([whole.status, (await whole.arrayBuffer()).byteLength]).toEqual([200, size])
    }
  })

  test('returns the whole file if it is not the one that If-Range names', async () => {
    await record(1)
    const head = await download({}, 'HEAD')
    expect(head.headers.get('content-length')).toBe('16384')
    expect(head.headers.get('accept-ranges')).toBe('bytes')
    const etag = head.headers.get('etag')!
    expect((await download({ range: 'bytes=5-', 'if-range': etag })).status).toBe(206)
    expect((await download({ range: 'bytes=5-', 'if-range': '"other"' })).status).toBe(200)
  })

  test('ignore Range if the server does not support it', async () => {
    await record(1)
    sandbox.settings.acceptsRanges = false
    const whole = await download({ range: 'bytes=5-' })
    expect([whole.status, whole.headers.get('accept-ranges'), whole.headers.get('etag')]).toEqual([200, null, null])
  })
})
