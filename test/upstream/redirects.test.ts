import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { FaultServer } from '../support/fault-server.ts'
import * as faults from '../support/faults.ts'
import { open, upload } from '../vendors/zoom/open.ts'
import { expectProblem, healthy, problemOf, withRow, type Row } from './row.ts'

const MiB = 1024 ** 2
const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

async function* pieces(bytes: Uint8Array, failure?: Error) {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
  if (failure) throw failure
}

const send = (row: Row, bytes: Uint8Array, follow: (to: URL) => boolean, failure?: Error) =>
  row.write(row.call(), { json: undefined, stream: pieces(bytes, failure), canFollowRedirect: follow })

const withOther = async (test: (other: FaultServer) => Promise<void>): Promise<void> => {
  const other = await FaultServer.start({ respond: healthy })
  try {
    await test(other)
  } finally {
    await other.close()
  }
}

describe('a streamed write that the vendor redirects', () => {
  test.each([301, 302, 307, 308])('follows a %i with body and token if the request allows it', (status) =>
    withOther((other) =>
      withRow({}, async (row) => {
        row.server.script({ kind: faults.redirect(status, `${other.url}/moved?to=here`) })
        const bytes = randomBytes(300_000)
        expect(await send(row, bytes, (to) => to.origin === other.url)).toBe('new')
        expect(other.ledger).toMatchObject({
          requests: [{ method: 'POST', path: '/moved?to=here', bodySha256: digest(bytes) }],
          effects: ['created'],
        })
        expect(other.ledger.requests[0]!.headerNames).toContain('authorization')
        expect(row.server.ledger).toMatchObject({ requests: [{ bodySha256: digest(bytes) }], effects: [] })
      }),
    ),
  )

  test('is redirected before it has been read', () =>
    withOther((other) =>
      withRow({}, async (row) => {
        const location = `Location: ${other.url}/moved\r\nContent-Length: 0\r\n`
        const early = (socket: import('node:net').Socket) =>
          void socket.resume().once('data', () => socket.write(`HTTP/1.1 307 Moved\r\n${location}\r\n`))
        row.server.scriptConnections({ kind: early })
        const bytes = randomBytes(8 * MiB)
        const call = row.call()
        expect(await row.write(call, { json: undefined, stream: pieces(bytes), canFollowRedirect: () => true })).toBe(
          'new',
        )
        expect(other.ledger.requests.map(({ bodySha256 }) => bodySha256)).toEqual([digest(bytes)])
      }),
    ))

  test.each<[string, (other: string) => string, (to: URL) => boolean]>([
    ['where the rule says no', (other) => other, () => false],
    ['where there is no rule but for others', (other) => other, (to) => to.hostname.endsWith('zoom.us')],
    ['with a user name', (other) => other.replace('//', '//root@'), () => true],
    ['to something else than HTTP', () => 'file:///etc/passwd', () => true],
  ])('does not follow a redirect %s', (_, location, follow) =>
    withOther((other) =>
      withRow({}, async (row) => {
        row.server.script({ kind: faults.redirect(307, location(other.url)) })
        const problem = await problemOf(send(row, randomBytes(1_000), follow))
        expectProblem(problem, { code: 'VENDOR_BAD_RESPONSE', delivery: 'unknown', status: 307 })
        expect(other.ledger.connects).toBe(0)
      }),
    ),
  )

  test('follows at most two redirects', () =>
    withRow({}, async (row) => {
      row.server.script({ kind: faults.redirect(307, '/v1/round') })
      const problem = await problemOf(send(row, randomBytes(1_000), () => true))
      expectProblem(problem, { code: 'VENDOR_BAD_RESPONSE', status: 307 })
      expect(row.server.ledger.requests.map(({ path }) => path)).toEqual(['/v1/items', '/v1/round', '/v1/round'])
    }))

  test('does not follow a redirect after more was read than is kept', () =>
    withOther((other) =>
      withRow({}, async (row) => {
        row.server.script({ kind: faults.redirect(307, other.url) })
        const call = row.call()
        const write = row.write(call, {
          json: undefined,
          stream: pieces(Buffer.alloc(17 * MiB)),
          canFollowRedirect: () => true,
        })
        expectProblem(await problemOf(write), { code: 'VENDOR_BAD_RESPONSE', status: 307 })
        expect(other.ledger.connects).toBe(0)
      }),
    ))

  test('fails with the error of its stream, and the vendor never receives the whole file', () =>
    withOther((other) =>
      withRow({}, async (row) => {
        row.server.script({ kind: faults.redirect(307, other.url) })
        const problem = await problemOf(send(row, randomBytes(1_000), () => true, new Error('cut')))
        expect(problem.code).not.toBe('INTERNAL')
        expect([...row.server.ledger.effects, ...other.ledger.effects]).toEqual([])
      }),
    ))
})

describe('Zoom file uploads', () => {
  const bytes = randomBytes(300_000)
  const chatOf = ({ meetings }: Awaited<ReturnType<typeof open>>): string =>
    String(meetings.find(({ settings }) => settings.continuous_meeting_chat)!.id)

  test('follow a redirect to the file host', async () => {
    const opened = await open()
    opened.sandbox.switches.redirectFilesTo = new URL(opened.sandbox.account.fileUrl).origin
    const { vendorId } = await opened.vendor.uploadConferenceFile(chatOf(opened), upload(bytes), opened.call())
    expect(opened.sandbox.data.files.get(vendorId)).toMatchObject({ sha256: digest(bytes), length: bytes.length })
    expect(opened.sandbox.data.messages).toMatchObject([{ files: [vendorId] }])
    expect(opened.calls().filter((call) => call.endsWith('/files'))).toHaveLength(2)
  })

  test.each(['http://{}', 'http://zoom.us.{}', 'http://{}/zoom.us'])('never follow a redirect to %s', async (form) => {
    const opened = await open()
    await withOther(async (other) => {
      opened.sandbox.switches.redirectFilesTo = form.replace('{}', new URL(other.url).host)
      const work = opened.vendor.uploadConferenceFile(chatOf(opened), upload(bytes), opened.call())
      await expect(work).rejects.toMatchObject({ code: 'VENDOR_BAD_RESPONSE', delivery: 'not-sent' })
      expect(other.ledger.connects).toBe(0)
      expect(opened.sandbox.effects).toEqual([])
      expect(opened.sandbox.data.files.size).toBe(0)
    })
  })
})
