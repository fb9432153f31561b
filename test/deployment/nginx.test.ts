import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import https from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import { certificate } from '../support/certificates.ts'
import { findFreePort } from '../support/free-port.ts'
import '../support/patience.ts'
import { startProcess, type ServerProcess } from '../support/server.ts'
import { startSandbox } from '../../src/sandboxes/index.ts'

const hasNginx = spawnSync('nginx', ['-v']).status === 0
if (!hasNginx)
  console.warn('nginx is not installed, so deploy/nginx.conf is not run. Install it: apt-get install nginx.')

const key = 'the-key-of-the-caller'

describe.skipIf(!hasNginx)('deploy/nginx.conf in front of two processes', () => {
  let folder: string
  let sandbox: TrueConfSandbox
  let nginx: ChildProcess
  let port: number
  const ports: number[] = []
  const processes: ServerProcess[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-nginx-'))
    sandbox = await startSandbox('trueconf')
    const apiKeySha256 = createHash('sha256').update(key).digest('hex')
    const clients = [{ name: 'test', apiKeySha256, scopes: ['read', 'write'] }]
    const settings = {
      data: join(folder, 'data'),
      accounts: { trueconf: sandbox.account },
      clients,
      basePath: '/meetings',
      trustProxy: ['127.0.0.1'],
      limits: { eventPoll: 500, eventPollCalls: 1_000 },
    }
    for (let count = 0; count < 2; count++) {
      const processPort = await findFreePort()
      ports.push(processPort)
      processes.push(await startProcess(settings, { environment: { PORT: String(processPort), LOG_LEVEL: 'warn' } }))
    }
    port = await findFreePort()
    nginx = await startNginx()
  }, 60_000)
  afterAll(async () => {
    nginx?.kill('SIGKILL')
    await Promise.all(processes.map((parley) => parley.dispose()))
    await sandbox?.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** Returns the file with other ports, another certificate, and other folders. */
  async function startNginx(): Promise<ChildProcess> {
    const { cert, key: tlsKey } = certificate()
    writeFileSync(join(folder, 'cert.pem'), cert)
    writeFileSync(join(folder, 'key.pem'), tlsKey)
    const site = readFileSync('deploy/nginx.conf', 'utf8')
      .replace('127.0.0.1:4000', `127.0.0.1:${ports[0]}`)
      .replace('127.0.0.1:4001', `127.0.0.1:${ports[1]}`)
      .replace('listen 443', `listen 127.0.0.1:${port}`)
      .replace(/ssl_certificate \S+;/, `ssl_certificate ${folder}/cert.pem;`)
      .replace(/ssl_certificate_key \S+;/, `ssl_certificate_key ${folder}/key.pem;`)
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => {
      mkdirSync(join(folder, name))
      return `${name}_temp_path ${folder}/${name};`
    })
    writeFileSync(
      join(folder, 'nginx.conf'),
      `daemon off; worker_processes 1; error_log ${folder}/error.log; pid ${folder}/pid;
      events {} http { access_log ${folder}/access.log; ${temporary.join(' ')} ${site} }`,
    )
    const child = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')])
    await vi.waitFor(async () => expect((await send('GET', '/meetings/healthz')).status).toBe(200))
    return child
  }

  function send(method: string, path: string, body = ''): Promise<{ status: number; text: string }> {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>()
    const options = { host: '127.0.0.1', port, path, method, headers, rejectUnauthorized: false, agent: false }
    const request = https.request(options, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      response.on('end', () => resolve({ status: response.statusCode!, text }))
    })
    request.on('error', reject).end(body)
    return promise
  }

  const create = (title: string) =>
    send(
      'POST',
      '/meetings/graphql',
      JSON.stringify({
        query: `mutation { createConference(input: {
          account: "trueconf", title: "${title}", owner: { vendorId: "helen" }, schedule: { permanent: true }
          idempotencyKey: "${title}"
        }) { outcome } }`,
      }),
    )

  /** Titles that the vendor has received, once for each request. */
  const listCreated = (): string[] =>
    sandbox.effects
      .filter(({ kind }) => kind === 'createConference')
      .map(({ id }) => sandbox.data.conferences.get(id)!.topic as string)

  test('passes downloads on, and does not log their links', async () => {
    const { status, text } = await send('GET', '/meetings/recordings/token-of-a-link/a.mkv')
    expect(status).toBe(404)
    expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] })
    await send('GET', '/meetings/readyz')
    const log = readFileSync(join(folder, 'access.log'), 'utf8')
    expect(log).toContain('/meetings/readyz')
    expect(log).not.toContain('token-of-a-link')
  })

  test('publishes the API and the health endpoints under the prefix, and no metrics', async () => {
    const { status, text } = await send('POST', '/meetings/graphql', '{"query":"{ accounts { key } }"}')
    expect([status, JSON.parse(text)]).toEqual([200, { data: { accounts: [{ key: 'trueconf' }] } }])
    for (const path of ['/metrics', '/meetings/metrics', '/graphql'])
      expect([path, (await send('GET', path)).text]).toEqual([path, expect.stringMatching(/40[34]|not found/i)])
  })

  test('passes on each message of an event stream at once', async () => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', accept: 'text/event-stream' }
    const path = '/meetings/graphql'
    const options = { host: '127.0.0.1', port, path, method: 'POST', headers, rejectUnauthorized: false, agent: false }
    let received = ''
    const request = https.request(options, (response) => {
      response.setEncoding('utf8').on('data', (text: string) => (received += text))
      response.on('error', () => {})
    })
    request.on('error', () => {})
    request.end(JSON.stringify({ query: 'subscription { conferenceEvents { event { type } sources { status } } }' }))
    // nginx holds a response back only while its buffer is not full, which these messages never are.
    await vi.waitFor(() => expect(received).toContain('"status":"LIVE"'))
    expect((await create('Streamed')).status).toBe(200)
    await vi.waitFor(() => expect(received).toContain('"type":"CREATED"'))
    request.destroy()
  })

  test('does not repeat a mutation whose process is killed', async () => {
    sandbox.fault({ match: { path: /\/conferences$/ }, kind: 'delay', ms: 600_000 })
    const before = sandbox.ledger.length
    const result = create('Killed')
    const isCreate = ({ method, path }: { method: string; path: string }) =>
      method === 'POST' && path.endsWith('/conferences')
    await vi.waitFor(() => expect(sandbox.ledger.slice(before).filter(isCreate)).toHaveLength(1))
    for (const parley of processes) parley.kill('SIGKILL')
    await Promise.all(processes.map((parley) => parley.exited))
    expect(await result).toMatchObject({ status: 502 })
    sandbox.clearFaults()
    for (const parley of processes) await parley.start()
    expect(sandbox.ledger.slice(before).filter(isCreate)).toHaveLength(1)
  })

  test('carries out every mutation once while the processes restart one after the other', async () => {
    const over = new AbortController()
    const results: { title: string; statuses: number[] }[] = []
    const client = async (name: number): Promise<void> => {
      for (let count = 0; !over.signal.aborted && count < 1_000; count++) {
        const title = `Restart-${name}-${count}`
        const statuses = [(await create(title)).status]
        // The system resets a connection that it accepted for a process in the moment in which the process closes its socket.
        if (statuses[0] === 502) statuses.push((await create(title)).status)
        results.push({ title, statuses })
      }
    }
    const clients = [1, 2, 3].map(client)
    for (const parley of processes) {
      parley.kill('SIGTERM')
      expect(await parley.exited).toBe(0)
      await parley.start()
    }
    over.abort()
    await Promise.all(clients)
    expect(results.filter(({ statuses }) => statuses.at(-1) !== 200)).toEqual([])
    expect(results.filter(({ statuses }) => statuses.length > 1).length).toBeLessThan(results.length / 20)
    const own = listCreated().filter((title) => title.startsWith('Restart'))
    expect(own.toSorted()).toEqual(results.map(({ title }) => title).toSorted())
    expect(readFileSync(join(folder, 'error.log'), 'utf8')).not.toContain('no live upstreams')
  }, 120_000)

  test('passes an upload on while it arrives', async () => {
    const boundary = 'part'
    const operations = {
      query:
        'mutation ($file: File!, $user: ID!) { uploadFile(input: { target: { userId: $user }, file: $file, name: "a.png", contentType: "image/png" }) { outcome } }',
      variables: { file: null, user: Buffer.from('User:trueconf:helen').toString('base64url') },
    }
    const part = (name: string, text: string, more = '') =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${text}`
    const request = https.request({
      host: '127.0.0.1',
      port,
      path: '/meetings/graphql',
      method: 'POST',
      rejectUnauthorized: false,
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': `multipart/form-data; boundary=${boundary}`,
        'x-parley-csrf': '1',
      },
    })
    const response = once(request, 'response')
    request.write(`${part('operations', JSON.stringify(operations))}\r\n${part('map', '{"0":["variables.file"]}')}\r\n`)
    request.write(part('0', 'half '.repeat(100_000), '; filename="a.png"\r\nContent-Type: image/png'))
    const countUploads = () => sandbox.ledger.filter(({ path }) => path.endsWith('/avatar')).length
    await vi.waitFor(() => expect(countUploads()).toBe(1))
    request.end(`, and the second\r\n--${boundary}--\r\n`)
    const [message] = (await response) as [NodeJS.ReadableStream & { statusCode: number }]
    let text = ''
    for await (const chunk of message) text += String(chunk)
    expect([message.statusCode, JSON.parse(text)]).toEqual([200, { data: { uploadFile: { outcome: 'SUCCEEDED' } } }])
  })
})
