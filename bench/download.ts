import { fork, type ChildProcess } from 'node:child_process'
import { createHash, hash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { request } from 'undici'
import { DownloadLinks } from '../src/auth/download-links.ts'
import { createFixedSecrets } from '../src/core/secrets.ts'
import { startProcess } from '../test/support/server.ts'

/**
 * Downloads of recordings: one of `--mib` (5,120), and ten of 256 MiB at once, with concurrent lists and a client that
 * reads nothing. Prints the memory that they add to the server. `node bench/download.ts [--mib 5120]`. Exits with 1 if
 * a bound is exceeded.
 */
const { values } = parseArgs({
  options: { mib: { type: 'string', default: '5120' }, role: { type: 'string', default: 'bench' } },
})
const MiB = 1024 ** 2
const maxAddedMiB = 96
const maxFurtherMiB = 8
const downloads = 10
const smallMib = 256

if (values.role === 'host') await serveFiles()
else if (values.role === 'reader') readFiles()
else await measure()

function startRole(role: string): ChildProcess {
  const child = fork(fileURLToPath(import.meta.url), ['--role', role])
  process.once('exit', () => child.kill())
  return child
}

/** Downloads URLs concurrently, in a process of its own, and returns their SHA-256. */
function readFiles(): void {
  const read = async (url: string): Promise<string> => {
    const { body } = await request(url)
    const sha256 = createHash('sha256')
    for await (const chunk of body) sha256.update(chunk as Buffer)
    return sha256.digest('hex')
  }
  process.on('message', (urls: string[]) => void Promise.all(urls.map(read)).then((hashes) => process.send!(hashes)))
}

/** A TrueConf server in a process of its own. A record of `n` MiB has the name `n` and repeats one block. */
async function serveFiles(): Promise<void> {
  const block = randomBytes(MiB)
  const server = createServer((incoming, response) => {
    const size = Number(/\/records\/(\d+)\/download/.exec(incoming.url!)?.[1])
    if (!Number.isNaN(size)) {
      response.writeHead(200, { 'content-type': 'video/x-matroska', 'content-length': size * MiB })
      let left = size
      const write = (): void => {
        while (left-- > 0) if (!response.write(block)) return void response.once('drain', write)
        response.end()
      }
      return write()
    }
    const token = { access_token: 'token', expires_in: 3_600 }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(incoming.url === '/oauth2/v1/token' ? token : { users: [], next_page_id: -1 }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  process.send!({ port: (server.address() as AddressInfo).port, block: block.toString('base64') })
}

async function measure(): Promise<void> {
  const host = startRole('host')
  const reader = startRole('reader')
  const [{ port, block }] = (await once(host, 'message')) as [{ port: number; block: string }]
  const bytes = Buffer.from(block, 'base64')
  const cursorSecret = randomBytes(32).toString('base64url')
  const key = 'key-of-the-bench'
  const parley = await startProcess({
    accounts: {
      berlin: { vendor: 'trueconf', serverUrl: `http://127.0.0.1:${port}`, clientId: 'id', clientSecret: 'secret-id' },
    },
    clients: [{ name: 'bench', apiKeySha256: hash('sha256', key), scopes: ['read', 'recordings'] }],
    cursorSecret,
  })
  const links = new DownloadLinks(createFixedSecrets(cursorSecret))
  const createUrl = (mib: number): string => {
    const link = { account: 'berlin', parentId: '1', vendorId: `${mib}`, caller: 'bench', contentType: 'video/mp4' }
    return `${parley.url}/recordings/${links.create({ ...link, expiresAt: Date.now() + 3_600_000 }, 'a.mkv')}/a.mkv`
  }
  const memory = (): number =>
    Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${parley.pid}/status`, 'utf8'))?.[1]) / 1024
  const download = async (mib: number, count = 1): Promise<string[]> => {
    reader.send(Array.from({ length: count }, () => createUrl(mib)))
    const [hashes] = (await once(reader, 'message')) as [string[]]
    return hashes
  }
  const hashSource = (mib: number): string => {
    const sha256 = createHash('sha256')
    for (let at = 0; at < mib; at++) sha256.update(bytes)
    return sha256.digest('hex')
  }
  /** Returns the median duration of `count` queries, in milliseconds. */
  const timeLists = async (count: number): Promise<number> => {
    const times: number[] = []
    for (let at = 0; at < count; at++) {
      const startedAt = performance.now()
      const { body } = await request(`${parley.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body: JSON.stringify({ query: '{ users { nodes { id } } }' }),
      })
      await body.text()
      times.push(performance.now() - startedAt)
    }
    return times.toSorted((one, other) => one - other)[count >> 1]!
  }
  const watch = async <T>(work: () => Promise<T>): Promise<{ result: T; addedMib: number }> => {
    const before = memory()
    let peak = before
    const timer = setInterval(() => (peak = Math.max(peak, memory())), 20)
    const result = await work()
    clearInterval(timer)
    return { result, addedMib: peak - before }
  }

  const mib = Number(values.mib)
  await download(1)
  await timeLists(200)
  const startedAt = performance.now()
  const one = await watch(() => download(mib))
  const rate = mib / ((performance.now() - startedAt) / 1000)
  const isEqual = one.result[0] === hashSource(mib)
  console.log(
    `${mib} MiB: ${rate.toFixed(0)} MiB/s, memory + ${one.addedMib.toFixed(0)} MiB (at most ${maxAddedMiB}), sha256 ${isEqual ? 'equal' : 'DIFFERS'}`,
  )

  const alone = await timeLists(200)
  const socket = connect(parley.port, '127.0.0.1', () =>
    socket.write(`GET ${new URL(createUrl(mib)).pathname} HTTP/1.1\r\nHost: localhost\r\n\r\n`),
  )
  socket.pause()
  const expected = hashSource(smallMib)
  const several = await watch(async () => {
    const running = download(smallMib, downloads)
    const during = await timeLists(200)
    return { hashes: await running, during }
  })
  socket.destroy()
  const areEqual = several.result.hashes.every((sha256) => sha256 === expected)
  const maxMib = maxAddedMiB + downloads * maxFurtherMiB
  console.log(
    `${downloads} × ${smallMib} MiB and an idle reader: memory + ${several.addedMib.toFixed(0)} MiB (at most ${maxMib}), sha256 ${areEqual ? 'equal' : 'DIFFERS'}; ` +
      `lists ${several.result.during.toFixed(1)} ms, alone ${alone.toFixed(1)} ms`,
  )
  await parley.dispose()
  for (const child of [host, reader]) child.kill()
  process.exitCode = isEqual && areEqual && one.addedMib <= maxAddedMiB && several.addedMib <= maxMib ? 0 : 1
}
