import { expect } from 'vitest'
import { send, type Payload } from '../reply.ts'
import type { Case, Row } from '../row.ts'
import type { Fixture } from '../fixture.ts'
import { createFile, MiB, needs, createSender, upload, type Target } from './uploads.ts'

const names: [sent: string, expected: RegExp][] = [
  ['../../etc/passwd', /^passwd$/],
  ['C:\\x', /^x$/],
  ['CON', /^CON$/],
  ['a'.repeat(300), /^a{255}$/],
  ['...', /^\w+$/],
  ['日本.txt', /^日本\.txt$/],
  ['a\u202Egpj.exe', /^agpj\.exe$/],
]

/** Characters that some programs treat as white space or as a line end, and that no header can contain. */
const separators = ['\n', '\r', '\v', '\f', '\0', '\x1c', '\x7f', '\x85', '\xa0', '\u2028', '\u2029', '\ufeff', '語']

async function uploadAndGetName(fixture: Fixture, name: string): Promise<string> {
  const reply = await createSender(createFile('some bytes'), { name })(fixture)
  const payload = reply.data?.['uploadFile'] as Payload
  expect(payload, `${name}: ${reply.text}`).toMatchObject({ outcome: 'SUCCEEDED' })
  const attached = fixture.central.effects.findLast(({ kind }) => kind === 'attachFile')
  const { name: sent } = attached!.detail as { name: string }
  expect((payload['file'] as { name: string }).name).toBe(sent)
  return sent
}

function createMalformed(name: string, parts: [string, string | File][], message: RegExp): Case {
  const form = () => {
    const body = new FormData()
    for (const [name, value] of parts) body.append(name, value)
    return body
  }
  return {
    name,
    send: (fixture) => fixture.send({ form: form() }),
    status: 400,
    level: 'request',
    code: 'BAD_USER_INPUT',
    message,
  }
}

const operations: [string, string] = [
  'operations',
  JSON.stringify({ query: upload, variables: { input: { file: null, target: { account: 'central' } } } }),
]
const map: [string, string] = ['map', '{"0":["variables.input.file"]}']
const part = (name = '0'): [string, File] => [name, createFile('some bytes')]
const createMap = (value: object): [string, string] => ['map', JSON.stringify(value)]
const repeat = <T>(count: number, create: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => create(index))

const withBoundary = (name: string, type: string): Case => ({
  name,
  send: (fixture) =>
    send(fixture.open, { headers: { 'content-type': type, 'x-parley-csrf': '1' }, body: `--x\r\n\r\n--x--` }),
  status: 400,
  level: 'request',
  code: 'BAD_USER_INPUT',
  message: /boundary/,
})

const createRejected = (
  name: string,
  file: File,
  more: object,
  code: Case['code'],
  path: string,
  target?: Target,
): Case => ({
  name,
  send: createSender(file, more, target),
  status: 200,
  level: 'payload',
  code: code!,
  path: ['input', path],
})

export const fileRows: Row[] = [
  {
    id: 'C21',
    title: 'removes line breaks from a file name',
    needs,
    check: async (fixture) => expect(await uploadAndGetName(fixture, 'a\r\nX-Evil: 1.txt')).toBe('aX-Evil: 1.txt'),
  },
  {
    id: 'C23',
    title: 'keeps or cleans unusual file names',
    needs,
    check: async (fixture) => {
      for (const [name, expected] of names) expect(await uploadAndGetName(fixture, name), name).toMatch(expected)
    },
  },
  {
    id: 'C24',
    title: 'rejects an empty file',
    needs,
    cases: (['conference', 'library', 'zoom conference', 'avatar', 'zoom avatar'] as const).map((target) =>
      createRejected(target, createFile(''), {}, 'UPLOAD_EMPTY', 'file', target),
    ),
  },
  {
    id: 'C29',
    title: 'rejects malformed multipart requests',
    cases: [
      createMalformed(
        '10,000 paths',
        [operations, createMap(Object.fromEntries(repeat(10_000, (i) => [i, ['variables.input.file']])))],
        /limit is 10/,
      ),
      createMalformed('a missing part', [operations, map], /missing/),
      createMalformed('an additional part', [operations, map, part('9'), part()], /map/),
      { ...createMalformed('a repeated part', [operations, map, part(), part()], /only once/), startsCall: true },
      createMalformed('a file before the operation', [part(), operations, map], /"operations", then "map"/),
      createMalformed(
        'a file with two paths',
        [operations, createMap({ 0: ['variables.input.file', 'variables.b'] }), part()],
        /one path/,
      ),
      {
        ...createMalformed(
          '1,000 parts',
          [operations, map, ...repeat(1_000, (i) => part(String(i)))],
          /limit is 10|map/,
        ),
        startsCall: true,
      },
      withBoundary('no boundary', 'multipart/form-data'),
      withBoundary('a boundary of 10 kB', `multipart/form-data; boundary=${'x'.repeat(10_000)}`),
    ],
  },
  {
    id: 'C30',
    title: 'rejects paths to prototypes',
    cases: ['variables.__proto__.x', 'variables.constructor.prototype.x', 'query', 'variables.input.file.x'].map(
      (path) => createMalformed(path, [operations, createMap({ 0: [path] }), part()], /path in "map"/),
    ),
    check: async () => expect(({} as { x?: unknown }).x).toBeUndefined(),
  },
  {
    id: 'C31',
    title: 'rejects invalid media types',
    needs,
    cases: [
      {
        name: 'a script in an image',
        send: createSender(createFile('<svg><script>alert(1)</script></svg>', 'a.png', 'image/png')),
        status: 200,
        level: 'works',
      },
      createRejected('without a slash', createFile('a'), { contentType: 'no type' }, 'BAD_USER_INPUT', 'contentType'),
      createRejected(
        'with a line end',
        createFile('a'),
        { contentType: 'text/plain\r\nX-Evil: 1' },
        'BAD_USER_INPUT',
        'contentType',
      ),
      ...separators.flatMap((separator) => {
        const code = separator.codePointAt(0)!.toString(16)
        return [`a/b;${separator}c=d`, `a/b${separator};c=d`, `a/b;c="${separator}"`, `a/b${separator}`].map(
          (contentType, index) =>
            createRejected(
              `U+${code} at position ${index + 1}`,
              createFile('a'),
              { contentType },
              'BAD_USER_INPUT',
              'contentType',
              'library',
            ),
        )
      }),
    ],
    check: async ({ central }) => {
      const { contentType } = central.effects.findLast(({ kind }) => kind === 'uploadFile')!.detail as {
        contentType: string
      }
      expect(contentType).toBe('image/png')
    },
  },
  {
    id: 'C90',
    title: 'rejects a picture that is larger than the vendor accepts',
    needs,
    cases: [
      {
        ...createRejected(
          '2 MiB and 1 byte',
          new File([new Uint8Array(2 * MiB + 1)], 'me.png', { type: 'image/png' }),
          {},
          'PAYLOAD_TOO_LARGE',
          'file',
          'zoom avatar',
        ),
        message: /2 MiB/,
      },
    ],
  },
]
