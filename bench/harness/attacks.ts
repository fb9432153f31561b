import { connect, type Socket } from 'node:net'

/** Connections that send something and then misuse the connection. */
export interface Attack {
  name: string
  connections: number
  /** Bytes that a connection sends at its start. */
  bytes: string | Buffer
  /** Bytes that it sends every second after that. */
  drip?: string | Buffer
  /** How it reads: everything, nothing, or one byte per second. Default: everything. */
  reads?: 'all' | 'nothing' | 'drip'
  /** Whether a connection that the server closed is replaced by a new one. */
  again?: boolean
}

const MiB = 1024 ** 2

interface Head {
  key: string | null
  length: number
  type?: string
  more?: readonly string[]
}

const headOf = ({ key, length, type = 'application/json', more = [] }: Head): string =>
  [
    'POST /graphql HTTP/1.1',
    'Host: localhost',
    `Content-Type: ${type}`,
    ...(key === null ? [] : [`Authorization: Bearer ${key}`]),
    ...more,
    `Content-Length: ${length}`,
    '',
    '',
  ].join('\r\n')
const get = (target: string, method = 'GET'): string => `${method} ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`

const page = 'GET /graphql HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n'

const unfinished = (key: string | null, length: number): string =>
  headOf({ key, length }) + '{"query":"{ __typename }"'.padEnd(length - 1)

const operation = (key: string, query: string): string => {
  const body = JSON.stringify({ query })
  return headOf({ key, length: Buffer.byteLength(body) }) + body
}

/** An upload that stops shortly before its end. */
function unfinishedUpload(key: string, target: string, length: number): Buffer {
  const query =
    'mutation($file: File!, $target: UploadTargetInput!) { uploadFile(input: { file: $file, target: $target }) { outcome } }'
  const operations = `{"query":${JSON.stringify(query)},"variables":{"file":null,"target":${target}}}`
  const part = (name: string, text: string): string => `--b\r\nContent-Disposition: form-data; ${name}\r\n\r\n${text}`
  const parts = [part('name="operations"', operations), part('name="map"', '{"0":["variables.file"]}')]
  const body = `${parts.join('\r\n')}\r\n${part('name="0"; filename="a.png"', '')}`
  const head = headOf({
    key,
    length: length + 1_000,
    type: 'multipart/form-data; boundary=b',
    more: ['x-parley-csrf: 1'],
  })
  return Buffer.concat([Buffer.from(head + body), Buffer.alloc(length, 'x')])
}

/** A response of about 3.5 MiB, below the limit `responseBytes`. */
const largeQuery = `{ users(first: 100) { nodes { ${Array.from({ length: 10 }, (_, i) => `${'a'.repeat(3_500)}${i}: id`).join(' ')} } } }`
const smallQuery = `{ users(first: 100) { nodes { ${Array.from({ length: 10 }, (_, i) => `${'a'.repeat(100)}${i}: id`).join(' ')} } } }`

/** Attacks of slow clients. @param key API key of the attacking caller. @param targets Targets of uploads. */
export function listAttacks(key: string, targets: readonly string[]): Attack[] {
  const many = { connections: 1_000, again: true }
  const drip = Buffer.alloc(8 * 1024, 'x')
  return [
    { ...many, name: 'bodies of 1 MiB short of their last byte', bytes: unfinished(key, MiB) },
    { ...many, name: 'bodies of 1 kB short of their last byte', bytes: unfinished(key, 1_000) },
    { ...many, name: 'the same without a key', bytes: unfinished(null, MiB) },
    { ...many, name: 'the same with a wrong key', bytes: unfinished(`${key}-wrong`, MiB) },
    ...targets.flatMap((target): Attack[] => [
      {
        name: `uploads that stop just under 16 MiB: ${target}`,
        connections: 60,
        bytes: unfinishedUpload(key, target, 16 * MiB - 1),
      },
      { name: `uploads that drip: ${target}`, connections: 60, bytes: unfinishedUpload(key, target, 15 * MiB), drip },
    ]),
    {
      name: 'large responses that nobody reads',
      connections: 40,
      bytes: operation(key, largeQuery),
      reads: 'nothing',
      again: true,
    },
    {
      name: 'the same, a byte a second',
      connections: 40,
      bytes: operation(key, largeQuery),
      reads: 'drip',
      again: true,
    },
    {
      name: 'small responses that nobody reads, many in a row',
      connections: 400,
      bytes: operation(key, smallQuery).repeat(20),
      reads: 'nothing',
    },
    { name: 'idle connections', connections: 10_000, bytes: '' },
    {
      name: 'half a head',
      connections: 5_000,
      bytes: `GET /graphql HTTP/1.1\r\nHost: localhost\r\nX-A: ${'a'.repeat(15_000)}`,
    },
    {
      name: '10,000 pipelined requests a connection',
      connections: 20,
      bytes: operation(key, '{ users(first: 5) { nodes { id } } }').repeat(10_000),
      reads: 'nothing',
    },
    {
      name: 'bodies that were announced and never come',
      ...many,
      bytes: headOf({ key, length: MiB, more: ['Expect: 100-continue'] }),
    },
    {
      name: 'HEAD and OPTIONS, pipelined',
      connections: 200,
      bytes: (get('/graphql', 'HEAD') + get('/graphql', 'OPTIONS')).repeat(500),
      reads: 'nothing',
    },
    {
      name: 'the smallest requests, pipelined',
      connections: 200,
      bytes: get('/').repeat(2_000),
      reads: 'nothing',
      again: true,
    },
    {
      name: 'as many pipelined requests as a connection can send',
      connections: 1_000,
      bytes: get('/graphql', 'HEAD').repeat(64),
    },
    { name: 'the page of GraphiQL', connections: 200, bytes: page.repeat(20), reads: 'nothing' },
    { name: '/metrics, pipelined and unread', connections: 200, bytes: get('/metrics').repeat(100), reads: 'nothing' },
    {
      name: 'single bytes in chunks',
      connections: 60,
      bytes:
        headOf({ key, length: 0 }).replace('Content-Length: 0', 'Transfer-Encoding: chunked') +
        '1\r\n \r\n'.repeat(MiB - 1),
    },
  ]
}

export interface RunningAttack {
  /** Closes every connection. */
  stop(): Promise<void>
}

export function startAttack(port: number, attack: Attack): RunningAttack {
  const { bytes, drip, reads = 'all' } = attack
  const sockets = new Set<Socket>()
  let isOver = false
  const open = (): void => {
    const socket = connect(port, '127.0.0.1', () => void (bytes.length > 0 && socket.write(bytes)))
    sockets.add(socket)
    const timer = setInterval(() => {
      if (drip && socket.writable) socket.write(drip)
      if (reads === 'drip') socket.read(1)
    }, 1_000)
    if (reads === 'all') socket.resume()
    else socket.pause()
    socket.on('error', () => undefined)
    socket.once('close', () => {
      clearInterval(timer)
      sockets.delete(socket)
      if (attack.again && !isOver) setTimeout(() => isOver || open(), 200)
    })
  }
  for (let number = 0; number < attack.connections; number++) open()
  return {
    stop: async () => {
      isOver = true
      const closed = [...sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve)))
      for (const socket of sockets) socket.destroy()
      await Promise.all(closed)
    },
  }
}
