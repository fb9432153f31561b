import { randomBytes } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import net from 'node:net'
import { afterAll, afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Fault } from '../../src/sandboxes/faults.ts'
import { encodeId } from '../../src/schema/ids.ts'
import { serve } from './server.ts'
import { startSandbox } from '../../src/sandboxes/index.ts'

const central = await startSandbox('imeetcentral')
const conf = await startSandbox('trueconf')
const accounts = { central: central.account, conf: conf.account }
afterAll(() => Promise.all([central.close(), conf.close()]))
beforeEach(() => {
  central.clearFaults()
  conf.clearFaults()
})

const fileBytes = 300_000

/** Sends a multipart request up to its file of `fileBytes` bytes. */
function startUpload(url: string, query: string, variables: object) {
  const part = (name: string, text: string, more = ''): string =>
    `--xxx\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n${text}`
  const before =
    `${part('operations', JSON.stringify({ query, variables }))}\r\n` +
    `${part('map', '{"0":["variables.file"]}')}\r\n${part('0', '', '; filename="a.bin"')}`
  const after = '\r\n--xxx--\r\n'
  const { port, pathname } = new URL(url)
  const socket = net.connect(Number(port), '127.0.0.1').on('error', () => {})
  onTestFinished(() => void socket.destroy())
  const response = new Promise<string>((resolve) => {
    let text = ''
    socket.on('data', (chunk) => (text += chunk.toString()))
    socket.once('close', () => resolve(text))
  })
  socket.write(
    `POST ${pathname} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nx-parley-csrf: 1\r\n` +
      `content-length: ${before.length + fileBytes + after.length}\r\n` +
      `content-type: multipart/form-data; boundary=xxx\r\n\r\n${before}`,
  )
  return {
    write: (bytes: Uint8Array): unknown => socket.write(bytes),
    end: (): unknown => socket.write(after),
    /** Returns the JSON of the response. */
    read: async (): Promise<any> => {
      const text = await response
      return JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4))
    },
  }
}

describe('an operation with a file whose bytes stop arriving', () => {
  const query = `mutation ($file: File!, $input: CreateConferenceInput!, $upload: Boolean = false) {
    createConference(input: $input) { outcome conference { id participants(first: 5) { nodes { id } } } }
    uploadFile(input: { file: $file, target: { account: "central" } }) @include(if: $upload) { outcome }
  }`
  const input = { account: 'conf', title: 'Planning', owner: { vendorId: 'helen' }, schedule: { permanent: true } }
  const readsOf: Fault['match'] = { method: 'GET', path: /\/conferences\/[^/]+\/(?:participants|invitations)/ }

  test.each<[string, Omit<Fault, 'match'>, object, string]>([
    [
      'ends nested reads at its deadline',
      { kind: 'delay', ms: 3_600_000 },
      { operationDeadline: 3_000 },
      'DEADLINE_EXCEEDED',
    ],
    [
      'does not wait for a rate limit that ends after its deadline',
      { kind: 'status', status: 429, headers: { 'retry-after': '3600' } },
      {},
      'VENDOR_RATE_LIMITED',
    ],
  ])('%s', async (_, fault, limits, code) => {
    const server = await serve(accounts, limits)
    onTestFinished(() => server.stop())
    conf.fault({ match: readsOf, ...fault })
    const upload = startUpload(server.url, query, { file: null, input })
    // More than the server buffers, so that it stops reading and does not reject the body as too slow.
    upload.write(randomBytes(fileBytes - 1))
    expect(await upload.read()).toMatchObject({
      data: { createConference: { outcome: 'SUCCEEDED', conference: { participants: null } } },
      errors: [{ path: ['createConference', 'conference', 'participants'], extensions: { code } }],
    })
  })
})

test('ends at its deadline while the file of a rejected upload is still arriving', async () => {
  const server = await serve(accounts, { operationDeadline: 500 })
  onTestFinished(() => server.stop())
  conf.fault({ match: { path: /\/conferences\// }, kind: 'delay', ms: 3_600_000 })
  const query = `mutation ($file: File!, $id: ID!) {
    uploadFile(input: { file: $file, target: { account: "nowhere" } }) { outcome }
    endConference(input: { conferenceId: $id }) { problems { code } }
  }`
  const upload = startUpload(server.url, query, { file: null, id: encodeId('Conference', 'conf', '1') })
  const drip = setInterval(() => upload.write(randomBytes(100)), 20)
  onTestFinished(() => clearInterval(drip))
  const { data } = await upload.read()
  expect(data.uploadFile.outcome).toBe('REJECTED')
  expect(data.endConference.problems).toContainEqual({ code: 'DEADLINE_EXCEEDED' })
})

describe('upload timeout', () => {
  const query = `mutation ($file: File!) {
    uploadFile(input: { file: $file, target: { account: "central" } }) { outcome problems { code message } }
  }`
  beforeEach(() => {
    vi.useFakeTimers({
      toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
    })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const receivedBytes = (): number =>
    central.ledger.findLast(({ path }) => path.endsWith('/files/upload'))?.bodyBytes ?? 0
  const until = async (isTrue: () => boolean): Promise<void> => {
    while (!isTrue()) await setImmediate()
  }

  async function startServer(limits: object) {
    central.ledger.length = 0
    const server = await serve(accounts, limits)
    onTestFinished(async () => {
      vi.useRealTimers()
      await server.stop()
    })
    return server
  }

  test('starts again with every chunk of the file', async () => {
    // This test is not about the limit of slow clients.
    const { url } = await startServer({ uploadProgressTime: 100_000 })
    const upload = startUpload(url, query, { file: null })
    const pieces = 6
    for (let piece = 1; piece <= pieces; piece++) {
      upload.write(randomBytes(fileBytes / pieces))
      await until(() => receivedBytes() >= (piece * fileBytes) / pieces - 8_192)
      if (piece < pieces) vi.advanceTimersByTime(20_000)
    }
    upload.end()
    expect(await upload.read()).toMatchObject({ data: { uploadFile: { outcome: 'SUCCEEDED' } } })
  })

  test('ends after the last chunk if the vendor does not respond', async () => {
    const { url } = await startServer({ headersTimeout: 100_000 })
    central.fault({ match: { path: /files\/upload/ }, kind: 'delay', ms: 3_600_000 })
    const upload = startUpload(url, query, { file: null })
    upload.write(randomBytes(fileBytes))
    upload.end()
    await until(() => receivedBytes() > 0)
    vi.advanceTimersByTime(25_000)
    expect(await upload.read()).toMatchObject({
      data: {
        uploadFile: { outcome: 'UNKNOWN', problems: [{ code: 'OUTCOME_UNKNOWN' }, { code: 'DEADLINE_EXCEEDED' }] },
      },
    })
  })
})
