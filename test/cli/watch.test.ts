import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import '../support/patience.ts'
import {
  completeText,
  createMessage,
  formatNext,
  reject,
  send,
  sendAndCut,
  sendAndEnd,
  startStreamServer,
  type Responder,
} from '../support/stream-server.ts'
import { linesOf, parseLines, run, start, startCommand } from './run.ts'
import { createRejection } from './scripted-server.ts'

const main = new URL('../../bin/parley.js', import.meta.url).pathname

const createEvent = (type: string): object => ({ type, account: { key: 'zoom' }, conferenceId: 'C1', conference: null })
const createSource = (status: string, rest: object = {}): object => ({
  account: { key: 'zoom' },
  status,
  origins: ['WEBHOOK'],
  interval: null,
  heardAt: '2026-12-01T00:00:00Z',
  problem: null,
  ...rest,
})
const first = createMessage('c0', null, { sources: [createSource('LIVE')] })
const second = createMessage('c1', createEvent('STARTED'))

/** Starts `parley watch` with a server, and returns what it has printed so far. */
async function startWatch(responses: Responder[], args: string[] = []) {
  const { url, received } = await startStreamServer(...responses)
  const { child, ended } = start(['watch', ...args, '--url', url])
  onTestFinished(() => void child.kill('SIGKILL'))
  const printed = { stdout: '', stderr: '' }
  child.stdout!.on('data', (text: Buffer) => (printed.stdout += text.toString()))
  child.stderr!.on('data', (text: Buffer) => (printed.stderr += text.toString()))
  return { child, ended, printed, received }
}

describe('messages', () => {
  test('prints a line for each event and each gap at once, and stops after the number of events', async () => {
    const gap = {
      account: { key: 'zoom' },
      reason: 'NOT_KEPT',
      since: '2026-12-01T00:00:00Z',
      until: '2026-12-01T00:01:00Z',
    }
    const later = [
      createMessage('c2', null, { gaps: [gap] }),
      createMessage('c3'),
      createMessage('c4', createEvent('ENDED')),
    ]
    let sendRest = (): void => {}
    const { ended, printed } = await startWatch(
      [
        (response, received) => {
          send(formatNext(first, second))(response, received)
          sendRest = () => void response.write(formatNext(...later, createMessage('c5', createEvent('DELETED'))))
        },
      ],
      ['--count', '2'],
    )
    await vi.waitFor(() => expect(linesOf(printed.stdout)).toHaveLength(1))
    sendRest()
    const { code, stdout } = await ended
    expect(code).toBe(0)
    expect(parseLines(stdout)).toEqual([
      { cursor: 'c1', event: createEvent('STARTED'), gaps: [] },
      { cursor: 'c2', event: null, gaps: [gap] },
      { cursor: 'c4', event: createEvent('ENDED'), gaps: [] },
    ])
  })

  test('sends the filter and the cursor of the options', async () => {
    const options = [
      '--account',
      'zoom',
      '--account',
      'berlin',
      '--type',
      'started',
      '--conference',
      'C1',
      '--after',
      'c0',
    ]
    const { ended, received } = await startWatch([send(formatNext(second))], [...options, '--count', '1'])
    expect(await ended).toMatchObject({ code: 0, stderr: '' })
    const filter = { accounts: ['zoom', 'berlin'], types: ['STARTED'], conferenceIds: ['C1'] }
    expect(received).toMatchObject([{ variables: { after: 'c0', filter } }])
  })

  test('reports how an account is watched when that changes', async () => {
    const problem = { code: 'VENDOR_UNAVAILABLE', message: 'The vendor could not be reached.' }
    const polled = { origins: ['POLL'], interval: 10 }
    const sources = [
      createSource('CONNECTING', { heardAt: null }),
      createSource('LIVE', polled),
      createSource('LIVE', { ...polled, interval: 12, heardAt: '2026-12-01T00:00:10Z' }),
      createSource('INTERRUPTED', { problem }),
      createSource('LIVE', { origins: ['SOCKET', 'WEBHOOK'], heardAt: null }),
      createSource('UNSUPPORTED', { origins: [], problem: { code: 'UNSUPPORTED_BY_VENDOR', message: 'Set it.' } }),
    ]
    const messages = sources.map((source, index) => createMessage(`s${index}`, null, { sources: [source] }))
    const { ended } = await startWatch([send(formatNext(...messages, second))], ['--count', '1'])
    const { stderr, stdout } = await ended
    expect(linesOf(stderr)).toEqual([
      'zoom: connecting, events before the connection can be missed',
      'zoom: watched by polling, changes are found within 10 s',
      'zoom: interrupted, events can be missed. VENDOR_UNAVAILABLE: The vendor could not be reached.',
      "zoom: watched by the vendor's event WebSocket and webhooks, the vendor has not sent a message yet",
      'zoom: cannot be watched. UNSUPPORTED_BY_VENDOR: Set it.',
    ])
    expect(parseLines(stdout)).toHaveLength(1)
  })

  test('reports a part of an event that could not be read, and prints the rest', async () => {
    const partial = {
      ...second,
      errors: [{ path: ['conferenceEvents', 'event'], ...createRejection('VENDOR_TIMEOUT').errors[0] }],
    }
    const { ended } = await startWatch([send(formatNext(first, partial))], ['--count', '1'])
    const { code, stdout, stderr } = await ended
    expect({ code, lines: parseLines(stdout).length }).toEqual({ code: 0, lines: 1 })
    expect(stderr).toContain('VENDOR_TIMEOUT at conferenceEvents.event: This is VENDOR_TIMEOUT.')
  })

  test('exits with 0 when the reader of its output leaves', async () => {
    const { url, received } = await startStreamServer((response, subscription) => {
      send(formatNext(first, second))(response, subscription)
      const timer = setInterval(() => response.write(formatNext(createMessage('c2', createEvent('ENDED')))), 20)
      response.once('close', () => clearInterval(timer))
    })
    const pipeline = `"${process.execPath}" "${main}" watch --url ${url} | head -n 1; echo "code \${PIPESTATUS[0]}"`
    const { code, stdout } = await startCommand('bash', ['--norc', '-c', pipeline]).ended
    expect({ code, lines: linesOf(stdout) }).toEqual({ code: 0, lines: [expect.stringContaining('c1'), 'code 0'] })
    await vi.waitFor(() => expect(received).toMatchObject([{ isClosed: true }]))
  })
})

describe('connection', () => {
  test('continues after the last message when the connection is lost', async () => {
    const { ended, received } = await startWatch(
      [
        sendAndCut(formatNext(first, second)),
        sendAndEnd(formatNext(createRejection('SHUTTING_DOWN', { retryable: true }))),
        send(formatNext(createMessage('c2', createEvent('ENDED')))),
      ],
      ['--count', '2'],
    )
    const { code, stdout, stderr } = await ended
    expect(code).toBe(0)
    expect(parseLines(stdout)).toMatchObject([{ cursor: 'c1' }, { cursor: 'c2' }])
    expect(received.map(({ variables }) => variables['after'])).toEqual([undefined, 'c1', 'c1'])
    expect(linesOf(stderr)).toEqual([
      'zoom: watched by webhooks',
      expect.stringMatching(/^UNREACHABLE: .* Connecting again\.$/),
      'SHUTTING_DOWN: This is SHUTTING_DOWN. Connecting again.',
      'Connected again.',
    ])
  })

  test('exits with 4 if the server cannot be reached at the start', async () => {
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const { port } = closed.address() as AddressInfo
    closed.close()
    const ran = await run(['watch', '--url', `http://127.0.0.1:${port}/graphql`])
    expect(ran).toMatchObject({ code: 4, stdout: '', stderr: expect.stringMatching(/^UNREACHABLE: .*\n$/) })
  })

  test('exits with 4 if the server is not available at the start', async () => {
    const { ended } = await startWatch([reject(503, createRejection('OVERLOADED', { retryable: true }))])
    expect(await ended).toEqual({ code: 4, stdout: '', stderr: 'OVERLOADED: This is OVERLOADED.\n' })
  })

  test.each([
    ['with a status', reject(401, createRejection('UNAUTHENTICATED')), 'UNAUTHENTICATED: This is UNAUTHENTICATED.\n'],
    [
      'in the stream',
      sendAndEnd(formatNext(createRejection('INVALID_CURSOR')) + completeText),
      'INVALID_CURSOR: This is INVALID_CURSOR.\n',
    ],
    ['by ending the stream', sendAndEnd(completeText), 'The server has ended the stream.\n'],
  ])('exits with 1 if the server rejects the subscription %s', async (_, result, stderr) => {
    const { ended } = await startWatch([result], ['--after', 'c0'])
    expect(await ended).toEqual({ code: 1, stdout: '', stderr })
  })

  test('prints how to continue when the credentials expire', async () => {
    const { ended } = await startWatch([sendAndEnd(formatNext(first, second, createRejection('UNAUTHENTICATED')))])
    const { code, stderr } = await ended
    expect(code).toBe(1)
    expect(stderr).toContain(
      'UNAUTHENTICATED: This is UNAUTHENTICATED.\nTo continue, run the command again with --after c1\n',
    )
  })
})

describe('interruption', () => {
  test.each([
    ['SIGINT' as const, 130],
    ['SIGTERM' as const, 143],
  ])('%s closes the stream, prints how to continue, and exits with %i', async (signal, code) => {
    const { child, ended, printed, received } = await startWatch([send(formatNext(first, second))])
    await vi.waitFor(() => expect(printed.stdout).not.toBe(''))
    child.kill(signal)
    const ran = await ended
    expect(ran.code).toBe(code)
    expect(ran.stderr).toContain('Interrupted.\nTo continue, run the command again with --after c1\n')
    await vi.waitFor(() => expect(received).toMatchObject([{ isClosed: true }]))
  })

  test('prints the cursor of the option before the first message', async () => {
    const { child, ended, received } = await startWatch([send(': open\n\n')], ['--after', 'c0'])
    await vi.waitFor(() => expect(received).toHaveLength(1))
    child.kill('SIGINT')
    expect(await ended).toMatchObject({ code: 130, stderr: expect.stringContaining('--after c0\n') })
  })

  test('ends the wait for a server that has gone away', async () => {
    const { child, ended, printed } = await startWatch([
      sendAndEnd(formatNext(first)),
      reject(503, 'draining', { 'retry-after': '900' }),
    ])
    await vi.waitFor(() => expect(printed.stderr).toContain('503'))
    child.kill('SIGINT')
    expect(await ended).toMatchObject({ code: 130, stderr: expect.stringContaining('--after c0\n') })
  })
})

test.each([
  [['--count', '0'], '"--count" must be a number from 1 to 9,999,999.'],
  [['--count=-1'], '"--count" must be a number from 1 to 9,999,999.'],
  [['--count', '-1'], '"--count" requires a value.'],
  [['--count', 'many'], '"--count" must be a number'],
  [['--type', 'STARTET'], 'Did you mean "STARTED"?'],
  [['--after'], '"--after" requires a value.'],
  [['zoom'], 'The argument "zoom" was not expected.'],
  [['--url', 'ftp://127.0.0.1'], '"--url" must be a URL'],
])('explains %j and exits with 2', async (args, words) => {
  expect(await run(['watch', ...args])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(words) })
})
